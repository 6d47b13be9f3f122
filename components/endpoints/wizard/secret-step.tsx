"use client";
// Owns the reveal in the wizard: once, with the code that uses it; going on needs the word that it is saved.

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { useViewer } from "@/lib/client/viewer-context";
import { useEndpoint } from "../page/use-endpoint";
import { EndpointVerificationCode } from "../secret/endpoint-verification-code";
import { RotateDialog } from "../secret/rotate-dialog";
import { SecretReveal } from "../secret/secret-reveal";
import { StepPanel } from "./step-panel";
import { useWizard } from "./wizard-context";

function CodeOf({ id }: { id: string }) {
  const { data: endpoint } = useEndpoint(id);
  return endpoint === undefined ? null : <EndpointVerificationCode endpoint={endpoint} />;
}

export function SecretStep() {
  const { href } = useViewer();
  const router = useRouter();
  const { draft, setDraft, secret } = useWizard();
  const [isRotating, setRotating] = useState(false);
  const { created } = draft;
  if (created === null) return null;
  return (
    <StepPanel
      title="Save the signing secret"
      description="Your receiver checks with it that a request comes from Signpost and was not changed on the way."
      onSubmit={() => {
        if (draft.secretSaved) router.push(href("/endpoints/new/test"));
      }}
      after={<CodeOf id={created.id} />}
      next={
        <>
          <Button type="submit" variant="primary" disabled={!draft.secretSaved}>
            Continue
          </Button>
          {!draft.secretSaved && secret !== null && (
            <span className="text-subtle text-xs">Say that you have saved it to go on.</span>
          )}
        </>
      }
    >
      {secret !== null ? (
        <SecretReveal
          secret={secret}
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
      <RotateDialog
        endpoint={{ id: created.id, url: draft.url }}
        open={isRotating}
        onOpenChange={setRotating}
        onRotated={(hint, secretSaved) => setDraft({ created: { ...created, hint }, secretSaved })}
      />
    </StepPanel>
  );
}
