"use client";
// Owns the first question: where to. Going on needs the same verdict that saving would give.

import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { useViewer } from "@/lib/client/viewer-context";
import { SourceAddresses } from "../auth/source-addresses";
import { UrlField, useUrlCheck } from "../form/url-field";
import { StepPanel } from "./step-panel";
import { useWizard } from "./wizard-context";

export function UrlStep() {
  const { href } = useViewer();
  const router = useRouter();
  const { draft, setDraft } = useWizard();
  const { check, isChecking, error } = useUrlCheck(draft.url);
  const isAllowed = check?.outcome === "allowed";

  function submit() {
    if (!isAllowed) return;
    // The form in which it will be stored and called, so that the review shows the truth.
    setDraft({ url: check.url });
    router.push(href("/endpoints/new/events"));
  }

  return (
    <StepPanel
      title="Where should events go?"
      description="The address of your receiver. Signpost posts each event there as signed JSON."
      onSubmit={submit}
      next={
        <Button type="submit" variant="primary" disabled={!isAllowed}>
          Continue
        </Button>
      }
    >
      <UrlField
        value={draft.url}
        onChange={(url) => setDraft({ url })}
        error={error && !isChecking ? error.message : undefined}
        autoFocus
      />
      <p className="text-pretty text-muted text-sm">
        No receiver yet? Your Inbox is a built-in one: it answers, keeps what arrives and checks its
        signature.
      </p>
      <SourceAddresses />
    </StepPanel>
  );
}
