// A stop in the middle of work: nothing stays leased, every attempt that left has a row, and the next start goes on.
import { afterEach, describe, expect, it } from "vitest";
import { createEndpoint } from "@/lib/server/services/create-endpoint";
import { enableEndpoint } from "@/lib/server/services/enable-endpoint";
import { ingestBatch } from "@/lib/server/services/ingest-events";
import { pauseEndpoint } from "@/lib/server/services/pause-endpoint";
import { createTestContext, type TestContext } from "../support/context";
import { headerOf } from "../support/receiver/http-reader";
import { type Receiver, startReceiver } from "../support/receiver/receiver";
import { eventually } from "../support/world";

const KEY = Buffer.alloc(32, 3);
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

/** The keeper owns the database and only looks; the worker is the process that is stopped. */
async function start(): Promise<{ keeper: TestContext; worker: TestContext; receiver: Receiver }> {
  const keeper = await createTestContext({ encryptionKeys: [KEY] });
  const receiver = await startReceiver();
  open.push(keeper, receiver);
  return { keeper, worker: await anotherProcess(keeper), receiver };
}

const anotherProcess = (keeper: TestContext) =>
  createTestContext({ connectionString: keeper.connectionString, encryptionKeys: [KEY] });

/** Makes so many deliveries due at once. */
async function backlog({ ctx, owner }: TestContext, url: string, count: number): Promise<void> {
  const { id } = await createEndpoint(ctx, owner(), {
    url,
    event_types: ["*"],
    max_concurrency: 50,
    retry_policy: { delays_seconds: [0, 1, 1, 1] },
  });
  await pauseEndpoint(ctx, owner(), id);
  for (let done = 0; done < count; done += 500) {
    const events = Array.from(
      { length: Math.min(500, count - done) },
      (_, n) => `{"type":"a.b","data":${done + n}}`,
    );
    await ingestBatch(ctx, owner(), Buffer.from(`{"events":[${events.join(",")}]}`), null);
  }
  await enableEndpoint(ctx, owner(), id, { held: "release" });
}

const leased = ({ ctx }: TestContext) =>
  ctx.db.prisma.delivery.count({ where: { state: "pending", leaseUntil: { not: null } } });

describe("a stop in the middle of a drain", () => {
  it("C-08 gives every lease back, records every attempt, and the next process delivers the rest", async () => {
    const { keeper, worker, receiver } = await start();
    await backlog(worker, `${receiver.url}/200`, 4_000);
    worker.instance.start();
    await receiver.waitFor(700);
    await worker.instance.stop({ deadlineMs: 10_000 });

    const arrived = receiver.requests.length;
    expect(await leased(keeper)).toBe(0);
    expect(await keeper.ctx.db.prisma.attempt.count()).toBe(arrived);
    expect(arrived).toBeLessThan(4_000);

    const next = await anotherProcess(keeper);
    open.push(next);
    next.instance.start();
    await eventually(
      async () => (await keeper.ctx.db.prisma.delivery.count({ where: { state: "succeeded" } })) === 4_000,
      30_000,
    );
    const ids = new Set(receiver.requests.map((request) => headerOf(request, "webhook-id")));
    expect(ids.size).toBe(4_000);
    expect(receiver.requests.length).toBe(4_000);
  });

  it("C-08 an attempt that outlasts the deadline is recorded as interrupted, and its lease ends with it", async () => {
    const { keeper, worker, receiver } = await start();
    await backlog(worker, `${receiver.url}/hang`, 20);
    worker.instance.start();
    await eventually(async () => receiver.heads.length === 20);
    await worker.instance.stop({ deadlineMs: 100 });

    expect(await leased(keeper)).toBe(0);
    const attempts = await keeper.ctx.db.prisma.attempt.findMany({ select: { errorClass: true } });
    expect(attempts).toHaveLength(20);
    expect(new Set(attempts.map(({ errorClass }) => errorClass))).toEqual(new Set(["interrupted"]));
  });

  it("C-08 what a claim brings back after the stop has begun is given back", async () => {
    const { keeper, worker, receiver } = await start();
    await backlog(worker, `${receiver.url}/200`, 300);
    const rows = await keeper.ctx.db.prisma.delivery.findMany({ select: { id: true }, take: 20 });
    // The engine asks for some at the very moment of the stop.
    const asked = rows.map(({ id }) => worker.ctx.pump.attemptOne(id, { force: true }));
    await Promise.all([worker.instance.stop({ deadlineMs: 5_000 }), ...asked]);
    expect(await leased(keeper)).toBe(0);
  });
});
