"use client";
// Owns the test from anywhere: a dialog that sends at once and shows the true answer.

import { useEffect, useRef } from "react";
import { Dialog, DialogBody, DialogContent } from "@/components/ui/dialog";
import type { EndpointDto } from "@/lib/contracts/endpoints";
import { TestResult } from "./test-result";
import { useTestRun } from "./use-test-run";

interface TestDialogProps {
  endpoint: Pick<EndpointDto, "id" | "url">;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

function TestBody({ endpointId }: { endpointId: string }) {
  const run = useTestRun();
  const started = useRef(false);
  // Opening is the press; strict mode mounts twice, and two tests would be one too many.
  useEffect(() => {
    if (started.current) return;
    started.current = true;
    run.start(endpointId);
  });
  return (
    <DialogBody>
      <TestResult run={run} endpointId={endpointId} />
    </DialogBody>
  );
}

export function TestDialog({ endpoint, open, onOpenChange }: TestDialogProps) {
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
        <TestBody endpointId={endpoint.id} />
      </DialogContent>
    </Dialog>
  );
}
