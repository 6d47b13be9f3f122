// Owns the engine's step "attempt": one attempt of one delivery, safe to ask for twice.
import { getRuntime } from "../runtime";

export type AttemptDeliveryResult =
  | { outcome: "settled"; state: string }
  | { outcome: "retry"; nextAttemptAt: string }
  | { outcome: "not_due"; nextAttemptAt: string }
  | { outcome: "busy"; retryAt: string };

/** Claims the delivery if it is due, attempts it, and says when to come back. Times are RFC 3339. */
export async function attemptDelivery({
  deliveryId,
}: {
  deliveryId: string;
}): Promise<AttemptDeliveryResult> {
  const result = await getRuntime().pump.attemptOne(deliveryId, { force: false });
  switch (result.outcome) {
    case "settled":
      return result;
    case "busy":
      return { outcome: "busy", retryAt: result.retryAt.toISOString() };
    default:
      return { outcome: result.outcome, nextAttemptAt: result.nextAttemptAt.toISOString() };
  }
}
