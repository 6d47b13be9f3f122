// Nothing gets out, or receivers are dead: on an instance with little traffic the two look alike for a while.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { EndpointWithSecretDto } from "@/lib/contracts/endpoints";
import { disableEndpoint } from "@/lib/server/services/disable-endpoint";
import { enableEndpoint } from "@/lib/server/services/enable-endpoint";
import { evaluateHealthOf } from "@/lib/server/services/health/evaluate-health";
import { getEndpointHealth } from "@/lib/server/services/health/get-endpoint-health";
import { createHealthWorld, type HealthWorld } from "../support/health-world";
import { type Receiver, startReceiver } from "../support/receiver/receiver";

const MINUTE = 60_000;

describe("nothing gets out", () => {
  let world: HealthWorld;
  beforeEach(async () => {
    world = await createHealthWorld();
  });
  afterEach(() => world.close());

  /** An endpoint of a receiver of its own, disabled after a day. */
  async function ownReceiver(name: string): Promise<{ endpoint: EndpointWithSecretDto; receiver: Receiver }> {
    const receiver = await startReceiver();
    const endpoint = await world.endpoint("", {
      url: `${receiver.url}/ok`,
      description: name,
      event_types: [`for.${name}`],
      auto_disable: { after_hours: 24, min_failures: 2, warn_at_percent: [50] },
      retry_policy: { delays_seconds: [0, 86_400] },
    });
    return { endpoint, receiver };
  }

  /** One answer of the receiver that is well, then two failures of each of the others, five minutes apart. */
  async function round(well: { id: string }, silent: readonly { id: string }[]): Promise<boolean> {
    await world.deliver(well);
    // Within two seconds the recorder leaves successes out, and here hours pass in less.
    await world.ctx.db.prisma.endpointHealth.update({
      where: { endpointId: well.id },
      data: { lastSuccessAt: new Date(world.clock.ms) },
    });
    world.clock.ms += 15_000;
    for (const endpoint of silent) await world.deliver(endpoint);
    world.clock.ms += 5 * MINUTE;
    for (const endpoint of silent) await world.deliver(endpoint);
    return (await world.after(1 / 60)).nothingGetsOut;
  }

  it("C-27 all receivers silent at once: one alert, nobody disabled, and it ends with the first answer", async () => {
    const receivers = await Promise.all([1, 2, 3].map(() => startReceiver()));
    const { prisma } = world.ctx.db;
    const endpoints = [];
    for (const [index, receiver] of receivers.entries()) {
      const endpoint = await world.target("/ok", `Receiver ${index}`);
      await prisma.endpoint.update({ where: { id: endpoint.id }, data: { url: `${receiver.url}/ok` } });
      world.ctx.pump.forgetEndpoint(endpoint.id);
      await world.deliver(endpoint);
      endpoints.push(endpoint);
    }
    await world.after(0.1);
    await Promise.all(receivers.map((receiver) => receiver.close()));
    for (const endpoint of endpoints) await world.deliver(endpoint, 5);
    expect(await world.after(0.01)).toMatchObject({ nothingGetsOut: true });
    for (const hours of [61, 24, 24, 24]) {
      expect(await world.after(hours)).toMatchObject({ warned: 0, disabled: 0, nothingGetsOut: true });
    }
    const alerts = await world.alertsOf("egress.down");
    expect(alerts).toHaveLength(1);
    expect(alerts[0]).toMatchObject({ facts: { endpoints: 3, until: null }, resolvedAt: null });
    expect(await prisma.alert.count({ where: { kind: { startsWith: "endpoint." } } })).toBe(0);

    await world.deliver(await world.target("/ok", "Answers"));
    expect(await world.after(0.1)).toMatchObject({ nothingGetsOut: false, disabled: 0 });
    const [begun, over] = await world.alertsOf("egress.down");
    expect(begun?.resolvedAt).not.toBeNull();
    expect(over?.facts).toMatchObject({ endpoints: 3, until: expect.any(String) });
    const [first] = endpoints;
    expect(await getEndpointHealth(world.ctx, world.actor, first?.id ?? "")).toMatchObject({
      failing_since: null,
      nothing_gets_out: false,
    });
  });

  it("C-27 three dead receivers are disabled in their time, and are no outage of ours", async () => {
    const dead = await Promise.all(["one", "two", "three"].map(ownReceiver));
    await Promise.all(dead.map(({ receiver }) => receiver.close()));
    const endpoints = dead.map(({ endpoint }) => endpoint);
    const well = await world.target("/ok", "Well");
    const outages: boolean[] = [];
    for (let hour = 0; hour < 24; hour += 4) {
      outages.push(await round(well, endpoints));
      await world.after(3.9);
    }
    await world.after(0.2);
    expect(new Set(outages)).toEqual(new Set([false]));
    expect(await world.alertsOf("egress.down")).toEqual([]);
    const rows = await world.ctx.db.prisma.endpoint.findMany({
      where: { id: { in: endpoints.map(({ id }) => id) } },
    });
    expect(rows.map(({ state, stateReason }) => [state, stateReason])).toEqual(
      Array.from({ length: 3 }, () => ["disabled", "failing"]),
    );
  });

  it("C-27 three that die together are no outage while one that is well still answers each time", async () => {
    const mortal = await Promise.all(["one", "two", "three"].map(ownReceiver));
    const endpoints = mortal.map(({ endpoint }) => endpoint);
    const well = await world.target("/ok", "Well");
    expect(await round(well, endpoints)).toBe(false);
    await Promise.all(mortal.map(({ receiver }) => receiver.close()));
    for (let count = 0; count < 3; count++) {
      world.clock.ms += 25 * MINUTE;
      expect([count, await round(well, endpoints)]).toEqual([count, false]);
    }
    const rows = await world.ctx.db.prisma.endpointHealth.findMany({
      where: { endpointId: { in: endpoints.map(({ id }) => id) } },
    });
    expect(rows.map(({ failures }) => failures)).toEqual([6, 6, 6]);
  });

  it("C-27 an outage forgets what it caused, and not what had been dead before", async () => {
    const cut = await Promise.all(["one", "two", "three"].map(ownReceiver));
    const dead = await ownReceiver("dead");
    await dead.receiver.close();
    for (const { endpoint } of cut) await world.deliver(endpoint);
    world.clock.ms += 5 * MINUTE;
    await Promise.all(cut.map(({ receiver }) => receiver.close()));
    for (const { endpoint } of [...cut, dead]) await world.deliver(endpoint, 2);
    expect(await evaluateHealthOf(world.ctx)).toMatchObject({ nothingGetsOut: true });
    world.clock.ms += 5 * MINUTE;
    await world.deliver(await world.target("/ok", "Answers"));
    expect(await world.after(1 / 60)).toMatchObject({ nothingGetsOut: false });
    const rowOf = (id: string) =>
      world.ctx.db.prisma.endpointHealth.findUniqueOrThrow({ where: { endpointId: id } });
    for (const { endpoint } of cut) {
      expect(await rowOf(endpoint.id)).toMatchObject({
        failingSince: null,
        failures: 0,
        lastErrorClass: null,
      });
    }
    expect(await rowOf(dead.endpoint.id)).toMatchObject({
      failures: 2,
      lastErrorClass: "connection_refused",
    });
  });

  it("a proxy that refuses one endpoint is no outage after a person has started it anew", async () => {
    const endpoint = await world.target("/ok", "Refused");
    await world.ctx.db.prisma.endpointHealth.create({
      data: {
        endpointId: endpoint.id,
        failingSince: new Date(world.clock.ms - 5_000),
        failures: 1,
        lastFailureAt: new Date(world.clock.ms - 5_000),
        lastErrorClass: "proxy_error",
      },
    });
    expect(await evaluateHealthOf(world.ctx)).toMatchObject({ nothingGetsOut: false });
    await disableEndpoint(world.ctx, world.actor, endpoint.id);
    await enableEndpoint(world.ctx, world.actor, endpoint.id, { held: "keep" });
    expect(await evaluateHealthOf(world.ctx)).toMatchObject({ nothingGetsOut: false });
  });
});
