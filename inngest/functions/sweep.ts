// Owns how often the sweep runs. What is due and unleased is the service's business.
import type { EngineClient } from "@/inngest/client";

/** A sweep that keeps finding work goes on at once this many times, so that a backlog drains in bounded bursts. */
const ROUNDS_PER_RUN = 20;

/** The cron function that takes up every delivery that is due and that nobody carries. */
export function createSweep(client: EngineClient, sweepDeliveries: () => Promise<{ claimed: number }>) {
  return client.createFunction(
    { id: "sweep", triggers: [{ cron: "* * * * *" }], retries: 0, concurrency: { limit: 1 } },
    async ({ step }) => {
      let claimed = 0;
      for (let round = 1; round <= ROUNDS_PER_RUN; round++) {
        const result = await step.run(`sweep-${round}`, sweepDeliveries);
        claimed += result.claimed;
        if (result.claimed === 0) break;
      }
      return { claimed };
    },
  );
}
