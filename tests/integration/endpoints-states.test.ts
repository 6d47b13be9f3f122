import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createEndpointInput } from "@/lib/contracts/endpoints";
import type { Actor } from "@/lib/domain/access/permissions";
import { MOVE_CHUNK } from "@/lib/server/repositories/endpoint-deliveries";
import { listEventTypes } from "@/lib/server/services/catalogue/list-event-types";
import { createEndpoint } from "@/lib/server/services/create-endpoint";
import { deleteEndpoint } from "@/lib/server/services/delete-endpoint";
import { disableEndpoint } from "@/lib/server/services/disable-endpoint";
import { enableEndpoint } from "@/lib/server/services/enable-endpoint";
import { getEndpointStats, listEndpointStats } from "@/lib/server/services/endpoint-stats";
import { getEndpoint } from "@/lib/server/services/get-endpoint";
import { pauseEndpoint } from "@/lib/server/services/pause-endpoint";
import { updateEndpoint } from "@/lib/server/services/update-endpoint";
import { type EndpointFixture, openEndpointFixture } from "@/tests/support/endpoint-fixture";

let fixture: EndpointFixture;
let live: Actor;
let stranger: Actor;

beforeAll(async () => {
  fixture = await openEndpointFixture();
  live = (await fixture.newWorkspace("acme")).live;
  stranger = (await fixture.newWorkspace("globex")).live;
});
afterAll(() => fixture.close());

const create = (extra: object = {}) =>
  createEndpoint(
    fixture.ctx,
    live,
    createEndpointInput.parse({ url: "https://receiver.test/hook", event_types: ["*"], ...extra }),
  );
const seed = (endpointId: string, state: string, extra: object = {}) =>
  fixture.seedDelivery(live.environmentId, endpointId, { state, ...extra });
const delivery = (id: string) => fixture.ctx.db.prisma.delivery.findUniqueOrThrow({ where: { id } });

describe("stopping", () => {
  test("I-18 pausing holds what waits, leaves finished ones and one in flight alone", async () => {
    const { id } = await create();
    const inFlight = new Date(Date.now() + 30_000);
    const waiting = await seed(id, "pending");
    const lostLease = await seed(id, "pending", { leaseUntil: new Date(Date.now() - 1_000) });
    const flying = await seed(id, "pending", { leaseUntil: inFlight });
    const test = await seed(id, "pending", { trigger: "test" });
    const replay = await seed(id, "pending", { trigger: "replay" });
    const done = await seed(id, "succeeded");
    const paused = await pauseEndpoint(fixture.ctx, live, id);
    expect(paused).toMatchObject({ state: "paused", state_reason: null });
    for (const held of [waiting, lostLease]) {
      expect(await delivery(held)).toMatchObject({
        state: "held",
        stateReason: "endpoint_paused",
        nextAttemptAt: null,
        claimableAt: null,
      });
    }
    // The next claim reads from an ended lease that an attempt was lost.
    expect((await delivery(lostLease)).leaseUntil).not.toBeNull();
    expect(await delivery(flying)).toMatchObject({ state: "pending", leaseUntil: inFlight });
    expect((await delivery(test)).state).toBe("pending");
    expect((await delivery(replay)).state).toBe("pending");
    expect((await delivery(done)).state).toBe("succeeded");
    expect(fixture.told.forgotten).toContain(id);
  });

  test("disabling by a person has the reason manual; another endpoint's deliveries are not touched", async () => {
    const { id } = await create();
    const other = await create();
    const mine = await seed(id, "pending");
    const theirs = await seed(other.id, "pending");
    const disabled = await disableEndpoint(fixture.ctx, live, id);
    expect(disabled).toMatchObject({ state: "disabled", state_reason: "manual" });
    expect(await delivery(mine)).toMatchObject({ state: "held", stateReason: "endpoint_disabled" });
    expect((await delivery(theirs)).state).toBe("pending");
  });

  test("pausing twice changes nothing the second time", async () => {
    const { id } = await create();
    const first = await pauseEndpoint(fixture.ctx, live, id);
    expect(await pauseEndpoint(fixture.ctx, live, id)).toEqual(first);
    const actions = await fixture.ctx.db.prisma.auditEntry.findMany({ where: { targetId: id } });
    expect(actions.map((entry) => entry.action).sort()).toEqual(["endpoint.created", "endpoint.paused"]);
  });
});

describe("enabling", () => {
  test("I-18 release makes held deliveries due now, in the transaction of the new state, and wakes the pump", async () => {
    const { id } = await create();
    const held = [await seed(id, "pending"), await seed(id, "pending")];
    await pauseEndpoint(fixture.ctx, live, id);
    const wakes = fixture.told.wakes;
    const enabled = await enableEndpoint(fixture.ctx, live, id, { held: "release" });
    expect(enabled).toMatchObject({ state: "active", held_deliveries: { action: "release", count: 2 } });
    for (const one of held) {
      const row = await delivery(one);
      expect(row).toMatchObject({ state: "pending", stateReason: null, step: 0 });
      expect(row.nextAttemptAt?.getTime()).toBeLessThanOrEqual(Date.now());
      expect(row.claimableAt).toEqual(row.nextAttemptAt);
    }
    expect(fixture.told.wakes).toBe(wakes + 1);
  });

  test("drop ends them as cancelled with a reason", async () => {
    const { id } = await create();
    const held = await seed(id, "pending");
    await disableEndpoint(fixture.ctx, live, id);
    const enabled = await enableEndpoint(fixture.ctx, live, id, { held: "drop" });
    expect(enabled).toMatchObject({ state: "active", state_reason: null, held_deliveries: { count: 1 } });
    const row = await delivery(held);
    expect(row).toMatchObject({ state: "cancelled", stateReason: "dropped", claimableAt: null });
    expect(row.completedAt).not.toBeNull();
  });

  test("replay makes each anew, from the beginning and with the endpoint's profile of now, linked to what it was", async () => {
    const { id } = await create();
    const one = await seed(id, "pending");
    const two = await seed(id, "pending");
    await fixture.ctx.db.prisma.delivery.updateMany({
      where: { endpointId: id },
      data: { step: 4, attemptCount: 4 },
    });
    await disableEndpoint(fixture.ctx, live, id);
    await updateEndpoint(fixture.ctx, live, id, {
      profile: "stripe",
      new_secret: true,
      transform: [{ op: "set", path: "$.x", value: 1 }],
    });
    const wakes = fixture.told.wakes;
    const enabled = await enableEndpoint(fixture.ctx, live, id, { held: "replay" });
    expect(enabled.held_deliveries).toEqual({ action: "replay", count: 2 });
    expect(fixture.told.wakes).toBe(wakes + 1);
    const endpoint = await fixture.ctx.db.prisma.endpoint.findUniqueOrThrow({ where: { id } });
    expect(endpoint.profileVersionId).not.toBeNull();
    expect(endpoint.transformId).not.toBeNull();
    for (const old of [one, two]) {
      const before = await delivery(old);
      expect(before).toMatchObject({ state: "cancelled", stateReason: "replayed", claimableAt: null });
      expect(before.completedAt).not.toBeNull();
      const made = await fixture.ctx.db.prisma.delivery.findFirstOrThrow({ where: { replayOf: old } });
      expect(made).toMatchObject({
        eventId: before.eventId,
        state: "pending",
        trigger: "event",
        step: 0,
        attemptCount: 0,
        profileVersionId: endpoint.profileVersionId,
        transformId: endpoint.transformId,
      });
      expect(made.claimableAt).toEqual(made.nextAttemptAt);
    }
  });

  test("replay makes nothing anew that the endpoint does not want any more", async () => {
    const { id } = await create({ tenant: "a" });
    const foreign = await seed(id, "pending");
    await pauseEndpoint(fixture.ctx, live, id);
    await fixture.ctx.db.prisma.event.updateMany({
      where: { id: (await delivery(foreign)).eventId },
      data: { tenant: "b" },
    });
    const enabled = await enableEndpoint(fixture.ctx, live, id, { held: "replay" });
    expect(enabled.held_deliveries).toEqual({ action: "replay", count: 0 });
    expect(await delivery(foreign)).toMatchObject({ state: "cancelled", stateReason: "no_longer_matches" });
    expect(await fixture.ctx.db.prisma.delivery.count({ where: { replayOf: foreign } })).toBe(0);
  });

  test("keep leaves them held; they can be released later from the active endpoint", async () => {
    const { id } = await create();
    const held = await seed(id, "pending");
    await pauseEndpoint(fixture.ctx, live, id);
    const kept = await enableEndpoint(fixture.ctx, live, id, { held: "keep" });
    expect(kept).toMatchObject({ state: "active", held_deliveries: { action: "keep", count: 1 } });
    expect((await delivery(held)).state).toBe("held");
    const released = await enableEndpoint(fixture.ctx, live, id, { held: "release" });
    expect(released.held_deliveries).toEqual({ action: "release", count: 1 });
    expect((await delivery(held)).state).toBe("pending");
  });

  test("I-17 I-18 a backlog larger than one statement is held, released and cancelled to the last row", async () => {
    const { id } = await create();
    const first = await seed(id, "pending");
    const size = MOVE_CHUNK * 2 + 17;
    await fixture.ctx.db.prisma.$executeRaw`
      INSERT INTO delivery (id, environment_id, event_id, endpoint_id, event_type, trigger, state, next_attempt_at, claimable_at)
      SELECT d.id || n, d.environment_id, d.event_id, d.endpoint_id, d.event_type, 'event', 'pending', d.next_attempt_at, d.claimable_at
      FROM delivery d, generate_series(1, ${size - 1}::int) n WHERE d.id = ${first}`;
    const count = (state: string) =>
      fixture.ctx.db.prisma.delivery.count({ where: { endpointId: id, state } });
    await pauseEndpoint(fixture.ctx, live, id);
    expect(await count("held")).toBe(size);
    const released = await enableEndpoint(fixture.ctx, live, id, { held: "release" });
    expect(released.held_deliveries.count).toBe(size);
    expect(await count("pending")).toBe(size);
    await pauseEndpoint(fixture.ctx, live, id);
    const replayed = await enableEndpoint(fixture.ctx, live, id, { held: "replay" });
    expect(replayed.held_deliveries).toEqual({ action: "replay", count: size });
    expect([await count("pending"), await count("cancelled")]).toEqual([size, size]);
    await deleteEndpoint(fixture.ctx, live, id);
    expect(await count("cancelled")).toBe(2 * size);
  });

  test("another environment cannot stop or start it", async () => {
    const { id } = await create();
    const held = await seed(id, "pending");
    await expect(pauseEndpoint(fixture.ctx, stranger, id)).rejects.toMatchObject({ code: "not_found" });
    await expect(enableEndpoint(fixture.ctx, stranger, id, { held: "drop" })).rejects.toMatchObject({
      code: "not_found",
    });
    expect((await delivery(held)).state).toBe("pending");
  });
});

describe("deleting", () => {
  test("I-17 what waits or is held ends cancelled; secrets and header values are gone; the id is not found", async () => {
    const { id } = await create({ headers: { "X-Key": "value" } });
    const held = await seed(id, "pending");
    await pauseEndpoint(fixture.ctx, live, id);
    const waiting = await seed(id, "pending");
    const flying = await seed(id, "pending", { leaseUntil: new Date(Date.now() + 30_000) });
    await deleteEndpoint(fixture.ctx, live, id);
    for (const one of [held, waiting]) {
      expect(await delivery(one)).toMatchObject({ state: "cancelled", stateReason: "endpoint_deleted" });
    }
    expect((await delivery(flying)).state).toBe("pending");
    expect(await fixture.ctx.db.prisma.endpointSecret.count({ where: { endpointId: id } })).toBe(0);
    const row = await fixture.ctx.db.prisma.endpoint.findUniqueOrThrow({ where: { id } });
    expect(row.headersCiphertext).toBeNull();
    await expect(getEndpoint(fixture.ctx, live, id)).rejects.toMatchObject({ code: "not_found" });
    await expect(deleteEndpoint(fixture.ctx, live, id)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("numbers", () => {
  test("counts deliveries and attempts of 24 hours, open ones of any age, and no tests", async () => {
    const { id } = await create();
    const hour = 3_600_000;
    const now = Date.now();
    const at = (ms: number) => new Date(now - ms);
    await seed(id, "succeeded", {
      createdMs: now - 2 * hour,
      completedAt: at(2 * hour),
      attempts: [{ succeeded: true, startedAt: at(2 * hour - 60_000) }],
    });
    await seed(id, "failed", {
      createdMs: now - hour / 2,
      completedAt: at(hour / 4),
      attempts: [
        { succeeded: false, startedAt: at(hour / 2) },
        { succeeded: false, startedAt: at(hour / 4) },
      ],
    });
    await seed(id, "pending", {
      createdMs: now - 50 * hour,
      attempts: [{ succeeded: false, startedAt: at(3.5 * hour) }],
    });
    await seed(id, "succeeded", { createdMs: now - 30 * hour, completedAt: at(30 * hour) });
    await seed(id, "succeeded", {
      trigger: "test",
      completedAt: at(0),
      attempts: [{ succeeded: true, startedAt: at(0) }],
    });
    const stats = await getEndpointStats(fixture.ctx, live, id);
    expect(stats).toMatchObject({ succeeded_24h: 1, failed_24h: 1, pending: 1, held: 0 });
    expect(stats.last_failure_at).toBe(at(hour / 4).toISOString());
    expect(stats.last_success_at).toBe(at(0).toISOString());
    expect(stats.hourly).toHaveLength(24);
    expect(stats.hourly.at(-1)).toEqual({ succeeded: 0, failed: 2 });
    expect(stats.hourly.at(-2)).toEqual({ succeeded: 1, failed: 0 });
    expect(stats.hourly.at(-4)).toEqual({ succeeded: 0, failed: 1 });
  });

  test("a success older than the window is still the last success", async () => {
    const { id } = await create();
    const then = new Date(Date.now() - 40 * 3_600_000);
    await seed(id, "succeeded", { createdMs: then.getTime(), completedAt: then });
    const stats = await getEndpointStats(fixture.ctx, live, id);
    expect(stats).toMatchObject({ succeeded_24h: 0, last_success_at: then.toISOString() });
  });

  test("T-01 several at once: only those of the own environment are answered", async () => {
    const { id } = await create();
    expect((await listEndpointStats(fixture.ctx, live, [id])).map((stats) => stats.endpoint_id)).toEqual([
      id,
    ]);
    expect(await listEndpointStats(fixture.ctx, stranger, [id])).toEqual([]);
    await expect(getEndpointStats(fixture.ctx, stranger, id)).rejects.toMatchObject({ code: "not_found" });
  });

  test("event types come from the catalogue, recent events and subscriptions, without wildcards", async () => {
    const { live: own } = await fixture.newWorkspace("types");
    await fixture.ctx.db.prisma.eventType.create({
      data: {
        id: fixture.ctx.newId("eventType"),
        workspaceId: own.workspaceId,
        name: "invoice.paid",
        description: "An invoice was paid",
      },
    });
    const endpoint = await createEndpoint(
      fixture.ctx,
      own,
      createEndpointInput.parse({
        url: "https://receiver.test/hook",
        event_types: ["order.*", "invoice.paid", "refund.made"],
      }),
    );
    await fixture.seedDelivery(own.environmentId, endpoint.id, { state: "succeeded" });
    const types = await listEventTypes(fixture.ctx, own);
    expect(types.map(({ name, sources }) => [name, sources])).toEqual([
      ["invoice.paid", ["catalogue", "subscribed"]],
      ["order.paid", ["observed"]],
      ["refund.made", ["subscribed"]],
    ]);
    expect(types[0]?.description).toBe("An invoice was paid");
    expect(types[1]?.last_seen_at).not.toBeNull();
  });
});
