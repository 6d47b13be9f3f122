"use client";
// Owns the test from anywhere: what to send, and the true answer.

import { Dialog, DialogBody, DialogContent } from "@/components/ui/dialog";
import { TestComposer } from "./test-composer";
import { TestResult } from "./test-result";
import { type TestedEndpoint, useTestDraft } from "./use-test-draft";
import { useTestRun } from "./use-test-run";

interface TestDialogProps {
  endpoint: TestedEndpoint;
  /** The type to begin with; one that fits the endpoint unless given. */
  type?: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

function TestBody({ endpoint, type }: Pick<TestDialogProps, "endpoint" | "type">) {
  const run = useTestRun();
  const draft = useTestDraft(endpoint, type);
  return (
    <DialogBody>
      <TestComposer draft={draft} />
      <TestResult run={run} endpointId={endpoint.id} input={draft.input} />
    </DialogBody>
  );
}

export function TestDialog({ endpoint, type, open, onOpenChange }: TestDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        width="lg"
        title="Test event"
        description={
          <>
            A real event, signed and sent to{" "}
            <code className="font-mono text-xs wrap-anywhere">{endpoint.url}</code> like every other. It never
            counts against the endpoint.
          </>
        }
      >
        <TestBody endpoint={endpoint} type={type} />
      </DialogContent>
    </Dialog>
  );
}
