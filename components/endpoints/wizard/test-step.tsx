"use client";
// Owns the end of the wizard: a test through the real pipeline, offered until it is green, never forced.

import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Skeleton } from "@/components/ui/skeleton";
import { useViewer } from "@/lib/client/viewer-context";
import type { EndpointDto } from "@/lib/contracts/endpoints";
import { useEndpoint } from "../page/use-endpoint";
import { TestComposer } from "../test/test-composer";
import { TestResult } from "../test/test-result";
import { useTestDraft } from "../test/use-test-draft";
import { type TestRun, useTestRun } from "../test/use-test-run";
import { StepPanel } from "./step-panel";
import { useWizard } from "./wizard-context";

function Try({ endpoint, run }: { endpoint: EndpointDto; run: TestRun }) {
  const draft = useTestDraft(endpoint);
  return (
    <>
      <TestComposer draft={draft} />
      <TestResult run={run} endpointId={endpoint.id} input={draft.input} />
    </>
  );
}

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
  const { data: endpoint } = useEndpoint(created?.id ?? "");
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
      {endpoint === undefined ? <Skeleton className="h-64 w-full" /> : <Try endpoint={endpoint} run={run} />}
      {hasArrived && (
        <Callout tone="success" title="Your endpoint works.">
          From now on every event that it subscribes to is delivered there.
        </Callout>
      )}
    </StepPanel>
  );
}
