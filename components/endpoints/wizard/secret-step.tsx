"use client";
// Owns the reveal in the wizard: once, with the code that uses it; going on needs the word that it is saved.

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import type { WizardDraft } from "@/lib/client/endpoints/wizard-draft";
import { useViewer } from "@/lib/client/viewer-context";
import { useEndpoint } from "../page/use-endpoint";
import { EndpointVerificationCode } from "../secret/endpoint-verification-code";
import { RotateDialog } from "../secret/rotate-dialog";
import { SecretReveal } from "../secret/secret-reveal";
import { StepPanel } from "./step-panel";
import { useWizard } from "./wizard-context";

const TITLES = {
  none: "There is no secret",
  pair: "Save the public key",
  shared: "Save the signing secret",
};

function kindOf(hint: string, shown: string | null): keyof typeof TITLES {
  if (hint === "") return "none";
  return hint.startsWith("whpk_") || shown?.startsWith("whpk_") ? "pair" : "shared";
}

export function SecretStep() {
  const { created } = useWizard().draft;
  return created === null ? null : <SecretOf created={created} />;
}

function SecretOf({ created }: { created: NonNullable<WizardDraft["created"]> }) {
  const { href } = useViewer();
  const router = useRouter();
  const { draft, setDraft, secret } = useWizard();
  const [isRotating, setRotating] = useState(false);
  const { data: endpoint } = useEndpoint(created.id);
  // A key pair's public half is no secret: it can be shown again.
  const shown = secret ?? endpoint?.secrets[0]?.public_key ?? null;
  return (
    <StepPanel
      title={TITLES[kindOf(created.hint, shown)]}
      description={
        created.hint === ""
          ? "The profile does not sign, so that your receiver cannot tell requests from anybody else's. A header that only the two of you know helps: under Authentication in the endpoint's settings."
          : "Your receiver checks with it that a request comes from Signpost and was not changed on the way."
      }
      onSubmit={() => {
        if (draft.secretSaved) router.push(href("/endpoints/new/test"));
      }}
      after={endpoint !== undefined && <EndpointVerificationCode endpoint={endpoint} />}
      next={
        <>
          <Button type="submit" variant="primary" disabled={!draft.secretSaved}>
            Continue
          </Button>
          {!draft.secretSaved && shown !== null && (
            <span className="text-subtle text-xs">Say that you have saved it to go on.</span>
          )}
        </>
      }
    >
      {created.hint === "" ? null : shown !== null ? (
        <SecretReveal
          secret={shown}
          isSaved={draft.secretSaved}
          onSavedChange={(secretSaved) => setDraft({ secretSaved })}
        />
      ) : (
        <Callout
          tone={draft.secretSaved ? "success" : "warning"}
          title={draft.secretSaved ? "You have saved it" : "It cannot be shown again"}
          actions={
            !draft.secretSaved && (
              <>
                <Button size="sm" variant="primary" onClick={() => setRotating(true)}>
                  Make a new one
                </Button>
                <Button size="sm" onClick={() => setDraft({ secretSaved: true })}>
                  I have it
                </Button>
              </>
            )
          }
        >
          The secret <code className="font-mono text-xs">{created.hint}</code> was shown once, before this
          page was loaded again.
        </Callout>
      )}
      {endpoint !== undefined && (
        <RotateDialog
          endpoint={endpoint}
          open={isRotating}
          onOpenChange={setRotating}
          onRotated={(hint, secretSaved) => setDraft({ created: { ...created, hint }, secretSaved })}
        />
      )}
    </StepPanel>
  );
}
