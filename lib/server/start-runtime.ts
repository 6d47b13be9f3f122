// Owns the way from a validated environment to the running instance of this process.
import pino, { type Logger } from "pino";
import { parseAllowedTargets } from "@/lib/domain/endpoint/allowed-targets";
import { createInstance } from "./create-instance";
import type { RunningEnv } from "./env";
import { errorFacts } from "./error-facts";
import { enqueueRetries } from "./jobs";
import { startNotifyBridge } from "./live/notify-bridge";
import { createMailer } from "./mail/mailer";
import { createOutbound } from "./outbound/send";
import { type Runtime, setRuntime } from "./runtime";

/** Never in a log line, wherever an object carries it. */
const REDACTED = [
  "authorization",
  "cookie",
  "secret",
  "password",
  "key",
  "token",
  "webhook-signature",
].flatMap((name) => [name, `*.${name}`, `headers.${name}`, `err.headers.${name}`]);

/** JSON lines on stderr, one for each record; values that are secret by their name are masked. */
export function createLogger(level: string): Logger {
  return pino(
    {
      level,
      base: undefined,
      redact: { paths: REDACTED, censor: "[masked]" },
      serializers: { err: errorFacts },
    },
    pino.destination({ fd: 2, sync: false }),
  );
}

/**
 * Starts the instance and makes it this process's runtime. Its `stop` undoes everything.
 * `ownAddress` is where this process reaches its own server: the Inbox is dialled there.
 */
export function startRuntime(env: RunningEnv, ownAddress: string): Runtime {
  const logger = createLogger(env.logLevel);
  const { cidrs, hosts } = parseAllowedTargets(env.allowedTargets.join(","));
  const instance = createInstance({
    connectionString: env.databaseUrl,
    encryptionKeys: env.encryptionKeys,
    publicUrl: env.publicUrl,
    sourceAddresses: env.egress.sourceAddresses,
    inlineAttempts: env.inlineAttempts,
    logger,
    mailer: env.mail === null ? null : createMailer(env.mail),
    enqueueRetries,
    outbound: createOutbound({
      proxy: env.egress.proxy,
      local: env.egress.local,
      policy: {
        allowHttp: env.allowHttp,
        allowedCidrs: cidrs,
        allowedHosts: hosts,
        selfInbox: { origin: env.publicUrl, address: ownAddress, port: env.port },
      },
    }),
  });
  const bridge = startNotifyBridge({ connectionString: env.databaseUrl, bus: instance.ctx.bus, logger });
  const runtime: Runtime = {
    ...instance.ctx,
    async stop(options) {
      await bridge.stop();
      await instance.stop(options);
      setRuntime(null);
    },
  };
  setRuntime(runtime);
  instance.start();
  return runtime;
}
