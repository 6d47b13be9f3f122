// What goes wrong on our own side of an attempt: it is seen, it ends, and receivers are not confused by it.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDelivery } from "@/lib/server/services/get-delivery";
import { createTestContext } from "../support/context";
import { headerOf } from "../support/receiver/http-reader";
import { createWorld, eventually, type World } from "../support/world";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

/** A process that has nothing of the profiles in memory, as after a restart. */
async function inFreshProcess<T>(work: (pump: World["ctx"]["pump"]) => Promise<T>): Promise<T> {
  const other = await createTestContext({
    connectionString: world.connectionString,
    inlineAttempts: false,
  });
  try {
    return await work(other.ctx.pump);
  } finally {
    await other.close();
  }
}

describe("a delivery whose profile cannot be read", () => {
  const breakProfiles = () =>
    world.ctx.db.prisma.$executeRaw`
      UPDATE profile_version SET definition = replace(definition, '"timeout_ms"', '"timeout_msx"')`;
  const mendProfiles = () =>
    world.ctx.db.prisma.$executeRaw`
      UPDATE profile_version SET definition = replace(definition, '"timeout_msx"', '"timeout_ms"')`;

  it("has its attempts recorded as our own fault, moves on in its schedule, and is sent once it can be", async () => {
    const { id: endpointId } = await world.endpoint("/200", {
      event_types: ["u.u"],
      profile: "vizi",
      retry_policy: { delays_seconds: [0, 3600, 3600] },
    });
    await breakProfiles();
    const { id: eventId } = await world.send("u.u");
    const first = await world.waitForDelivery(eventId, (row) => row.step === 1);
    expect(first).toMatchObject({ state: "pending", attempt_count: 1 });
    expect(first.attempts[0]).toMatchObject({
      number: 1,
      response: null,
      error: {
        class: "internal_error",
        message: expect.stringMatching(/version \d+ of the profile cannot be read/),
      },
    });
    expect(Date.parse(first.next_attempt_at ?? "")).toBeGreaterThan(Date.now() + 60_000);
    const health = await world.ctx.db.prisma.endpointHealth.findUnique({ where: { endpointId } });
    expect(health?.failingSince ?? null).toBeNull();
    await mendProfiles();
    expect(await world.ctx.pump.attemptOne(first.id, { force: true })).toEqual({
      outcome: "settled",
      state: "succeeded",
    });
  });

  it("ends when its schedule does", async () => {
    await world.endpoint("/200", {
      event_types: ["v.v"],
      profile: "stripe",
      retry_policy: { delays_seconds: [0, 3600] },
    });
    await breakProfiles();
    const { id: eventId } = await world.send("v.v");
    const first = await world.waitForDelivery(eventId, (row) => row.step === 1);
    await world.ctx.pump.attemptOne(first.id, { force: true });
    const last = await getDelivery(world.ctx, world.actor, first.id);
    expect(last).toMatchObject({ state: "failed", state_reason: "schedule_exhausted", attempt_count: 2 });
    await mendProfiles();
  });

  it("waits for a database that does not answer, and uses up no attempt", async () => {
    const { prisma } = world.ctx.db;
    await world.endpoint("/500", { event_types: ["w.w"], profile: "nzochain" });
    const { id: eventId } = await world.send("w.w");
    const { id } = await world.waitForDelivery(eventId, (row) => row.step === 1);
    await inFreshProcess(async (pump) => {
      await prisma.$executeRaw`ALTER TABLE profile_version RENAME TO profile_version_away`;
      expect(await pump.attemptOne(id, { force: true })).toMatchObject({ outcome: "not_due" });
      await prisma.$executeRaw`ALTER TABLE profile_version_away RENAME TO profile_version`;
      expect(await prisma.delivery.findUniqueOrThrow({ where: { id } })).toMatchObject({
        state: "pending",
        step: 1,
        attemptCount: 1,
        leaseUntil: null,
      });
    });
  });
});

it("a lost lease does not make receivers count an attempt that they never saw", async () => {
  await world.endpoint("/500?lease", { event_types: ["f.f"], profile: "vizi" });
  const { id: eventId } = await world.send("f.f");
  const { id } = await world.waitForDelivery(eventId, (row) => row.step === 1);
  await world.ctx.db.prisma.$executeRaw`
    UPDATE delivery SET attempt_count = 2, lease_token = lease_token + 1, lease_until = now() - interval '1 second'
    WHERE id = ${id}`;
  await world.ctx.pump.attemptOne(id, { force: true });
  await world.ctx.pump.attemptOne(id, { force: true });
  const told = world.receiver.requests
    .filter(({ target }) => target.endsWith("?lease"))
    .map((request) => headerOf(request, "x-vizi-delivery-attempt"));
  expect(told).toEqual(["1", "2", "3"]);
  const { attempts } = await getDelivery(world.ctx, world.actor, id);
  expect(attempts.map(({ number }) => number).sort()).toEqual([1, 2, 3, 4]);
});

it("an endpoint's rate holds in a process that has just started", async () => {
  await world.endpoint("/200?slow", { event_types: ["k.k"], rate_limit: 1 });
  const began = performance.now();
  await Promise.all(Array.from({ length: 12 }, () => world.send("k.k")));
  const arrived = () => world.receiver.requests.filter(({ target }) => target.endsWith("?slow")).length;
  await eventually(async () => arrived() >= 3);
  // A second lies between any two requests, however slow the machine is.
  expect(performance.now() - began).toBeGreaterThan((arrived() - 1) * 1_000 - 50);
});
