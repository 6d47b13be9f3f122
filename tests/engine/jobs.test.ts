import { randomBytes } from "node:crypto";
import { expect, test, vi } from "vitest";
import { makeId } from "@/lib/domain/ids";
import { createEnqueueRetries } from "@/lib/server/jobs";

type Sent = { id?: string; name: string; data: { deliveryId: string; attempt: number } }[];

const items = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    deliveryId: makeId("delivery", 1_000 + index, randomBytes(10)),
    attempt: 2,
    nextAttemptAt: new Date(5_000),
  }));

function setUp(send: (events: Sent) => Promise<unknown>, timeoutMs?: number) {
  const time = { now: 0 };
  const logger = { warn: vi.fn() };
  const enqueue = createEnqueueRetries(send, () => time.now, timeoutMs);
  return { time, logger, enqueue: (count: number) => enqueue(items(count), logger) };
}

test("events go out in batches of at most 100, each with an id for its attempt", async () => {
  const batches: Sent[] = [];
  const { enqueue, logger } = setUp(async (events) => void batches.push(events));
  await enqueue(250);
  expect(batches.map((batch) => batch.length)).toEqual([100, 100, 50]);
  const [event] = batches[0] ?? [];
  expect(event?.name).toBe("signpost/delivery.retry-scheduled");
  expect(event?.id).toBe(`${event?.data.deliveryId}:2`);
  await enqueue(0);
  expect(batches).toHaveLength(3);
  expect(logger.warn).not.toHaveBeenCalled();
});

test("C-17 an engine that is down never fails the caller, is left alone for a while, then used again", async () => {
  let down = true;
  const send = vi.fn(async () => {
    if (down) throw new Error("connect ECONNREFUSED");
  });
  const { time, logger, enqueue } = setUp(send);
  await enqueue(250);
  expect(send).toHaveBeenCalledTimes(1);
  expect(logger.warn).toHaveBeenCalledWith(expect.objectContaining({ deliveries: 250 }), expect.any(String));
  down = false;
  time.now = 9_999;
  await enqueue(1);
  expect(send).toHaveBeenCalledTimes(1);
  time.now = 10_000;
  await enqueue(1);
  expect(send).toHaveBeenCalledTimes(2);
  expect(logger.warn).toHaveBeenCalledTimes(1);
});

test("C-17 an engine that hangs does not hold the caller", async () => {
  const { logger, enqueue } = setUp(() => new Promise(() => undefined), 20);
  await enqueue(1);
  expect(logger.warn).toHaveBeenCalledTimes(1);
});
