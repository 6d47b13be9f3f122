// Owns the names and shapes of the events that functions are triggered by. Events carry ids and numbers only:
// payloads, URLs and secrets stay in PostgreSQL.
import { eventType } from "inngest";
import { z } from "zod";
import { idSchema } from "@/lib/domain/ids";

const retryScheduledData = z.object({
  deliveryId: idSchema("delivery"),
  /** The number of the attempt that comes next, starting at 1. */
  attempt: z.number().int().min(1),
});

export type RetryScheduledData = z.infer<typeof retryScheduledData>;

/** A delivery waits for an attempt at the time its row says. */
export const retryScheduled = eventType("signpost/delivery.retry-scheduled", { schema: retryScheduledData });

/**
 * The event for one awaited attempt. Its id is the same however often the attempt is announced, so an engine
 * starts one run for it within its 24-hour window.
 */
export function retryScheduledEvent(data: RetryScheduledData) {
  return retryScheduled.create(data, { id: `${data.deliveryId}:${data.attempt}` });
}
