// Owns how often old data is cleared. What is old is the service's business.
import type { EngineClient } from "@/inngest/client";

type Retention = () => Promise<{
  eventsCleared: number;
  deliveriesDeleted: number;
  callbacksDeleted: number;
  idempotencyKeysDeleted: number;
}>;

/** The cron function that applies the workspaces' retention periods. */
export function createRetention(client: EngineClient, applyRetention: Retention) {
  return client.createFunction(
    { id: "retention", triggers: [{ cron: "*/10 * * * *" }], retries: 0, concurrency: { limit: 1 } },
    ({ step }) => step.run("apply-retention", applyRetention),
  );
}
