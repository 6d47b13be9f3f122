"use client";
// Owns the fifth question, which nobody has to answer: everything has a default.

import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { openableSteps } from "@/lib/client/endpoints/wizard-steps";
import { useViewer } from "@/lib/client/viewer-context";
import { HeadersEditor, headerProblems } from "../form/headers-editor";
import { NameFields } from "../form/name-fields";
import { LimitFields, RetryField } from "../profile/follow-fields";
import { StepPanel } from "./step-panel";
import { useWizardProfile } from "./use-wizard-profile";
import { useWizard } from "./wizard-context";

export function SettingsStep() {
  const { href } = useViewer();
  const router = useRouter();
  const { draft, setDraft } = useWizard();
  const definition = useWizardProfile().profile?.definition;
  const isAnswered = headerProblems(draft.headers).length === 0 && openableSteps(draft).has("review");
  const lostValues = draft.headers.some((header) => header.name !== "" && header.value === "");
  return (
    <StepPanel
      title="Anything special?"
      description="Everything here has a default. Change only what you need."
      backHref={href("/endpoints/new/filter")}
      onSubmit={() => {
        if (isAnswered) router.push(href("/endpoints/new/review"));
      }}
      next={
        <Button type="submit" variant="primary" disabled={!isAnswered}>
          Continue
        </Button>
      }
    >
      <NameFields description={draft.description} tenant={draft.tenant} onChange={setDraft} />
      <section className="grid grid-cols-1 gap-3" aria-labelledby="retries">
        <h3 id="retries" className="font-medium text-ink text-sm">
          Retries
        </h3>
        <RetryField
          value={draft.retryPolicy}
          profile={definition}
          onChange={(retryPolicy) => setDraft({ retryPolicy })}
        />
      </section>
      <LimitFields
        timeoutMs={draft.timeoutMs}
        profile={definition}
        maxConcurrency={draft.maxConcurrency}
        onChange={setDraft}
      />
      <HeadersEditor rows={draft.headers} onChange={(headers) => setDraft({ headers })} />
      {lostValues && (
        <Callout tone="info">
          Header values are secret, so a reload forgets them. Type them once more.
        </Callout>
      )}
    </StepPanel>
  );
}
