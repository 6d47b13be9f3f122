// Owns how often alerts go out. A function of its own: a mail server that hangs must not hold up the evaluation.
import type { EngineClient } from "@/inngest/client";

type SendAlerts = () => Promise<{ announced: number; composed: number; sent: number }>;

/** The cron function that tells people what happened, and tries again what could not be sent. */
export function createAlerts(client: EngineClient, sendAlerts: SendAlerts) {
  return client.createFunction(
    { id: "alerts", triggers: [{ cron: "* * * * *" }], retries: 0, concurrency: { limit: 1 } },
    ({ step }) => step.run("send-alerts", sendAlerts),
  );
}
