import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Actor } from "@/lib/domain/access/permissions";
import { isAppError } from "@/lib/domain/errors";
import { handleReplayDelivery } from "@/lib/server/http/delivery-handlers";
import { cancelDelivery } from "@/lib/server/services/cancel-delivery";
import { getDelivery } from "@/lib/server/services/get-delivery";
import { replayDelivery } from "@/lib/server/services/replay-delivery";
import { retryDeliveryNow } from "@/lib/server/services/retry-delivery-now";
import { type EndpointSeed, seedDelivery, seedEndpoint } from "@/tests/support/delivery-rows";
import { createTestDatabase, type TestDatabase } from "@/tests/support/postgres";
import { openTestContext, type TestContext } from "@/tests/support/service-context";
import { createTestWorkspace, type TestWorkspace } from "@/tests/support/workspace";

let database: TestDatabase;
let ctx: TestContext;
let ours: TestWorkspace;
let theirs: TestWorkspace;
let operator: Actor;
const attempted: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  ctx = openTestContext(database.connectionString);
  ctx.pump.attemptOne = async (id) => {
    attempted.push(id);
    return { outcome: "settled", state: "succeeded" };
  };
  [ours, theirs] = [await createTestWorkspace(ctx), await createTestWorkspace(ctx)];
  operator = ours.user("operator");
});

afterAll(async () => {
  await ctx.stop();
  await database.drop();
});

async function seed(
  delivery: Partial<Parameters<typeof seedDelivery>[2]> = {},
  endpoint: EndpointSeed = {},
  workspace: TestWorkspace = ours,
) {
  const endpointId = await seedEndpoint(ctx, workspace.liveId, endpoint);
  return seedDelivery(ctx, workspace.liveId, { endpointId, ...delivery });
}

const rowOf = (id: string) => ctx.db.prisma.delivery.findUniqueOrThrow({ where: { id } });
const replaysOf = (id: string) => ctx.db.prisma.delivery.count({ where: { replayOf: id } });
const auditOf = (id: string) =>
  ctx.db.prisma.auditEntry.findMany({ where: { targetId: id }, select: { action: true, actorLabel: true } });
const underWay = () => ({ state: "pending", leaseUntil: new Date(Date.now() + 60_000) });
const expired = () => ({ state: "pending", leaseUntil: new Date(Date.now() - 1_000) });

describe("replayDelivery", () => {
  it("I-19 makes a new, linked delivery of the same event, due at once, and starts its attempt", async () => {
    const { id, eventId } = await seed();
    const result = await replayDelivery(ctx, operator, id);
    if (result.outcome !== "replayed") throw new Error(result.outcome);
    expect(result.delivery).toMatchObject({
      event_id: eventId,
      trigger: "replay",
      replay_of: id,
      state: "pending",
      attempt_count: 0,
    });
    expect(result.delivery.id).not.toBe(id);
    await vi.waitFor(() => expect(attempted).toContain(result.delivery.id));
    expect((await getDelivery(ctx, operator, id)).replays.map((replay) => replay.id)).toEqual([
      result.delivery.id,
    ]);
    expect(await auditOf(id)).toEqual([{ action: "delivery.replayed", actorLabel: "operator@example.com" }]);
  });

  it("links the replay of a replay to the one that was clicked", async () => {
    const { id } = await seed({ trigger: "replay" });
    const result = await replayDelivery(ctx, operator, id);
    expect(result).toMatchObject({ outcome: "replayed", delivery: { replay_of: id } });
  });

  it.each(["paused", "disabled"])("works on a %s endpoint", async (state) => {
    const { id } = await seed({ state: "held" }, { state });
    expect(await replayDelivery(ctx, operator, id)).toMatchObject({ outcome: "replayed" });
  });

  it("I-19 of 20 clicks at once makes one replay while it is open", async () => {
    const { id } = await seed();
    const results = await Promise.all(Array.from({ length: 20 }, () => replayDelivery(ctx, operator, id)));
    expect(results.filter((result) => result.outcome === "replayed")).toHaveLength(1);
    expect(results.filter((result) => result.outcome === "in_flight")).toHaveLength(19);
    expect(await replaysOf(id)).toBe(1);
  });

  it("I-19 gives the same replay again for the same idempotency key, also at once", async () => {
    const { id } = await seed();
    const options = { idempotencyKey: "click-1" };
    const results = await Promise.all([1, 2, 3, 4].map(() => replayDelivery(ctx, operator, id, options)));
    const made = new Set(
      results.map((result) => (result.outcome === "replayed" ? result.delivery.id : result.outcome)),
    );
    expect(made.size).toBe(1);
    expect(await replaysOf(id)).toBe(1);
    const other = await seed();
    const refused = await replayDelivery(ctx, operator, other.id, options).catch((error: unknown) => error);
    expect(isAppError(refused) && refused.code).toBe("idempotency_mismatch");
  });

  it("does not use up the key of a refused replay", async () => {
    const { id } = await seed(underWay());
    const options = { idempotencyKey: "click-2" };
    expect(await replayDelivery(ctx, operator, id, options)).toEqual({ outcome: "in_flight" });
    await ctx.db.prisma.delivery.update({ where: { id }, data: { leaseUntil: null } });
    expect(await replayDelivery(ctx, operator, id, options)).toMatchObject({ outcome: "replayed" });
  });

  it.each<[string, () => ReturnType<typeof seed>]>([
    ["in_flight", () => seed(underWay())],
    ["payload_expired", () => seed({ data: null })],
    ["endpoint_deleted", () => seed({}, { deleted: true })],
    ["no_longer_matches", () => seed({ tenant: "acme" }, { tenant: "globex" })],
    ["no_longer_matches", () => seed({ type: "order.paid" }, { eventTypes: ["invoice.*"] })],
    ["not_found", () => seed({}, {}, theirs)],
  ])("I-20 T-01 refuses with %s and writes nothing", async (outcome, make) => {
    const { id } = await make();
    expect(await replayDelivery(ctx, operator, id)).toEqual({ outcome });
    expect(await replaysOf(id)).toBe(0);
    expect(await auditOf(id)).toEqual([]);
  });

  it("replays a test although its type is subscribed by nobody", async () => {
    const { id } = await seed({ type: "signpost.test", isTest: true }, { eventTypes: ["order.paid"] });
    expect(await replayDelivery(ctx, operator, id)).toMatchObject({ outcome: "replayed" });
  });

  it("needs the right to write", async () => {
    const { id } = await seed();
    for (const actor of [ours.user("viewer"), ours.apiKey(["deliveries:read"])]) {
      const refused = await replayDelivery(ctx, actor, id).catch((error: unknown) => error);
      expect(isAppError(refused) && refused.code).toBe("forbidden");
    }
    expect(await replaysOf(id)).toBe(0);
  });

  it("answers 201, a conflict with its reason, and refuses a body that it does not know", async () => {
    const { id } = await seed();
    const call = (init: RequestInit = {}) =>
      handleReplayDelivery({
        ctx,
        actor: operator,
        request: new Request("http://x/", { method: "POST", ...init }),
        params: { id },
      });
    const response = await call();
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({ replay_of: id });
    const again = await call().catch((error: unknown) => error);
    expect(isAppError(again) && [again.code, again.message]).toEqual([
      "conflict",
      "An attempt of this delivery is under way. Wait for its answer, then replay.",
    ]);
    const body = JSON.stringify({ endpoint_id: "ep_of_somebody" });
    const refused = await call({ body, headers: { "content-type": "application/json" } }).catch(
      (e: unknown) => e,
    );
    expect(isAppError(refused) && refused.code).toBe("invalid_request");
  });

  it("leaves a replay due in the database when its attempt cannot start here", async () => {
    const { id } = await seed();
    const attemptOne = ctx.pump.attemptOne;
    ctx.pump.attemptOne = () => Promise.reject(new Error("no room"));
    const before = ctx.pump.wakes;
    const result = await replayDelivery(ctx, operator, id);
    ctx.pump.attemptOne = attemptOne;
    await vi.waitFor(() => expect(ctx.pump.wakes).toBe(before + 1));
    if (result.outcome !== "replayed") throw new Error(result.outcome);
    const row = await rowOf(result.delivery.id);
    expect(row.claimableAt?.getTime()).toBeLessThanOrEqual(Date.now() + 1_000);
  });
});

describe("retryDeliveryNow", () => {
  it("makes a waiting delivery due at once and starts the attempt", async () => {
    const { id } = await seed({ state: "pending", step: 1, nextAttemptAt: new Date(Date.now() + 3_600_000) });
    expect(await retryDeliveryNow(ctx, operator, id)).toMatchObject({ outcome: "started", delivery: { id } });
    const row = await rowOf(id);
    expect(row.nextAttemptAt?.getTime()).toBeLessThanOrEqual(Date.now() + 1_000);
    expect(row.step).toBe(1);
    await vi.waitFor(() => expect(attempted).toContain(id));
    expect(await auditOf(id)).toEqual([
      { action: "delivery.retried_now", actorLabel: "operator@example.com" },
    ]);
  });

  it("takes a delivery whose lease has run out", async () => {
    const { id } = await seed(expired());
    expect(await retryDeliveryNow(ctx, operator, id)).toMatchObject({ outcome: "started" });
  });

  it("leaves an attempt under way and its lease alone", async () => {
    const { id } = await seed(underWay());
    const before = await rowOf(id);
    expect(await retryDeliveryNow(ctx, operator, id)).toEqual({ outcome: "in_flight" });
    expect(await rowOf(id)).toEqual(before);
  });

  it.each(["succeeded", "failed", "held", "cancelled"])("refuses a %s delivery", async (state) => {
    const { id } = await seed({ state });
    expect(await retryDeliveryNow(ctx, operator, id)).toEqual({ outcome: "not_pending", state });
  });

  it("T-01 does not find, nor change, another workspace's delivery", async () => {
    const { id } = await seed({ state: "pending" }, {}, theirs);
    const before = await rowOf(id);
    expect(await retryDeliveryNow(ctx, operator, id)).toEqual({ outcome: "not_found" });
    expect(await rowOf(id)).toEqual(before);
  });
});

describe("cancelDelivery", () => {
  it.each(["pending", "held"])("ends a %s delivery and says who did it", async (state) => {
    const { id } = await seed({ state });
    expect(await cancelDelivery(ctx, operator, id)).toMatchObject({
      outcome: "cancelled",
      delivery: {
        state: "cancelled",
        state_reason: "cancelled by operator@example.com",
        next_attempt_at: null,
      },
    });
    expect((await rowOf(id)).completedAt).not.toBeNull();
    expect(await auditOf(id)).toEqual([{ action: "delivery.cancelled", actorLabel: "operator@example.com" }]);
  });

  it("keeps the lease of an attempt under way, so that its outcome can still be recorded", async () => {
    const { id } = await seed(underWay());
    const before = await rowOf(id);
    expect(await cancelDelivery(ctx, operator, id)).toMatchObject({ outcome: "cancelled" });
    const after = await rowOf(id);
    expect([after.leaseToken, after.leaseUntil]).toEqual([before.leaseToken, before.leaseUntil]);
  });

  it.each(["succeeded", "failed", "cancelled"])(
    "refuses a %s delivery and changes nothing",
    async (state) => {
      const { id } = await seed({ state });
      const before = await rowOf(id);
      expect(await cancelDelivery(ctx, operator, id)).toEqual({ outcome: "already_final", state });
      expect(await rowOf(id)).toEqual(before);
    },
  );

  it("of a cancel and a retry at once, one wins and the row is whole", async () => {
    const { id } = await seed({ state: "pending" });
    await Promise.all([cancelDelivery(ctx, operator, id), retryDeliveryNow(ctx, operator, id)]);
    expect(await rowOf(id)).toMatchObject({ state: "cancelled", claimableAt: null, nextAttemptAt: null });
  });

  it("T-01 does not find, nor change, another workspace's delivery", async () => {
    const { id } = await seed({ state: "pending" }, {}, theirs);
    expect(await cancelDelivery(ctx, operator, id)).toEqual({ outcome: "not_found" });
    expect((await rowOf(id)).state).toBe("pending");
  });

  it("tells open pages of the environment, and only those", async () => {
    const { id } = await seed({ state: "pending" });
    const heard: unknown[] = [];
    const stop = [ours, theirs].map((workspace) =>
      ctx.bus.subscribe(workspace.liveId, (message) => heard.push([workspace.slug, message])),
    );
    await cancelDelivery(ctx, operator, id);
    for (const end of stop) end();
    expect(heard).toEqual([[ours.slug, { kind: "deliveries", ids: [id] }]]);
  });
});
