// Forgetting: what is old and over goes with everything that belongs to it; what is waited for stays whole.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { lockReplaySource } from "@/lib/server/repositories/replays";
import { setRuntime } from "@/lib/server/runtime";
import { applyRetention } from "@/lib/server/services/apply-retention";
import { createTestContext, type TestContext } from "../support/context";
import { type DeliverySeed, seedAttempt, seedDelivery, seedEndpoint } from "../support/delivery-rows";

const DAY_MS = 86_400_000;

describe("retention", () => {
  let test: TestContext;
  let endpointId: string;
  beforeAll(async () => {
    test = await createTestContext({ inlineAttempts: false });
    setRuntime({ ...test.ctx, stop: async () => undefined });
  });
  afterAll(async () => {
    setRuntime(null);
    await test.close();
  });
  beforeEach(async () => {
    endpointId = await seedEndpoint(test.ctx, test.environments.live);
  });
  afterEach(async () => {
    await test.ctx.db.prisma.$executeRaw`TRUNCATE event, delivery, attempt, idempotency_key`;
  });

  async function seed(daysOld: number, more: Partial<DeliverySeed> = {}): Promise<string> {
    const { id } = await seedDelivery(test.ctx, test.environments.live, {
      endpointId,
      createdAt: new Date(Date.now() - daysOld * DAY_MS),
      ...more,
    });
    await seedAttempt(test.ctx, id, { number: 1 });
    return id;
  }
  const left = async () => {
    const { prisma } = test.ctx.db;
    return [await prisma.event.count(), await prisma.delivery.count(), await prisma.attempt.count()];
  };

  it("clears payloads and bodies after 30 days, and keeps the rows and what is younger", async () => {
    const old = await seed(31);
    const young = await seed(29);
    expect(await applyRetention()).toMatchObject({ eventsCleared: 1, deliveriesDeleted: 0 });
    const rowOf = (id: string) =>
      test.ctx.db.prisma.delivery.findUniqueOrThrow({
        where: { id },
        include: { event: true, attempts: true },
      });
    const [gone, kept] = [await rowOf(old), await rowOf(young)];
    expect([gone.event.data, gone.attempts[0]?.responseBody]).toEqual([null, null]);
    expect(gone.event.payloadClearedAt).not.toBeNull();
    expect(kept.event.data).not.toBeNull();
    expect(kept.attempts[0]?.responseBody).not.toBeNull();
  });

  it("deletes an event after 90 days with its deliveries and attempts, and leaves no orphan", async () => {
    await seed(91);
    await seed(91, { state: "failed" });
    await seed(89);
    expect(await applyRetention()).toMatchObject({ deliveriesDeleted: 2 });
    expect(await left()).toEqual([1, 1, 1]);
  });

  it("keeps everything about an event that a delivery still waits for", async () => {
    const pending = await seed(91, { state: "pending" });
    const { eventId } = await test.ctx.db.prisma.delivery.findUniqueOrThrow({ where: { id: pending } });
    await seed(91, { eventId });
    await seed(91, { state: "held" });
    expect(await applyRetention()).toMatchObject({ deliveriesDeleted: 0 });
    expect(await left()).toEqual([2, 3, 3]);
  });

  it("passes over an event that is being replayed", async () => {
    const id = await seed(91);
    const { prisma } = test.ctx.db;
    await prisma.$transaction(async (tx) => {
      await lockReplaySource(tx, test.environments.live, id);
      expect(await applyRetention()).toMatchObject({ deliveriesDeleted: 0 });
    });
    expect(await left()).toEqual([1, 1, 1]);
    expect(await applyRetention()).toMatchObject({ deliveriesDeleted: 1 });
  });

  it("forgets idempotency keys after 7 days", async () => {
    const row = (key: string, daysOld: number) => ({
      environmentId: test.environments.live,
      route: "events",
      key,
      requestHash: new Uint8Array(1),
      response: {},
      createdAt: new Date(Date.now() - daysOld * DAY_MS),
    });
    await test.ctx.db.prisma.idempotencyKey.createMany({ data: [row("old", 8), row("young", 6)] });
    expect(await applyRetention()).toMatchObject({ idempotencyKeysDeleted: 1 });
    expect((await test.ctx.db.prisma.idempotencyKey.findMany()).map(({ key }) => key)).toEqual(["young"]);
  });

  it("forgets the health of endpoints that are deleted or gone", async () => {
    const { prisma } = test.ctx.db;
    const deleted = await seedEndpoint(test.ctx, test.environments.live);
    await prisma.endpoint.update({ where: { id: deleted }, data: { deletedAt: new Date() } });
    await prisma.endpointHealth.createMany({
      data: [endpointId, deleted, "ep_never_there"].map((id) => ({ endpointId: id })),
    });
    await applyRetention();
    const rows = await prisma.endpointHealth.findMany();
    expect(rows.map((row) => row.endpointId)).toEqual([endpointId]);
  });
});
