// Owns the waiting between the attempts of one delivery. What is attempted, when and whether at all is decided by
// the services from the delivery's row; a run that finds the row settled simply ends.
import type { EngineClient } from "@/inngest/client";
import { retryScheduled } from "@/inngest/events";

export type DeliverServices = {
  loadDeliverySchedule(input: {
    deliveryId: string;
  }): Promise<{ outcome: "settled" } | { outcome: "waiting"; nextAttemptAt: string }>;
  attemptDelivery(input: {
    deliveryId: string;
  }): Promise<
    | { outcome: "settled"; state: string }
    | { outcome: "retry"; nextAttemptAt: string }
    | { outcome: "not_due"; nextAttemptAt: string }
    | { outcome: "busy"; retryAt: string }
  >;
};

/** Steps cost memory in every later call of a run: a longer schedule continues in a new run. */
const ATTEMPTS_PER_RUN = 100;
/** So often in a row somebody else made the attempt: another run, or a person, carries the delivery. */
const OVERTAKEN_LIMIT = 3;

/**
 * The function that carries one delivery's retries: wait until the row's time, attempt, again until settled. A step
 * that keeps throwing ends the run, not the delivery: its row stays due, and the sweep takes it from there.
 */
export function createDeliver(client: EngineClient, services: DeliverServices) {
  return client.createFunction(
    { id: "deliver", triggers: [retryScheduled], retries: 3, concurrency: { limit: 50 } },
    async ({ event, runId, step }) => {
      const { deliveryId, attempt: first } = event.data;
      const schedule = await step.run("load-schedule", () => services.loadDeliverySchedule({ deliveryId }));
      if (schedule.outcome === "settled") return { outcome: "settled" };

      let wakeAt = schedule.nextAttemptAt;
      let overtaken = 0;
      for (let attempt = first; attempt < first + ATTEMPTS_PER_RUN; attempt++) {
        await step.sleepUntil(`wait-${attempt}`, wakeAt);
        const result = await step.run(`attempt-${attempt}`, () => services.attemptDelivery({ deliveryId }));
        if (result.outcome === "settled") return result;
        // Once may be our own attempt whose answer was lost in a crash, so the run goes on from what the row says.
        if (result.outcome === "retry") overtaken = 0;
        if (result.outcome === "not_due") overtaken += 1;
        if (overtaken >= OVERTAKEN_LIMIT) return { outcome: "carried_elsewhere" };
        wakeAt = result.outcome === "busy" ? result.retryAt : result.nextAttemptAt;
      }
      const next = first + ATTEMPTS_PER_RUN;
      await step.sendEvent("continue", {
        id: `${deliveryId}:${next}:${runId}`,
        name: retryScheduled.name,
        data: { deliveryId, attempt: next },
      });
      return { outcome: "continued" };
    },
  );
}
