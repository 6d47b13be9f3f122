// Owns the assembly of a running instance from its parts. The launcher, plain Next and the tests all come through here,
// so that what the tests meet is what production runs.
import { randomBytes as nodeRandomBytes } from "node:crypto";
import { performance } from "node:perf_hooks";
import type { Logger } from "pino";
import type { SourceAddress } from "@/lib/domain/egress/source-addresses";
import { makeId } from "@/lib/domain/ids";
import type { ServiceContext } from "./context";
import { createBus } from "./live/bus";
import type { Mailer } from "./mail/mailer";
import type { Outbound } from "./outbound/send";
import { openDatabase } from "./repositories/database";
import { createSecretBox } from "./secrets/secret-box";
import { createPump } from "./services/delivery/create-pump";
import { createRecorder, type RetryHandOver } from "./services/delivery/recorder";
import { createTargetCache } from "./services/delivery/targets";
import { createTokenCache } from "./services/delivery/token-cache";
import { createWireCache } from "./services/delivery/wires";
import { disableGoneEndpoint } from "./services/disable-gone-endpoint";
import { createIngestPipeline } from "./services/ingest/pipeline";
import { createTypeObserver } from "./services/observe-event-types";

export type InstanceOptions = {
  connectionString: string;
  /** 32 bytes each; the first seals, all open. */
  encryptionKeys: readonly Buffer[];
  publicUrl: string;
  sourceAddresses?: readonly SourceAddress[];
  outbound: Outbound;
  /** Null: e-mails are kept. */
  mailer: Mailer | null;
  logger: Logger;
  inlineAttempts: boolean;
  enqueueRetries: (items: RetryHandOver[], logger: Logger) => Promise<void>;
  /** Unix milliseconds; the real clock when left out. */
  now?: () => number;
  random?: () => number;
};

export type Instance = {
  ctx: ServiceContext;
  /** Starts the polling for due work. */
  start(): void;
  stop(options: { deadlineMs: number }): Promise<void>;
};

/** An instance over one database. Nothing connects or polls before `start` or the first call. */
export function createInstance(options: InstanceOptions): Instance {
  const { logger, outbound } = options;
  const now = options.now ?? Date.now;
  const random = options.random ?? Math.random;
  const monotonicMs = () => performance.now();
  // Random bytes come from a pool: one system call for hundreds of ids.
  let pool = Buffer.alloc(0);
  const randomBytes = (size: number): Buffer => {
    if (size > 64) return nodeRandomBytes(size);
    if (pool.length < size) pool = nodeRandomBytes(8192);
    const bytes = Buffer.from(pool.subarray(0, size));
    pool = pool.subarray(size);
    return bytes;
  };
  const newId: ServiceContext["newId"] = (kind) => makeId(kind, now(), randomBytes(10));
  const db = openDatabase({
    connectionString: options.connectionString,
    onError: (error) => logger.warn({ err: error }, "a database connection was lost"),
  });
  const secrets = createSecretBox(options.encryptionKeys, randomBytes);
  const bus = createBus();
  const targets = createTargetCache(db, secrets, monotonicMs);
  const wires = createWireCache(db);
  const recorder = createRecorder({
    db,
    logger,
    monotonicMs,
    enqueueRetries: (items) => options.enqueueRetries(items, logger),
    changed: (environmentId, ids) => bus.publish(environmentId, { kind: "deliveries", ids }),
  });
  const pump = createPump({
    db,
    outbound,
    targets,
    wires,
    tokens: createTokenCache(outbound, now),
    recorder,
    logger,
    now,
    monotonicMs,
    random,
    newId,
    inlineAttempts: options.inlineAttempts,
    receiverGone: (target) => disableGoneEndpoint(ctx, target),
  });
  const observer = createTypeObserver(db, newId, logger);
  const ctx: ServiceContext = {
    publicUrl: options.publicUrl,
    sourceAddresses: options.sourceAddresses ?? [],
    db,
    secrets,
    outbound,
    mailer: options.mailer,
    bus,
    pump,
    wires,
    ingest: createIngestPipeline({
      db,
      pump,
      newId,
      callbacksEnded: (environmentId) => bus.publish(environmentId, { kind: "endpoints" }),
    }),
    observeEventTypes: observer.observe,
    logger,
    now,
    random,
    randomBytes,
    newId,
  };

  return {
    ctx,
    start: () => pump.start(),
    async stop(stopOptions) {
      await pump.stop(stopOptions);
      await observer.idle();
      outbound.close();
      await db.close();
    },
  };
}
