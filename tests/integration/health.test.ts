import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { putCallbackInput } from "@/lib/contracts/callbacks";
import { listWatched } from "@/lib/server/repositories/endpoint-health";
import { putCallback } from "@/lib/server/services/callbacks/put-callback";
import { enableEndpoint } from "@/lib/server/services/enable-endpoint";
import { evaluateEndpoint } from "@/lib/server/services/health/evaluate-endpoint";
import { evaluateHealthOf } from "@/lib/server/services/health/evaluate-health";
import { getEndpointHealth } from "@/lib/server/services/health/get-endpoint-health";
import { pauseEndpoint } from "@/lib/server/services/pause-endpoint";
import { replayDelivery } from "@/lib/server/services/replay-delivery";
import { sendTestEvent } from "@/lib/server/services/send-test-event";
import { updateEndpoint } from "@/lib/server/services/update-endpoint";
import { createHealthWorld, type HealthWorld } from "../support/health-world";
import { eventually } from "../support/world";

const HOUR = 3_600_000;

describe("the health of endpoints", () => {
  let world: HealthWorld;
  beforeAll(async () => {
    world = await createHealthWorld();
  });
  afterAll(() => world.close());

  const health = (id: string) => getEndpointHealth(world.ctx, world.actor, id);
  const stateOf = async (id: string) => {
    const row = await world.ctx.db.prisma.endpoint.findUniqueOrThrow({ where: { id } });
    return [row.state, row.stateReason];
  };
  const kindsAbout = async (id: string) =>
    (await world.ctx.db.prisma.alert.findMany({ where: { endpointId: id }, orderBy: { id: "asc" } })).map(
      ({ kind, facts }) => [kind, (facts as { percent?: number }).percent],
    );
  /** Something that answers, so that the instance is seen to be online. */
  const online = async () => world.deliver(await world.target("/ok"));

  it("F-07 failing for 5 days: warned at 50, 70 and 90 %, disabled with the reason, each told once", async () => {
    const endpoint = await world.target("/500", "Shop");
    await world.deliver(endpoint, 5);
    await online();
    expect(await health(endpoint.id)).toMatchObject({
      status: "failing",
      failed_attempts: 5,
      failing_deliveries: 5,
    });
    await world.after(59);
    expect(await kindsAbout(endpoint.id)).toEqual([]);
    await world.after(1.1);
    await evaluateHealthOf(world.ctx);
    expect(await kindsAbout(endpoint.id)).toEqual([["endpoint.failing", 50]]);
    await world.after(24);
    await world.after(24);
    expect(await kindsAbout(endpoint.id)).toEqual([
      ["endpoint.failing", 50],
      ["endpoint.failing", 70],
      ["endpoint.failing", 90],
    ]);
    expect(await stateOf(endpoint.id)).toEqual(["active", null]);
    const told = (await health(endpoint.id)).disables_at;
    expect(Math.floor((Date.parse(told ?? "") - world.clock.ms) / HOUR)).toBe(11);
    expect(await world.after(12)).toMatchObject({ disabled: 1 });
    expect(await stateOf(endpoint.id)).toEqual(["disabled", "failing"]);
    await evaluateHealthOf(world.ctx);
    await world.after(1);
    expect((await kindsAbout(endpoint.id)).slice(3)).toEqual([["endpoint.disabled", undefined]]);
    const audit = await world.ctx.db.prisma.auditEntry.findFirst({
      where: { targetId: endpoint.id, action: "endpoint.disabled" },
    });
    expect(audit).toMatchObject({ actorKind: "system", detail: { from: "active", reason: "failing" } });
  });

  it("F-07 I-18 what comes meanwhile is held, and enabling starts the clock anew", async () => {
    const endpoint = await world.target("/500", "Held");
    await world.deliver(endpoint, 5);
    await online();
    for (const hours of [61, 24, 24, 13]) await world.after(hours);
    expect(await stateOf(endpoint.id)).toEqual(["disabled", "failing"]);
    const { id } = await world.send("for.held");
    const [held] = await world.deliveriesOf(id);
    expect(held?.state).toBe("held");
    const enabled = await enableEndpoint(world.ctx, world.actor, endpoint.id, { held: "keep" });
    expect(enabled).toMatchObject({ state: "active", held_deliveries: { action: "keep", count: 6 } });
    expect(await health(endpoint.id)).toMatchObject({ status: "well", failing_since: null, percent: null });
    const open = await world.ctx.db.prisma.alert.count({
      where: { endpointId: endpoint.id, resolvedAt: null },
    });
    expect(open).toBe(0);
  });

  it("F-07 one success ends it: the warned are told, and the next failing starts from the first stage", async () => {
    const endpoint = await world.target("/500", "Flaky");
    await world.deliver(endpoint, 5);
    await online();
    await world.after(61);
    await updateEndpointPath(endpoint.id, "/ok");
    await world.deliver(endpoint);
    expect(await world.after(0.1)).toMatchObject({ recovered: 1 });
    await updateEndpointPath(endpoint.id, "/500");
    await world.deliver(endpoint, 5);
    await world.after(50);
    expect(await kindsAbout(endpoint.id)).toEqual([
      ["endpoint.failing", 50],
      ["endpoint.recovered", undefined],
    ]);
  });

  /** Changes where the receiver is, under the product's feet: a change by a person would reset the clock by itself. */
  async function updateEndpointPath(id: string, path: string): Promise<void> {
    await world.ctx.db.prisma.endpoint.update({
      where: { id },
      data: { url: `${world.receiver.url}${path}` },
    });
    world.ctx.pump.forgetEndpoint(id);
  }

  it("F-07 tests and replays never count", async () => {
    const endpoint = await world.target("/500", "Inert");
    const { delivery_id } = await sendTestEvent(world.ctx, world.actor, endpoint.id, {});
    const failed = (id: string) =>
      eventually(async () => {
        const row = await world.ctx.db.prisma.delivery.findUniqueOrThrow({ where: { id } });
        return row.state === "failed" || row.step > 0;
      });
    await failed(delivery_id);
    await world.deliver(endpoint);
    const before = await health(endpoint.id);
    expect(before).toMatchObject({ failed_attempts: 1, failing_deliveries: 1 });
    const original = await world.ctx.db.prisma.delivery.findFirstOrThrow({
      where: { endpointId: endpoint.id, trigger: "event" },
    });
    const replay = async () => {
      const result = await replayDelivery(world.ctx, world.actor, original.id);
      if (result.outcome !== "replayed") throw new Error(result.outcome);
      return result.delivery.id;
    };
    await failed(await replay());
    expect(await health(endpoint.id)).toMatchObject({ failed_attempts: 1, failing_deliveries: 1 });
    await updateEndpointPath(endpoint.id, "/ok");
    const good = await replay();
    await eventually(async () => {
      const row = await world.ctx.db.prisma.delivery.findUniqueOrThrow({ where: { id: good } });
      return row.state === "succeeded";
    });
    expect(await health(endpoint.id)).toMatchObject({
      status: "failing",
      failing_since: before.failing_since,
    });
  });

  it("too few failing deliveries disable nobody, however long it takes", async () => {
    const endpoint = await world.target("/500", "Quiet");
    await world.deliver(endpoint, 4);
    await online();
    for (const hours of [61, 24, 24, 100]) await world.after(hours);
    expect(await kindsAbout(endpoint.id)).toEqual([]);
    await world.deliver(endpoint);
    await world.after(0.1);
    expect(await kindsAbout(endpoint.id)).toEqual([["endpoint.failing", 100]]);
    await world.after(11);
    expect(await stateOf(endpoint.id)).toEqual(["active", null]);
    await world.after(1.1);
    expect(await stateOf(endpoint.id)).toEqual(["disabled", "failing"]);
  });

  it("without a rule it is never disabled; paused, its clock leads nowhere", async () => {
    const free = await world.target("/500", "Free");
    await updateEndpoint(world.ctx, world.actor, free.id, { auto_disable: false });
    const paused = await world.target("/500", "Paused");
    await world.deliver(free, 5);
    await world.deliver(paused, 5);
    await pauseEndpoint(world.ctx, world.actor, paused.id);
    await online();
    for (const hours of [61, 24, 24, 100]) await world.after(hours);
    expect(await stateOf(free.id)).toEqual(["active", null]);
    expect(await stateOf(paused.id)).toEqual(["paused", null]);
    expect([...(await kindsAbout(free.id)), ...(await kindsAbout(paused.id))]).toEqual([]);
    expect(await health(free.id)).toMatchObject({ auto_disable: null, percent: null, disables_at: null });
    expect(await health(paused.id)).toMatchObject({ disables_at: null, next_warning: null });
  });

  it("F-13 another address is another receiver: the clock starts anew", async () => {
    const endpoint = await world.target("/500", "Moved");
    await world.deliver(endpoint, 5);
    await online();
    await world.after(61);
    await updateEndpoint(world.ctx, world.actor, endpoint.id, { url: `${world.receiver.url}/ok` });
    expect(await health(endpoint.id)).toMatchObject({ failing_since: null, warned_percent: 0 });
  });

  it("F-13 so is the address of a callback that is put again", async () => {
    const put = (path: string) =>
      putCallback(
        world.ctx,
        world.actor,
        "moved-callback",
        putCallbackInput.parse({
          callback_url: `${world.receiver.url}${path}`,
          event_types: ["moved.callback"],
        }),
      );
    const { endpoint_id: id } = (await put("/500")).callback;
    const { id: eventId } = await world.send("moved.callback", "{}", { subject: "moved-callback" });
    await world.waitForDelivery(eventId, ({ step }) => step === 1);
    await put("/500");
    expect((await health(id)).failing_since).not.toBeNull();
    await put("/ok");
    expect(await health(id)).toMatchObject({ failing_since: null, warned_percent: 0 });
  });

  it("C-27 time in which no process ran is left out", async () => {
    const endpoint = await world.target("/500", "Patient");
    await world.deliver(endpoint, 5);
    await online();
    await world.after(50);
    await world.afterOutage(72);
    expect(await kindsAbout(endpoint.id)).toEqual([]);
    expect(await health(endpoint.id)).toMatchObject({ left_out_seconds: 72 * 3600, percent: 41 });
    await world.after(10.1);
    expect(await kindsAbout(endpoint.id)).toEqual([["endpoint.failing", 50]]);
  });

  it("a change between the judgement and the effect wins: two evaluations at once give one effect", async () => {
    const endpoint = await world.target("/500", "Race");
    await world.deliver(endpoint, 5);
    await online();
    await world.after(59.98);
    world.clock.ms += 0.04 * HOUR;
    await Promise.all([1, 2, 3, 4].map(() => evaluateHealthOf(world.ctx)));
    expect(await kindsAbout(endpoint.id)).toEqual([["endpoint.failing", 50]]);
  });

  it("a rule that is changed between the judgement and the effect is heeded", async () => {
    const endpoint = await world.target("/500", "Spared");
    await world.deliver(endpoint, 5);
    await online();
    for (const hours of [61, 24, 24]) await world.after(hours);
    world.clock.ms += 13 * HOUR;
    const watched = await listWatched(world.ctx.db.prisma, "", 500);
    const judged = watched.find(({ endpointId }) => endpointId === endpoint.id);
    if (judged === undefined) throw new Error("the endpoint is not watched");
    const evaluate = () => evaluateEndpoint(world.ctx, judged, { outages: [], nothingGetsOut: false });
    const rule = { after_hours: 120, min_failures: 5, warn_at_percent: [50, 70, 90] };
    for (const other of [false, { ...rule, after_hours: 240 }, { ...rule, min_failures: 6 }] as const) {
      await updateEndpoint(world.ctx, world.actor, endpoint.id, { auto_disable: other });
      expect(await evaluate()).toMatchObject({ effect: "none" });
    }
    expect(await stateOf(endpoint.id)).toEqual(["active", null]);
    await updateEndpoint(world.ctx, world.actor, endpoint.id, { auto_disable: rule });
    expect(await evaluate()).toMatchObject({ effect: "disabled" });
    // Alerts of one moment have no order.
    world.clock.ms += HOUR;
  });

  it("deliveries that gave up are counted together", async () => {
    const endpoint = await world.endpoint("/500", {
      description: "Once",
      event_types: ["for.once"],
      retry_policy: { delays_seconds: [0] },
    });
    await world.deliver(endpoint, 3);
    await evaluateHealthOf(world.ctx);
    await evaluateHealthOf(world.ctx);
    const told = (await world.alertsOf("delivery.exhausted")).map(({ facts }) => facts);
    expect(told.filter(({ endpoint: e }) => (e as { name: string }).name === "Once")).toEqual([
      { endpoint: { name: "Once", host: `127.0.0.1:${world.receiver.port}` }, count: 3 },
    ]);
  });

  it("R-04 410 disables at once, and people are told", async () => {
    const endpoint = await world.target("/410", "Gone");
    await world.send("for.gone");
    await eventually(async () => (await stateOf(endpoint.id))[0] === "disabled");
    expect(await kindsAbout(endpoint.id)).toEqual([["endpoint.disabled", undefined]]);
    const [alert] = (await world.alertsOf("endpoint.disabled")).slice(-1);
    expect(alert?.facts).toMatchObject({ reason: "receiver_gone" });
  });
});
