// A context for services under test: real database, real encryption, real ids; time that a test can move.
// Nothing leaves the process: outbound refuses, and the pump only writes down what it was told.
import { randomBytes } from "node:crypto";
import { pino } from "pino";
import { makeId } from "@/lib/domain/ids";
import type { ServiceContext } from "@/lib/server/context";
import { createBus } from "@/lib/server/live/bus";
import { openDatabase } from "@/lib/server/repositories/database";
import type { Runtime } from "@/lib/server/runtime";
import { createSecretBox } from "@/lib/server/secrets/secret-box";
import type { DeliveryPump, LeasedDelivery } from "@/lib/server/services/delivery/pump";
import { createWireCache } from "@/lib/server/services/delivery/wires";
import { createIngestPipeline } from "@/lib/server/services/ingest/pipeline";

export type RecordedPump = DeliveryPump & { accepted: LeasedDelivery[]; forgotten: string[]; wakes: number };

export type TestContext = Omit<Runtime, "stop"> & {
  pump: RecordedPump;
  /** Lines that were logged, as objects. */
  logs: Record<string, unknown>[];
  stop(): Promise<void>;
  /** Moves the context's clock. */
  advance(ms: number): void;
};

function recordingPump(): RecordedPump {
  const pump: RecordedPump = {
    accepted: [],
    forgotten: [],
    wakes: 0,
    room: () => 0,
    accept: (deliveries) => {
      pump.accepted.push(...deliveries);
    },
    wake: () => {
      pump.wakes++;
    },
    claimNow: () => Promise.resolve(0),
    load: () => ({ queued: 0, inFlight: 0 }),
    attemptOne: () => Promise.reject(new Error("this test has no delivery pump")),
    drop: () => undefined,
    forgetEndpoint: (id) => {
      pump.forgotten.push(id);
    },
  };
  return pump;
}

/** Opens a context on a test database; call `stop()` before dropping it. */
export function openTestContext(
  connectionString: string,
  overrides: Partial<ServiceContext> = {},
): TestContext {
  const logs: Record<string, unknown>[] = [];
  const logger = pino({ level: "debug" }, { write: (line: string) => logs.push(JSON.parse(line)) });
  let offset = 0;
  const now = () => Date.now() + offset;
  const db = openDatabase({
    connectionString,
    onError: () => undefined,
    hotConnections: 2,
    prismaConnections: 4,
  });
  const pump = recordingPump();
  const newId: ServiceContext["newId"] = (kind) => makeId(kind, now(), randomBytes(10));
  return {
    publicUrl: "http://signpost.test",
    sourceAddresses: [],
    db,
    secrets: createSecretBox([randomBytes(32)], randomBytes),
    outbound: {
      send: () => Promise.reject(new Error("this test has no way out")),
      checkUrl: (url) => Promise.resolve({ outcome: "allowed", url, warning: null }),
      openSockets: () => 0,
      close: () => undefined,
    },
    mailer: null,
    bus: createBus(),
    wires: createWireCache(db),
    ingest: createIngestPipeline({ db, pump, newId, callbacksEnded: () => undefined }),
    observeEventTypes: () => undefined,
    logger,
    now,
    random: Math.random,
    randomBytes,
    newId,
    ...overrides,
    pump,
    logs,
    advance: (ms) => {
      offset += ms;
    },
    stop: () => db.close(),
  };
}
