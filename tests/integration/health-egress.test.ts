// Nothing gets out, or receivers are dead: on an instance with little traffic the two look alike for a while.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { disableEndpoint } from "@/lib/server/services/disable-endpoint";
import { enableEndpoint } from "@/lib/server/services/enable-endpoint";
import { evaluateHealthOf } from "@/lib/server/services/health/evaluate-health";
import { createHealthWorld, type HealthWorld } from "../support/health-world";

describe("nothing gets out, with little traffic", () => {
  let world: HealthWorld;
  beforeEach(async () => {
    world = await createHealthWorld();
  });
  afterEach(() => world.close());

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
