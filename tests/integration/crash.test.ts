import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { CreateEndpointInput } from "@/lib/contracts/endpoints";
import { createApiKey } from "@/lib/server/services/create-api-key";
import { createEndpoint } from "@/lib/server/services/create-endpoint";
import { createTestContext } from "../support/context";
import { type Failpoint, startWorker, type Worker } from "../support/crash";
import { headerOf } from "../support/receiver/http-reader";
import { startReceiver } from "../support/receiver/receiver";
import { eventually } from "../support/world";

// Leases last the endpoint's timeout (1 s here) and 20 s more: what a killed process held is taken over after that.
const TAKE_OVER_MS = 90_000;

/** A database, a receiver and a key of its own for each test, so that tests can wait for their leases side by side. */
async function createCrashWorld() {
  const encryptionKey = randomBytes(32);
  // This context only sets things up and looks at rows: it does not deliver.
  const test = await createTestContext({ encryptionKeys: [encryptionKey], inlineAttempts: false });
  const receiver = await startReceiver({ keep: 200_000 });
  const { key } = await createApiKey(test.ctx, test.owner(), { name: "crash", scopes: ["events:write"] });
  const workers: Worker[] = [];
  const { prisma } = test.ctx.db;
  return {
    prisma,
    receiver,
    async start(failpoint: Failpoint = "none") {
      const worker = await startWorker({ connectionString: test.connectionString, encryptionKey, failpoint });
      workers.push(worker);
      return worker;
    },
    endpoint: (path: string, input: Partial<CreateEndpointInput> = {}) =>
      createEndpoint(test.ctx, test.owner(), {
        url: `${receiver.url}${path}`,
        event_types: ["*"],
        timeout_ms: 1_000,
        ...input,
      }),
    post: (worker: Worker, idempotencyKey?: string) =>
      fetch(`${worker.url}/api/v1/events`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${key}`,
          "content-type": "application/json",
          ...(idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey }),
        },
        body: JSON.stringify({ type: "crash.case", data: { n: 1 } }),
      }),
    requestsFor: (id: string) =>
      receiver.requests.filter((request) => headerOf(request, "webhook-id") === id),
    onlyEvent: () => eventually(() => prisma.event.findFirst()),
    settled: (eventId: string) =>
      eventually(() => prisma.delivery.findFirst({ where: { eventId, state: "succeeded" } }), TAKE_OVER_MS),
    async close() {
      await Promise.allSettled(workers.map((worker) => worker.kill()));
      await receiver.close();
      await test.close();
    },
  };
}

type CrashWorld = Awaited<ReturnType<typeof createCrashWorld>>;

const inWorld = (work: (world: CrashWorld) => Promise<void>) => async () => {
  const world = await createCrashWorld();
  try {
    await work(world);
  } finally {
    await world.close();
  }
};

describe("a process killed with SIGKILL", { timeout: 240_000 }, () => {
  it.concurrent(
    "C-02 I-15 between commit and answer: the repeated request gets the first id, delivered once",
    inWorld(async (world) => {
      await world.endpoint("/ok");
      const first = await world.start("after-commit");
      await expect(world.post(first, "key-c02")).rejects.toThrow();
      await first.ended;
      const second = await world.start();
      const answer = await world.post(second, "key-c02");
      expect(answer.status).toBe(202);
      const { id } = (await answer.json()) as { id: string };
      expect(await world.prisma.event.count()).toBe(1);
      await world.settled(id);
      expect(world.requestsFor(id)).toHaveLength(1);
      await second.terminate();
    }),
  );

  it.concurrent(
    "C-04 before the request is written: delivered once after recovery",
    inWorld(async (world) => {
      await world.endpoint("/ok");
      const first = await world.start("before-send");
      await world.post(first).catch(() => undefined);
      await first.ended;
      const { id } = await world.onlyEvent();
      const second = await world.start();
      await world.settled(id);
      expect(world.requestsFor(id)).toHaveLength(1);
      await second.terminate();
    }),
  );

  it.concurrent(
    "C-06 after the 2xx, before it is stored: one duplicate with the same id and bytes, and the log says what happened",
    inWorld(async (world) => {
      await world.endpoint("/ok");
      const first = await world.start("after-send");
      await world.post(first).catch(() => undefined);
      await first.ended;
      const { id } = await world.onlyEvent();
      const second = await world.start();
      const row = await world.settled(id);
      const requests = world.requestsFor(id);
      expect(requests).toHaveLength(2);
      expect(new Set(requests.map((request) => request.sha256)).size).toBe(1);
      const attempts = await eventually(async () => {
        const rows = await world.prisma.attempt.findMany({
          where: { deliveryId: row.id },
          orderBy: { number: "asc" },
        });
        return rows.length === 2 ? rows : null;
      });
      expect(attempts.map((attempt) => [attempt.number, attempt.errorClass, attempt.succeeded])).toEqual([
        [1, "interrupted", false],
        [2, null, true],
      ]);
      await second.terminate();
    }),
  );

  it.concurrent(
    "C-03 C-07 while the retry is handed to the engine: it still happens, and not twice",
    inWorld(async (world) => {
      await world.endpoint("/flaky/1", { retry_policy: { delays_seconds: [0, 1] } });
      const first = await world.start("before-enqueue");
      await world.post(first).catch(() => undefined);
      await first.ended;
      const { id } = await world.onlyEvent();
      const second = await world.start();
      await world.settled(id);
      expect(world.requestsFor(id)).toHaveLength(2);
      await second.terminate();
    }),
  );

  it.concurrent(
    "C-05 C-01 at random moments under load: nothing acknowledged is lost, duplicates stay within what was in flight",
    inWorld(async (world) => {
      await world.endpoint("/ok", { max_concurrency: 20 });
      const acknowledged: string[] = [];
      let worker = await world.start();
      let producing = true;
      const produce = async () => {
        while (producing) {
          const answer = await world.post(worker).catch(() => null);
          if (answer?.status === 202) acknowledged.push(((await answer.json()) as { id: string }).id);
          else await new Promise((resolve) => setTimeout(resolve, 20));
        }
      };
      const producers = Array.from({ length: 8 }, produce);
      const kills = 5;
      try {
        for (let kill = 0; kill < kills; kill++) {
          const enough = acknowledged.length + 150 + Math.floor(Math.random() * 100);
          await eventually(async () => acknowledged.length >= enough, 90_000);
          await worker.kill();
          worker = await world.start();
        }
      } finally {
        producing = false;
        await Promise.all(producers);
      }
      expect(acknowledged.length).toBeGreaterThan(kills * 150);
      await eventually(
        async () =>
          (await world.prisma.delivery.count({
            where: { state: { not: "succeeded" } },
          })) === 0,
        TAKE_OVER_MS,
      );
      const counts = new Map<string, number>();
      for (const request of world.receiver.requests) {
        const id = headerOf(request, "webhook-id") ?? "";
        counts.set(id, (counts.get(id) ?? 0) + 1);
      }
      expect(acknowledged.filter((id) => !counts.has(id))).toEqual([]);
      const duplicates = acknowledged.reduce((sum, id) => sum + (counts.get(id) ?? 0) - 1, 0);
      // In flight at a kill: what was being sent, and what was answered but not yet recorded.
      expect(duplicates).toBeLessThanOrEqual(kills * (20 + 200));
      await worker.terminate();
    }),
  );

  it.concurrent(
    "C-08 SIGTERM with an attempt in flight: it finishes, is recorded, and nothing is sent twice",
    inWorld(async (world) => {
      await world.endpoint("/slow/3000", { timeout_ms: 10_000 });
      const worker = await world.start();
      const { id } = (await (await world.post(worker)).json()) as { id: string };
      await eventually(async () => world.receiver.heads.some((head) => headerOf(head, "webhook-id") === id));
      expect(await worker.terminate()).toBe(0);
      await world.settled(id);
      expect(world.requestsFor(id)).toHaveLength(1);
    }),
  );
});
