"use client";
// Owns what a test shows: that it is under way, or the true answer with its time, and what to do when it failed.

import { SendHorizontal } from "lucide-react";
import Link from "next/link";
import { AttemptView } from "@/components/deliveries/attempt-view";
import { DeliveryStatePill } from "@/components/deliveries/delivery-state-pill";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Spinner } from "@/components/ui/spinner";
import { errorText } from "@/lib/client/problem-error";
import { useViewer } from "@/lib/client/viewer-context";
import type { DeliveryDetailDto } from "@/lib/contracts/deliveries";
import type { SendTestInput } from "@/lib/contracts/endpoints";
import { explainState } from "@/lib/domain/delivery/state-reasons";
import type { TestRun } from "./use-test-run";

function Answer({ delivery }: { delivery: DeliveryDetailDto }) {
  const { href } = useViewer();
  const attempt = delivery.attempts.at(-1);
  return (
    <div className="grid grid-cols-1 gap-4">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1.5">
        <DeliveryStatePill state={delivery.state} reason={delivery.state_reason} />
        <Link
          href={href(`/deliveries/${delivery.id}`)}
          className="rounded-xs text-accent-ink text-sm underline-offset-4 hover:underline"
        >
          Open in the log
        </Link>
      </div>
      {attempt ? (
        <AttemptView attempt={attempt} isPayloadAvailable />
      ) : (
        <p className="text-muted text-sm">{explainState(delivery.state, delivery.state_reason)}</p>
      )}
    </div>
  );
}

interface TestResultProps {
  run: TestRun;
  endpointId: string;
  /** What to send; null while it cannot be sent as it stands. */
  input: SendTestInput | null;
}

/** The button and, below it, what came of it. */
export function TestResult({ run, endpointId, input }: TestResultProps) {
  const isRunning = run.phase === "sending" || run.phase === "waiting";
  return (
    <div className="grid grid-cols-1 gap-4" aria-live="polite">
      <div className="flex flex-wrap items-center gap-3">
        <Button
          variant={run.phase === "done" && run.delivery?.state === "succeeded" ? "secondary" : "primary"}
          icon={<SendHorizontal />}
          loading={isRunning}
          disabled={input === null}
          onClick={() => input !== null && run.start(endpointId, input)}
        >
          {run.phase === "idle" ? "Send test event" : "Send another test"}
        </Button>
        {isRunning && (
          <span className="flex items-center gap-2 text-muted text-sm">
            <Spinner />{" "}
            {run.phase === "sending" ? "Storing the event…" : "Signed and sent; waiting for the answer…"}
          </span>
        )}
      </div>
      {run.error && <Callout tone="danger">{errorText(run.error)}</Callout>}
      {run.delivery && run.phase === "done" && <Answer delivery={run.delivery} />}
    </div>
  );
}
