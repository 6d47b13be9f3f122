// Starts one attempt without making a person wait for the receiver.
import type { ServiceContext } from "../context";

/** Claims and attempts the delivery in the background. It is due in the database, so the sweep takes it if this fails. */
export function startAttempt(ctx: ServiceContext, deliveryId: string): void {
  ctx.pump.attemptOne(deliveryId, { force: false }).catch((error: unknown) => {
    ctx.logger.warn(
      { err: error, deliveryId },
      "an attempt asked for by a person could not start; the sweep takes it",
    );
    ctx.pump.wake();
  });
}
