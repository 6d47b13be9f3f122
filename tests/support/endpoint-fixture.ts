// Actors and deliveries for tests of endpoint services over the ordinary test context: real PostgreSQL, the real outbound
// guard, and a pump that only remembers what it was told.
import { randomBytes } from "node:crypto";
import type { Actor } from "@/lib/domain/access/permissions";
import { type IdKind, makeId } from "@/lib/domain/ids";
import type { ServiceContext } from "@/lib/server/context";
import { createTestContext } from "./context";

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
  const clock = { ms: null as number | null };
  const test = await createTestContext({
    inlineAttempts: false,
    now: () => clock.ms ?? Date.now(),
    outbound: {
      resolver: {
        resolve: async (host) => ({
          outcome: "resolved",
          addresses: host === "rebinding.example.com" ? ["93.184.216.34", "10.0.0.7"] : ["93.184.216.34"],
        }),
        close: () => undefined,
      },
    },
  });
  const told = { forgotten: [] as string[], wakes: 0, published: [] as string[] };
  const { db, bus } = test.ctx;
  const newId = (kind: IdKind, nowMs = Date.now()) => makeId(kind, nowMs, randomBytes(10));
  bus.onPublish((environmentId, message) => told.published.push(`${environmentId} ${message.kind}`));
  const ctx: ServiceContext = {
    ...test.ctx,
    // The instance is not started, so nothing is attempted; what the pump is told is what counts here.
    pump: {
      ...test.ctx.pump,
      wake: () => {
        told.wakes++;
      },
      drop: () => undefined,
      forgetEndpoint: (id) => {
        told.forgotten.push(id);
      },
    },
  };

  async function newWorkspace(name: string): Promise<{ live: Actor; sandbox: Actor }> {
    const workspaceId = newId("workspace");
    const live = newId("environment");
    const sandbox = newId("environment");
    await db.prisma.workspace.create({
      data: {
        id: workspaceId,
        slug: `${name}-${newId("workspace").slice(-6)}`,
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
    close: test.close,
  };
}

export type EndpointFixture = Awaited<ReturnType<typeof openEndpointFixture>>;
