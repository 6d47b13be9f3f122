// Owns the trace of an attempt that failed inside Signpost: it is recorded and moves on in the schedule like any other, so
// that it is seen and ends. It is our own fault and says nothing about the endpoint's health.
import { judgeAttempt } from "@/lib/domain/delivery/classify";
import { NOTHING_KNOWN } from "./interrupted";
import type { MadeAttempt } from "./make-attempt";
import type { LeasedDelivery } from "./pump";
import type { Target } from "./targets";
import { WireError } from "./wires";

/** The attempt as it is recorded. `error` goes to the log; of it only our own words are shown. */
export function internalFailure(
  parts: { now: () => number; random: () => number; newId: (kind: "attempt") => string },
  delivery: LeasedDelivery,
  target: Target,
  error: unknown,
): MadeAttempt {
  const verdict = judgeAttempt({
    result: { errorClass: "internal_error" },
    trigger: delivery.trigger,
    policy: target.retryPolicy,
    step: delivery.step + 1,
    random: parts.random(),
    retryAfterMs: null,
    elapsedMs: delivery.elapsedMs ?? 0,
  });
  return {
    record: {
      ...NOTHING_KNOWN,
      id: parts.newId("attempt"),
      deliveryId: delivery.deliveryId,
      endpointId: delivery.endpointId,
      trigger: delivery.trigger,
      number: delivery.attemptNumber,
      leaseToken: delivery.leaseToken,
      startedAtMs: parts.now(),
      requestUrl: target.url,
      errorClass: verdict.errorClass,
      errorMessage:
        error instanceof WireError
          ? `Nothing was sent: ${error.message}.`
          : "Something in Signpost went wrong during this attempt; the server's log says what.",
      next: { state: verdict.state, reason: verdict.reason, delayMs: verdict.delayMs },
      movesDelivery: true,
    },
    disableEndpoint: false,
    feedback: { kind: "none" },
  };
}
