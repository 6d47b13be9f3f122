// Owns the real functions `health` and `alerts` over the real services, as the app of an engine test runs them: one
// database, a mail server, and every run written to a file.
import pino from "pino";
import type { EngineClient } from "@/inngest/client";
import { createAlerts } from "@/inngest/functions/alerts";
import { createHealth } from "@/inngest/functions/health";
import { parseAllowedTargets } from "@/lib/domain/endpoint/allowed-targets";
import { createInstance } from "@/lib/server/create-instance";
import { createMailer } from "@/lib/server/mail/mailer";
import { createOutbound } from "@/lib/server/outbound/send";
import { sendAlertsOf } from "@/lib/server/services/alerts/send-alerts";
import { evaluateHealthOf } from "@/lib/server/services/health/evaluate-health";
import { createRecord } from "@/tests/engine/support/test-functions";

export type AlertAppConfig = { smtpUrl: string; encryptionKey: string };

/** The functions; nothing is started but what they call. */
export function createAlertFunctions(
  client: EngineClient,
  folder: string,
  connectionString: string,
  { smtpUrl, encryptionKey }: AlertAppConfig,
) {
  const record = createRecord(folder);
  const { cidrs, hosts } = parseAllowedTargets("127.0.0.0/8");
  const { ctx } = createInstance({
    connectionString,
    encryptionKeys: [Buffer.from(encryptionKey, "base64")],
    publicUrl: "https://hooks.example.com",
    sourceAddresses: [],
    outbound: createOutbound({
      policy: { allowHttp: false, allowedCidrs: cidrs, allowedHosts: hosts, selfInbox: null },
    }),
    logger: pino({ level: "silent" }),
    mailer: createMailer({
      smtpUrl: new URL(smtpUrl),
      from: { name: "Signpost", address: "signpost@hooks.example.com" },
      fromIsGuessed: false,
    }),
    inlineAttempts: false,
    enqueueRetries: async () => undefined,
  });
  return [
    createHealth(client, async () => {
      const result = await evaluateHealthOf(ctx);
      record("health", "health", result);
      return result;
    }),
    createAlerts(client, async () => {
      const result = await sendAlertsOf(ctx);
      record("alerts", "alerts", result);
      return result;
    }),
  ];
}
