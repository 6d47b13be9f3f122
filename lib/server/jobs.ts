// Owns handing awaited attempts to the engine. The engine only carries time: when it is down, slow or full, the row
// in PostgreSQL still says what is due and the sweep takes it, so nothing here may fail or delay its caller.
import { inngest } from "@/inngest/client";
import { retryScheduledEvent } from "@/inngest/events";

export type RetryItem = {
  deliveryId: string;
  /** The number of the attempt that comes next, starting at 1. */
  attempt: number;
  nextAttemptAt: Date;
};

/** The shape of a pino logger. */
export type JobsLogger = { warn(fields: object, message: string): void };

type SendEvents = (events: ReturnType<typeof retryScheduledEvent>[]) => Promise<unknown>;

const BATCH_SIZE = 100;
const SEND_TIMEOUT_MS = 10_000;
/** After a failed send nothing is tried for this long, so that an engine that hangs does not collect open calls. */
const COOL_DOWN_MS = 10_000;

async function withTimeout(promise: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The engine took no events within ${ms} ms.`)), ms);
  });
  try {
    await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** The message alone: an engine that is down for an hour would fill the log with stacks. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** An `enqueueRetries` over any way to send events; `clock` is Unix ms. */
export function createEnqueueRetries(send: SendEvents, clock: () => number, timeoutMs = SEND_TIMEOUT_MS) {
  let quietUntil = 0;
  return async (items: readonly RetryItem[], logger: JobsLogger): Promise<void> => {
    for (let start = 0; start < items.length; start += BATCH_SIZE) {
      if (clock() < quietUntil) return;
      const batch = items.slice(start, start + BATCH_SIZE);
      try {
        const events = batch.map(({ deliveryId, attempt }) => retryScheduledEvent({ deliveryId, attempt }));
        await withTimeout(send(events), timeoutMs);
      } catch (error) {
        quietUntil = clock() + COOL_DOWN_MS;
        logger.warn(
          { reason: reasonOf(error), deliveries: items.length - start, quietMs: COOL_DOWN_MS },
          "The engine did not take retries; the sweep will",
        );
        return;
      }
    }
  };
}

/**
 * Announces that deliveries wait for an attempt at the time their row says. At most 100 events are sent at once.
 * Never rejects: what the engine does not take is logged once and left to the sweep.
 */
export const enqueueRetries = createEnqueueRetries((events) => inngest.send(events), Date.now);
