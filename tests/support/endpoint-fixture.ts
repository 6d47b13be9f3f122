// A database, a service context and two actors for tests of endpoint services: real PostgreSQL, the real outbound guard
// with 127.0.0.0/8 opened, and a pump that only remembers what it was told.
import { randomBytes } from "node:crypto";
import pino from "pino";
import type { Actor } from "@/lib/domain/access/permissions";
import { parseAllowedTargets } from "@/lib/domain/endpoint/allowed-targets";
import { type IdKind, makeId } from "@/lib/domain/ids";
import type { ServiceContext } from "@/lib/server/context";
import { createBus } from "@/lib/server/live/bus";
import { createOutbound } from "@/lib/server/outbound/send";
import { openDatabase } from "@/lib/server/repositories/database";
import { createSecretBox } from "@/lib/server/secrets/secret-box";
import { createTestDatabase } from "@/tests/support/postgres";

export type DeliverySeed = {
  state: string;
  trigger?: string;
  leaseUntil?: Date | null;
  createdMs?: number;
  completedAt?: Date | null;
  attempts?: { succeeded: boolean; startedAt: Date }[];
};

/** Opens everything for one test file; `close` in `afterAll`. */
export async function openEndpointFixture() {
  const database = await createTestDatabase();
  const db = openDatabase({
    connectionString: database.connectionString,
    onError: (error) => console.error(error),
  });
  const newId = (kind: IdKind, nowMs = Date.now()) => makeId(kind, nowMs, randomBytes(10));
  const told = { forgotten: [] as string[], wakes: 0, published: [] as string[] };
  const bus = createBus();
  bus.onPublish((environmentId, message) => told.published.push(`${environmentId} ${message.kind}`));
  const allowed = parseAllowedTargets("127.0.0.0/8");
  const outbound = createOutbound({
    policy: {
      allowHttp: false,
      allowedCidrs: allowed.cidrs,
      allowedHosts: ["receiver.test"],
      selfInbox: null,
    },
    resolver: {
      resolve: async (host) =>
        host === "rebinding.example.com"
          ? { outcome: "resolved", addresses: ["93.184.216.34", "10.0.0.7"] }
          : { outcome: "resolved", addresses: ["93.184.216.34"] },
      close: () => undefined,
    },
  });
  const clock = { ms: null as number | null };
  const ctx: ServiceContext = {
    publicUrl: "https://signpost.test",
    db,
    secrets: createSecretBox([randomBytes(32)], randomBytes),
    outbound,
    bus,
    pump: {
      room: () => 0,
      accept: () => undefined,
      wake: () => {
        told.wakes++;
      },
      attemptOne: () => Promise.reject(new Error("no attempts in this test")),
      forgetEndpoint: (id) => {
        told.forgotten.push(id);
      },
    },
    logger: pino({ level: "silent" }),
    now: () => clock.ms ?? Date.now(),
    random: Math.random,
    randomBytes,
    newId,
  };

  async function newWorkspace(name: string): Promise<{ live: Actor; sandbox: Actor }> {
    const workspaceId = newId("workspace");
    const live = newId("environment");
    const sandbox = newId("environment");
    await db.prisma.workspace.create({
      data: {
        id: workspaceId,
        slug: name,
        name,
        environments: {
          create: [
            { id: live, kind: "live" },
            { id: sandbox, kind: "sandbox" },
          ],
        },
      },
    });
    const actor = (environmentId: string): Actor => ({
      kind: "user",
      userId: newId("user"),
      label: `owner@${name}.test`,
      role: "owner",
      workspaceId,
      environmentId,
      ip: null,
    });
    return { live: actor(live), sandbox: actor(sandbox) };
  }

  /** Adds one event and a delivery of it for the endpoint; gives the delivery's id. */
  async function seedDelivery(
    environmentId: string,
    endpointId: string,
    seed: DeliverySeed,
  ): Promise<string> {
    const createdAt = new Date(seed.createdMs ?? Date.now());
    const eventId = newId("event", createdAt.getTime());
    const id = newId("delivery", createdAt.getTime());
    const waiting = seed.state === "pending" ? new Date(createdAt.getTime() + 3_600_000) : null;
    await db.prisma.event.create({
      data: {
        environmentId,
        id: eventId,
        type: "order.paid",
        dataSize: 2,
        data: new TextEncoder().encode("{}"),
        requestHash: new Uint8Array(1),
        deliveryCount: 1,
        occurredAt: createdAt,
        createdAt,
      },
    });
    await db.prisma.delivery.create({
      data: {
        id,
        environmentId,
        eventId,
        endpointId,
        eventType: "order.paid",
        trigger: seed.trigger ?? "event",
        state: seed.state,
        nextAttemptAt: waiting,
        claimableAt: waiting,
        leaseUntil: seed.leaseUntil ?? null,
        completedAt: seed.completedAt ?? null,
        createdAt,
      },
    });
    for (const [index, attempt] of (seed.attempts ?? []).entries()) {
      await db.prisma.attempt.create({
        data: {
          id: newId("attempt"),
          deliveryId: id,
          number: index + 1,
          succeeded: attempt.succeeded,
          startedAt: attempt.startedAt,
          requestUrl: "https://receiver.test/hook",
          requestHeaders: [],
          requestBodySize: 2,
          secretIds: [],
        },
      });
    }
    return id;
  }

  return {
    ctx,
    told,
    clock,
    newWorkspace,
    seedDelivery,
    async close() {
      outbound.close();
      await db.close();
      await database.drop();
    },
  };
}

export type EndpointFixture = Awaited<ReturnType<typeof openEndpointFixture>>;
