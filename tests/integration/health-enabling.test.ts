// After Signpost has disabled an endpoint that kept failing: what a person can decide about what was held meanwhile.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EnableEndpointInput } from "@/lib/contracts/endpoints";
import { enableEndpoint } from "@/lib/server/services/enable-endpoint";
import { getEndpointHealth } from "@/lib/server/services/health/get-endpoint-health";
import { createHealthWorld, type HealthWorld } from "../support/health-world";
import { headerOf } from "../support/receiver/http-reader";
import { eventually } from "../support/world";

describe("enabling an endpoint that was disabled for failing", () => {
  let world: HealthWorld;
  beforeAll(async () => {
    world = await createHealthWorld();
  });
  afterAll(() => world.close());

  let number = 0;

  /** Five deliveries have failed and two came after the end; then the receiver is mended. */
  async function disabled() {
    const path = `?n=${++number}`;
    const endpoint = await world.target(`/500${path}`, `Shop ${number}`);
    const type = endpoint.event_types[0] ?? "";
    await world.deliver(endpoint, 5);
    await world.deliver(await world.target("/ok"));
    for (const hours of [61, 24, 24, 13]) await world.after(hours);
    await world.send(type);
    await world.send(type);
    const { prisma } = world.ctx.db;
    expect(await prisma.endpoint.findUnique({ where: { id: endpoint.id } })).toMatchObject({
      state: "disabled",
      stateReason: "failing",
    });
    await prisma.endpoint.update({
      where: { id: endpoint.id },
      data: { url: `${world.receiver.url}/ok${path}` },
    });
    world.ctx.pump.forgetEndpoint(endpoint.id);
    const arrived = () => world.receiver.requests.filter(({ target }) => target === `/ok${path}`);
    const rows = () =>
      prisma.delivery.findMany({ where: { endpointId: endpoint.id }, orderBy: { id: "asc" } });
    const enable = (held: EnableEndpointInput["held"]) =>
      enableEndpoint(world.ctx, world.actor, endpoint.id, { held });
    return { id: endpoint.id, type, arrived, rows, enable };
  }

  /** How many are in each state, with the reason. */
  function tally(rows: { state: string; stateReason: string | null }[]): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { state, stateReason } of rows) {
      const key = stateReason === null ? state : `${state}: ${stateReason}`;
      counts[key] = (counts[key] ?? 0) + 1;
    }
    return counts;
  }

  const settled = (rows: () => Promise<{ state: string }[]>) =>
    eventually(async () => (await rows()).every(({ state }) => ["succeeded", "cancelled"].includes(state)));

  it("release: all seven go on where they were, each once", async () => {
    const { arrived, rows, enable } = await disabled();
    expect(tally(await rows())).toEqual({ "held: endpoint_disabled": 7 });
    expect((await enable("release")).held_deliveries).toEqual({ action: "release", count: 7 });
    await settled(rows);
    expect(tally(await rows())).toEqual({ succeeded: 7 });
    expect((await rows()).map(({ attemptCount }) => attemptCount)).toEqual([2, 2, 2, 2, 2, 1, 1]);
    expect(arrived()).toHaveLength(7);
  });

  it("replay: seven new ones from the beginning, linked to the old, with the ids that receivers know", async () => {
    const { arrived, rows, enable } = await disabled();
    const before = await rows();
    expect((await enable("replay")).held_deliveries).toEqual({ action: "replay", count: 7 });
    await settled(rows);
    const after = await rows();
    expect(tally(after)).toEqual({ "cancelled: replayed": 7, succeeded: 7 });
    const made = after.filter(({ state }) => state === "succeeded");
    expect(made.map(({ replayOf }) => replayOf).sort()).toEqual(before.map(({ id }) => id));
    expect(made.every(({ attemptCount, step }) => attemptCount === 1 && step === 1)).toBe(true);
    expect(
      arrived()
        .map((request) => headerOf(request, "webhook-id"))
        .sort(),
    ).toEqual(before.map(({ eventId }) => eventId).sort());
  });

  it("drop: nothing is sent, and the next event is", async () => {
    const { type, arrived, rows, enable } = await disabled();
    expect((await enable("drop")).held_deliveries).toEqual({ action: "drop", count: 7 });
    expect(tally(await rows())).toEqual({ "cancelled: dropped": 7 });
    await world.send(type);
    await settled(rows);
    expect(tally(await rows())).toEqual({ "cancelled: dropped": 7, succeeded: 1 });
    expect(arrived()).toHaveLength(1);
  });

  it("a receiver that is not mended after all is warned about and disabled again, with its whole time", async () => {
    const { id, rows, enable } = await disabled();
    await world.ctx.db.prisma.endpoint.update({ where: { id }, data: { url: `${world.receiver.url}/500` } });
    world.ctx.pump.forgetEndpoint(id);
    await enable("replay");
    // Its replays count: nobody watches a backlog as they would watch one replay.
    await eventually(async () => (await rows()).filter(({ step }) => step === 1).length >= 12);
    expect(await getEndpointHealth(world.ctx, world.actor, id)).toMatchObject({
      status: "failing",
      failing_deliveries: 7,
      percent: 0,
    });
    await world.deliver(await world.target("/ok"));
    const states = [];
    for (const hours of [59, 2, 24, 24, 13]) {
      const { warned, disabled: ended } = await world.after(hours);
      states.push([warned, ended]);
    }
    expect(states).toEqual([
      [0, 0],
      [1, 0],
      [1, 0],
      [1, 0],
      [0, 1],
    ]);
  });
});
