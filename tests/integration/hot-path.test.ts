import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { claimOne } from "@/lib/server/repositories/hot-path/lease-statements";
import { recordAttempts } from "@/lib/server/repositories/hot-path/record-statement";
import { createEndpoint } from "@/lib/server/services/create-endpoint";
import { enableEndpoint } from "@/lib/server/services/enable-endpoint";
import { ingestEvent } from "@/lib/server/services/ingest-events";
import { pauseEndpoint } from "@/lib/server/services/pause-endpoint";
import { failedAttempt } from "../support/attempt-record";
import { createTestContext, type TestContext } from "../support/context";
import { eventually } from "../support/world";

describe("the statements of the hot path", () => {
  let test: TestContext;
  beforeAll(async () => {
    test = await createTestContext({ inlineAttempts: false });
  });
  afterAll(() => test.close());

  const send = (type: string) =>
    ingestEvent(test.ctx, test.owner(), Buffer.from(`{"type":"${type}","data":1}`), null).then(
      ({ answer }) => answer,
    );
  // The first attempt is due in an hour, so that nobody but the test claims the row.
  const endpoint = (type: string) =>
    createEndpoint(test.ctx, test.owner(), {
      url: "https://example.com/x",
      event_types: [type],
      retry_policy: { delays_seconds: [3600, 60] },
    });
  const failure = (deliveryId: string, leaseToken: bigint, endpointId = "") =>
    failedAttempt({ deliveryId, leaseToken, endpointId });

  it("C-28 a record that is written twice moves its delivery once and leaves one attempt", async () => {
    const target = await endpoint("twice.case");
    const { id } = await send("twice.case");
    const delivery = await test.ctx.db.prisma.delivery.findFirstOrThrow({ where: { eventId: id } });
    const claimed = await claimOne(test.ctx.db.hot, delivery.id, true);
    const record = failure(delivery.id, BigInt(claimed?.lease_token ?? "0"), target.id);
    const [first] = await recordAttempts(test.ctx.db.hot, [record]);
    const [second] = await recordAttempts(test.ctx.db.hot, [record]);
    expect([first?.moved, second?.moved]).toEqual([true, false]);
    const after = await test.ctx.db.prisma.delivery.findFirstOrThrow({
      where: { id: delivery.id },
      include: { attempts: true },
    });
    expect([after.step, after.attempts.length]).toEqual([1, 1]);
  });

  it("C-21 a late worker leaves its attempt but cannot record over the new owner", async () => {
    await endpoint("late.case");
    const { id } = await send("late.case");
    const delivery = await test.ctx.db.prisma.delivery.findFirstOrThrow({ where: { eventId: id } });
    const first = await claimOne(test.ctx.db.hot, delivery.id, true);
    await test.ctx.db.prisma.delivery.update({
      where: { id: delivery.id },
      data: { leaseUntil: new Date(0) },
    });
    const second = await claimOne(test.ctx.db.hot, delivery.id, true);
    expect([first?.attempt_count, second?.attempt_count, second?.lost_attempt]).toEqual([1, 2, 1]);
    const [late] = await recordAttempts(test.ctx.db.hot, [
      failure(delivery.id, BigInt(first?.lease_token ?? "0")),
    ]);
    expect(late?.moved).toBe(false);
    const after = await test.ctx.db.prisma.delivery.findFirstOrThrow({
      where: { id: delivery.id },
      include: { attempts: true },
    });
    expect([after.step, after.state, after.attempts.length]).toEqual([0, "pending", 1]);
  });

  it("I-18 a failure recorded while its endpoint is being enabled is tried again, not held", async () => {
    const target = await endpoint("enabling.case");
    const { id } = await send("enabling.case");
    const delivery = await test.ctx.db.prisma.delivery.findFirstOrThrow({ where: { eventId: id } });
    const claimed = await claimOne(test.ctx.db.hot, delivery.id, true);
    await pauseEndpoint(test.ctx, test.owner(), target.id);
    let recording: Promise<unknown> = Promise.resolve();
    await test.ctx.db.prisma.$transaction(async (tx) => {
      await tx.endpoint.update({ where: { id: target.id }, data: { state: "active", stateReason: null } });
      recording = recordAttempts(test.ctx.db.hot, [
        failure(delivery.id, BigInt(claimed?.lease_token ?? "0"), target.id),
      ]);
      // The record has taken its snapshot, in which the endpoint is paused, and waits for this change.
      await eventually(async () => {
        const [{ n } = { n: 0 }] = await tx.$queryRaw<{ n: number }[]>`
          SELECT count(*)::int AS n FROM pg_locks l JOIN pg_stat_activity a USING (pid)
          WHERE NOT l.granted AND a.query LIKE '%INSERT INTO attempt%'`;
        return n > 0;
      });
    });
    await recording;
    const after = await test.ctx.db.prisma.delivery.findUniqueOrThrow({ where: { id: delivery.id } });
    expect([after.state, after.step]).toEqual(["pending", 1]);
  });

  it("C-33 looks rows up by index, whatever the statistics say", async () => {
    // A backlog that came in after the last ANALYZE: joins by hash would read all of it for each group.
    const { rows } = await test.ctx.db.hot.query(
      "SELECT name, setting FROM pg_settings WHERE name = ANY ($1) ORDER BY name",
      [["enable_bitmapscan", "enable_hashjoin", "enable_mergejoin", "jit", "plan_cache_mode"]],
    );
    expect(rows.map(({ setting }) => setting)).toEqual(["off", "off", "off", "off", "force_custom_plan"]);
  });

  it("C-29 two claims at once give one lease", async () => {
    await endpoint("claims.case");
    const { id } = await send("claims.case");
    const delivery = await test.ctx.db.prisma.delivery.findFirstOrThrow({ where: { eventId: id } });
    const claims = await Promise.all(
      Array.from({ length: 6 }, () => claimOne(test.ctx.db.hot, delivery.id, true)),
    );
    expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
  });

  it("I-18 under steady ingest, pausing and enabling leaves nothing held and still gets its turn", async () => {
    const target = await endpoint("steady.case");
    let running = true;
    const produce = async () => {
      // 503 is an honest answer to a storm of changes; a producer repeats then.
      while (running)
        await send("steady.case").catch((error: { code?: string }) => expect(error.code).toBe("overloaded"));
    };
    const producers = Array.from({ length: 12 }, produce);
    for (let round = 0; round < 8; round++) {
      await pauseEndpoint(test.ctx, test.owner(), target.id);
      await enableEndpoint(test.ctx, test.owner(), target.id, { held: "release" });
    }
    running = false;
    await Promise.all(producers);
    const states = await test.ctx.db.prisma.delivery.groupBy({
      by: ["state"],
      where: { endpointId: target.id },
      _count: true,
    });
    expect(states.map(({ state }) => state)).not.toContain("held");
  });
});
