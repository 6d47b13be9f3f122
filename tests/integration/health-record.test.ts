// What the record statement writes about the health of endpoints, beside the attempts themselves.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tallyAttempts } from "@/lib/domain/health/tally";
import { claimOne } from "@/lib/server/repositories/hot-path/lease-statements";
import { type AttemptRecord, recordAttempts } from "@/lib/server/repositories/hot-path/record-statement";
import { evaluateHealthOf } from "@/lib/server/services/health/evaluate-health";
import { failedAttempt } from "../support/attempt-record";
import { createHealthWorld, type HealthWorld } from "../support/health-world";

describe("recording health", () => {
  let world: HealthWorld;
  beforeAll(async () => {
    world = await createHealthWorld();
  });
  afterAll(() => world.close());

  const rowOf = (endpointId: string) =>
    world.ctx.db.prisma.endpointHealth.findUniqueOrThrow({ where: { endpointId } });

  /** An attempt of a fresh delivery that failed for good, as the recorder would write it. */
  async function lastFailure(endpointId: string, type: string): Promise<AttemptRecord> {
    const { id } = await world.send(type);
    const delivery = await world.ctx.db.prisma.delivery.findFirstOrThrow({ where: { eventId: id } });
    const claimed = await claimOne(world.ctx.db.hot, delivery.id, true);
    return failedAttempt({
      deliveryId: delivery.id,
      endpointId,
      leaseToken: BigInt(claimed?.lease_token ?? "0"),
      next: { state: "failed", reason: "exhausted", delayMs: null },
    });
  }

  const tallied = (record: AttemptRecord) =>
    tallyAttempts([
      {
        endpointId: record.endpointId,
        trigger: record.trigger,
        succeeded: record.succeeded,
        errorClass: record.errorClass,
        reachedTarget: true,
        endedAtMs: record.startedAtMs,
        gaveUp: record.next.state === "failed",
        certificateExpiresAtMs: null,
      },
    ]);

  it("C-28 a group that is written again after a lost answer counts once", async () => {
    // Nothing is due before the test claims it.
    const endpoint = await world.endpoint("/ok", {
      event_types: ["lost.answer"],
      retry_policy: { delays_seconds: [3600] },
    });
    const first = await lastFailure(endpoint.id, "lost.answer");
    await recordAttempts(world.ctx.db.hot, [first], tallied(first));
    await recordAttempts(world.ctx.db.hot, [first], tallied(first));
    expect(await rowOf(endpoint.id)).toMatchObject({ failures: 1, exhausted: 1n });
    const second = await lastFailure(endpoint.id, "lost.answer");
    await recordAttempts(world.ctx.db.hot, [first, second], [...tallied(second)]);
    expect(await rowOf(endpoint.id)).toMatchObject({ failures: 2, exhausted: 2n });
  });

  it("deliveries that our own fault ended are told, and no clock runs for them", async () => {
    const endpoint = await world.endpoint("/ok", {
      description: "Grows",
      event_types: ["own.fault"],
      transform: Array.from({ length: 12 }, (_, index) => ({ op: "copy", from: "$", to: `$.copy${index}` })),
    });
    // A success shortly before: the recorder knows the endpoint to be well, and writes the loss all the same.
    const good = await world.send("own.fault", '{"x":1}');
    expect((await world.waitForDelivery(good.id, (row) => row.step > 0)).state).toBe("succeeded");
    const { id } = await world.send("own.fault", JSON.stringify({ x: "y".repeat(5_000) }));
    const delivery = await world.waitForDelivery(id, (row) => row.step > 0);
    expect([delivery.state, delivery.attempts[0]?.error?.class]).toEqual(["failed", "transform_failed"]);
    expect(await rowOf(endpoint.id)).toMatchObject({ failures: 0, failingSince: null, exhausted: 1n });
    await evaluateHealthOf(world.ctx);
    const told = await world.alertsOf("delivery.exhausted");
    expect(
      told.find(({ facts }) => (facts.endpoint as { name: string }).name === "Grows")?.facts,
    ).toMatchObject({
      count: 1,
    });
  });
});
