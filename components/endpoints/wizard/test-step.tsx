"use client";
// Owns the end of the wizard: a test through the real pipeline, offered until it is green, never forced.

import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { useViewer } from "@/lib/client/viewer-context";
import { TestResult } from "../test/test-result";
import { useTestRun } from "../test/use-test-run";
import { StepPanel } from "./step-panel";
import { useWizard } from "./wizard-context";

export function TestStep() {
  const { href } = useViewer();
  const router = useRouter();
  const { draft, clearDraft } = useWizard();
  const run = useTestRun();
  const isFinished = useRef(false);
  // Once this step is gone, not before: an empty draft here would lead back to the first question.
  const clearOnLeave = useEffectEvent(() => {
    if (isFinished.current) clearDraft();
  });
  useEffect(() => () => clearOnLeave(), []);
  const { created } = draft;
  if (created === null) return null;
  const hasArrived = run.phase === "done" && run.delivery?.state === "succeeded";
  return (
    <StepPanel
      title="Send a test"
      description={
        <>
          A real event to <code className="font-mono text-xs wrap-anywhere">{draft.url}</code>: stored, signed
          and sent like every other. Below is what truly came back.
        </>
      }
      next={
        <Button
          variant={hasArrived ? "primary" : "secondary"}
          onClick={() => {
            isFinished.current = true;
            router.push(href(`/endpoints/${created.id}`));
          }}
        >
          {hasArrived ? "Done" : "Finish without a test that arrived"}
        </Button>
      }
    >
      <TestResult run={run} endpointId={created.id} />
      {hasArrived && (
        <Callout tone="success" title="Your endpoint works.">
          From now on every event that it subscribes to is delivered there.
        </Callout>
      )}
    </StepPanel>
  );
}
