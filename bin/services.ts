// Lets a command call the application's services beside a running server or alone: same rules, same audit trail,
// but nothing is polled, delivered or sent by the command's process.
import { step } from "@/bin/bootstrap/steps.mjs";
import { openInstance } from "@/bin/instance";
import type { ServiceContext } from "@/lib/server/context";
import { createInstance } from "@/lib/server/create-instance";
import { createOutbound } from "@/lib/server/outbound/send";
import { createLogger } from "@/lib/server/start-runtime";

/** Opens the instance, runs `work` under a title, and closes everything again. */
export async function withServices<T>(title: string, work: (ctx: ServiceContext) => Promise<T>): Promise<T> {
  const opened = await openInstance("command");
  const { env } = opened;
  const instance = createInstance({
    connectionString: env.databaseUrl,
    encryptionKeys: env.encryptionKeys,
    publicUrl: env.publicUrl,
    inlineAttempts: false,
    logger: createLogger(env.logLevel),
    enqueueRetries: async () => undefined,
    mailer: null,
    // Nothing is allowed that is not public: a command makes no request at all.
    outbound: createOutbound({
      policy: { allowHttp: false, allowedCidrs: [], allowedHosts: [], selfInbox: null },
    }),
  });
  try {
    return await step(title, () => work(instance.ctx));
  } finally {
    await instance.stop({ deadlineMs: 0 });
    await opened.close();
  }
}
