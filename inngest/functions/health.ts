// Owns how often the health of endpoints is evaluated. What follows from it is the services' business.
import type { EngineClient } from "@/inngest/client";

type EvaluateHealth = () => Promise<{
  watched: number;
  warned: number;
  disabled: number;
  recovered: number;
  nothingGetsOut: boolean;
}>;

/** The cron function that gives the instance's sign of life, and warns about or disables endpoints that keep failing. */
export function createHealth(client: EngineClient, evaluateHealth: EvaluateHealth) {
  return client.createFunction(
    { id: "health", triggers: [{ cron: "* * * * *" }], retries: 0, concurrency: { limit: 1 } },
    ({ step }) => step.run("evaluate-health", evaluateHealth),
  );
}
