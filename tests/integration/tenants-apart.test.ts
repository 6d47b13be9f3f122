// An endpoint or callback that changes hands: nothing that was made for one tenant ever reaches the address of another one.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { putCallbackInput } from "@/lib/contracts/callbacks";
import { MOVE_CHUNK } from "@/lib/server/repositories/endpoint-deliveries";
import { endCallback } from "@/lib/server/services/callbacks/end-callback";
import { putCallback } from "@/lib/server/services/callbacks/put-callback";
import { enableEndpoint } from "@/lib/server/services/enable-endpoint";
import { pauseEndpoint } from "@/lib/server/services/pause-endpoint";
import { sendTestEvent } from "@/lib/server/services/send-test-event";
import { updateEndpoint } from "@/lib/server/services/update-endpoint";
import { createTestContext } from "../support/context";
import { createWorld, eventually, type World } from "../support/world";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.ctx.db.prisma.endpoint.updateMany({ data: { deletedAt: new Date() } });
});

const ENDED = {
  state: "cancelled",
  stateReason: "no_longer_matches",
  nextAttemptAt: null,
  claimableAt: null,
};
let unique = 0;
const delivery = (id: string) => world.ctx.db.prisma.delivery.findUniqueOrThrow({ where: { id } });
const deliveryOf = async (eventId: string) => {
  const [row] = await world.deliveriesOf(eventId);
  return delivery(row?.id ?? "");
};
const bodiesAt = (mark: string) =>
  world.receiver.requests.filter(({ target }) => target.endsWith(mark)).map(({ body }) => body.toString());
/** An event of a tenant whose first attempt has failed, so that its delivery waits. */
async function waiting(tenant: string | null, fields: Record<string, unknown> = {}) {
  const { id } = await world.send("t.t", '{"n":1}', { ...(tenant !== null && { tenant }), ...fields });
  return world.waitForDelivery(id, (row) => row.step === 1);
}
const addressOf = (tenant: string) => `${world.receiver.url}/ok?${tenant}-${unique}`;

describe("an endpoint that is given to another tenant", () => {
  it("ends what waits and what is held of the old one, and keeps what is the new one's", async () => {
    const mark = `b-${++unique}`;
    const { id } = await world.endpoint("/500", { event_types: ["t.t"] });
    const own = await waiting(null);
    const ofA = await waiting("a");
    const ofB = await waiting("b");
    await pauseEndpoint(world.ctx, world.actor, id);
    await enableEndpoint(world.ctx, world.actor, id, { held: "keep" });
    const alsoOfA = await waiting("a");
    await updateEndpoint(world.ctx, world.actor, id, { tenant: "b", url: addressOf("b") });
    for (const { id: ended } of [own, ofA, alsoOfA]) {
      const row = await delivery(ended);
      expect(row).toMatchObject(ENDED);
      expect(row.completedAt).not.toBeNull();
    }
    expect(await delivery(ofB.id)).toMatchObject({ state: "held" });
    const enabled = await enableEndpoint(world.ctx, world.actor, id, { held: "release" });
    expect(enabled.held_deliveries).toEqual({ action: "release", count: 1 });
    await world.waitForDelivery(ofB.event_id, ({ state }) => state === "succeeded");
    expect(bodiesAt(mark)).toHaveLength(1);
  });

  it("made the workspace's own, it ends nothing", async () => {
    const { id } = await world.endpoint("/500", { event_types: ["t.t"], tenant: "a" });
    const ofA = await waiting("a");
    await updateEndpoint(world.ctx, world.actor, id, { tenant: null });
    expect(await delivery(ofA.id)).toMatchObject({ state: "pending" });
  });

  it("ends a backlog that is longer than one statement moves", async () => {
    const { id } = await world.endpoint("/500", { event_types: ["t.t"], tenant: "a" });
    const ofA = await waiting("a");
    await pauseEndpoint(world.ctx, world.actor, id);
    await world.ctx.db.prisma.$executeRaw`
      INSERT INTO delivery (id, environment_id, event_id, endpoint_id, event_type, trigger, state, state_reason)
      SELECT 'dlv_backlog' || n, d.environment_id, d.event_id, d.endpoint_id, d.event_type, 'event', 'held', 'endpoint_paused'
      FROM delivery d, generate_series(1, ${MOVE_CHUNK}) n WHERE d.id = ${ofA.id}`;
    await updateEndpoint(world.ctx, world.actor, id, { tenant: "b" });
    const states = await world.ctx.db.prisma.delivery.groupBy({
      by: ["state", "stateReason"],
      where: { endpointId: id },
      _count: true,
    });
    expect(states).toEqual([
      { state: "cancelled", stateReason: "no_longer_matches", _count: MOVE_CHUNK + 1 },
    ]);
  });

  it("releasing ends what another tenant's event made, should it still be held", async () => {
    const { id } = await world.endpoint("/500", { event_types: ["t.t"], tenant: "a" });
    const ofA = await waiting("a");
    await pauseEndpoint(world.ctx, world.actor, id);
    // As a process of an older version would leave it.
    await world.ctx.db.prisma.endpoint.update({ where: { id }, data: { tenant: "b" } });
    const enabled = await enableEndpoint(world.ctx, world.actor, id, { held: "release" });
    expect(enabled.held_deliveries).toEqual({ action: "release", count: 0 });
    expect(await delivery(ofA.id)).toMatchObject(ENDED);
  });
});

describe("before each attempt", () => {
  it("a delivery of another tenant's event ends without a request", async () => {
    const { id } = await world.endpoint("/500", { event_types: ["t.t"], tenant: "a" });
    const ofA = await waiting("a");
    // As if it had been in a process's hands when the endpoint was changed.
    await world.ctx.db.prisma.endpoint.update({
      where: { id },
      data: { tenant: "b", url: addressOf(`b-${++unique}`) },
    });
    world.ctx.pump.forgetEndpoint(id);
    expect(await world.ctx.pump.attemptOne(ofA.id, { force: true })).toEqual({
      outcome: "settled",
      state: "cancelled",
    });
    expect(await delivery(ofA.id)).toMatchObject({ ...ENDED, attemptCount: 1 });
    expect(bodiesAt(`-${unique}`)).toEqual([]);
  });

  it("what this process remembers of an endpoint ends nothing that is its own by now", async () => {
    const { id } = await world.endpoint("/200", { event_types: ["t.t"], tenant: "a" });
    await sendTestEvent(world.ctx, world.actor, id, {});
    await eventually(
      async () =>
        (await world.ctx.db.prisma.delivery.count({ where: { endpointId: id, state: "succeeded" } })) === 1,
    );
    // Another process gives it to b; the cache of this one may say a for two seconds more.
    const other = await createTestContext({
      connectionString: world.connectionString,
      inlineAttempts: false,
    });
    await updateEndpoint(other.ctx, other.owner(), id, { tenant: "b" });
    await other.close();
    const { id: eventId } = await world.send("t.t", "{}", { tenant: "b" });
    expect((await world.waitForDelivery(eventId, ({ state }) => state !== "pending")).state).toBe(
      "succeeded",
    );
  });
});

describe("a callback", () => {
  const put = (subject: string, tenant: string | null, path: string) =>
    putCallback(
      world.ctx,
      world.actor,
      subject,
      putCallbackInput.parse({ callback_url: `${world.receiver.url}${path}`, tenant }),
    );

  it.each([
    ["another tenant", "b"],
    ["nobody", null],
  ])("that is one tenant's is not given to %s", async (_, to) => {
    const subject = `taken-${++unique}`;
    await put(subject, "a", "/500");
    const ofA = await waiting("a", { subject });
    await expect(put(subject, to, `/ok?${subject}`)).rejects.toMatchObject({
      code: "conflict",
      errors: [{ path: "tenant" }],
    });
    const again = await put(subject, "a", "/500?again");
    expect(again.callback).toMatchObject({ tenant: "a", callback_url: `${world.receiver.url}/500?again` });
    expect(await delivery(ofA.id)).toMatchObject({ state: "pending" });
  });

  it("that has ended may be another tenant's, who gets nothing that was the first one's", async () => {
    const subject = `ended-${++unique}`;
    await put(subject, "a", "/500");
    const ofA = await waiting("a", { subject });
    await endCallback(world.ctx, world.actor, subject);
    await put(subject, "b", `/ok?${subject}`);
    expect(await delivery(ofA.id)).toMatchObject(ENDED);
    const { id: eventId } = await world.send("t.t", '{"of":"b"}', { subject, tenant: "b" });
    await world.waitForDelivery(eventId, ({ state }) => state === "succeeded");
    expect((await deliveryOf(eventId)).state).toBe("succeeded");
    expect(bodiesAt(subject)).toEqual([expect.stringContaining('"of":"b"')]);
  });

  it("of the workspace may become a tenant's: what waits of others ends", async () => {
    const subject = `own-${++unique}`;
    await put(subject, null, "/500");
    const ofA = await waiting("a", { subject });
    const ofB = await waiting("b", { subject });
    await put(subject, "b", "/500");
    expect(await delivery(ofA.id)).toMatchObject(ENDED);
    expect(await delivery(ofB.id)).toMatchObject({ state: "pending" });
  });
});
