// The embedded executor itself: several of them on one database, and what it does when runs end badly.
import { NonRetriableError } from "inngest";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { embeddedFetch } from "@/inngest/embedded/event-fetch";
import { currentEngineLink } from "@/inngest/embedded/link";
import { createEngineBench, type EngineBench } from "@/tests/engine/support/embedded";

const until = <T>(probe: () => T | Promise<T>) => vi.waitFor(probe, { timeout: 15_000, interval: 20 });

let bench: EngineBench;
beforeEach(async () => {
  bench = await createEngineBench();
});
afterEach(() => bench.close());

function keyOf(event: { data?: unknown }): string {
  return String((event.data as { key?: unknown } | undefined)?.key);
}

test("C-19 two executors on one database carry out each run once", async () => {
  const client = bench.newClient();
  const seen: string[] = [];
  const work = client.createFunction(
    { id: "work", triggers: [{ event: "work" }] },
    async ({ event, step }) => {
      await step.run("first", () => void seen.push(`first ${keyOf(event)}`));
      await step.run("second", () => void seen.push(`second ${keyOf(event)}`));
    },
  );
  const one = await bench.start(client, [work], { maxConcurrency: 5 });
  await bench.start(client, [work], { maxConcurrency: 5 });
  const keys = Array.from({ length: 60 }, (_, index) => String(index));
  await one.insertEvents(keys.map((key) => ({ name: "work", data: { key } })));
  await until(async () => {
    const runs = await bench.runs(work.id(client.id));
    expect(runs.every((run) => run.state === "completed")).toBe(true);
  });
  expect(seen.sort()).toEqual(keys.flatMap((key) => [`first ${key}`, `second ${key}`]).sort());
});

test("a concurrency limit counts the runs of all processes", async () => {
  const client = bench.newClient();
  let [running, peak, done] = [0, 0, 0];
  const limited = client.createFunction(
    { id: "limited", triggers: [{ event: "limited" }], concurrency: { limit: 3 } },
    async ({ step }) => {
      await step.run("work", async () => {
        running += 1;
        peak = Math.max(peak, running);
        await new Promise((resolve) => setTimeout(resolve, 20));
        running -= 1;
        done += 1;
      });
    },
  );
  const one = await bench.start(client, [limited]);
  await bench.start(client, [limited]);
  await one.insertEvents(Array.from({ length: 20 }, () => ({ name: "limited" })));
  await until(() => expect(done).toBe(20));
  expect(peak).toBe(3);
});

test("a cron slot fires once over all processes, missed slots are skipped, wiped tables fire nothing again", async () => {
  const client = bench.newClient();
  let now = Date.parse("2026-03-01T12:00:30Z");
  const slots: string[] = [];
  const fence = client.createFunction({ id: "fence", triggers: [{ event: "fence" }] }, async () => "through");
  const cron = client.createFunction(
    { id: "cron", triggers: [{ cron: "* * * * *" }] },
    async ({ event, step }) => {
      await step.run("tick", () => void slots.push(new Date(event.ts ?? 0).toISOString().slice(11, 16)));
    },
  );
  const clock = () => now;
  const one = await bench.start(client, [cron, fence], { clock });
  await bench.start(client, [cron, fence], { clock });
  const passFence = async () => {
    await one.insertEvents([{ name: "fence" }]);
    await until(async () => {
      const runs = await bench.runs(fence.id(client.id));
      expect(runs.length > 0 && runs.every((run) => run.state === "completed")).toBe(true);
    });
  };

  // The slot just before the start counts: work left by a crash must not wait a whole minute.
  await until(() => expect(slots).toEqual(["12:00"]));
  now = Date.parse("2026-03-01T12:01:00Z");
  await until(() => expect(slots).toEqual(["12:00", "12:01"]));
  now = Date.parse("2026-03-01T12:07:10Z");
  await until(() => expect(slots).toEqual(["12:00", "12:01", "12:07"]));
  await bench.pool.query("TRUNCATE engine_run, engine_step, engine_event, engine_cron");
  await passFence();
  expect(slots).toEqual(["12:00", "12:01", "12:07"]);
});

test("C-18 tables wiped in the middle of a step: the run is dropped quietly, later work runs", async () => {
  const client = bench.newClient();
  const seen: string[] = [];
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const work = client.createFunction(
    { id: "work", triggers: [{ event: "work" }] },
    async ({ event, step }) => {
      const key = keyOf(event);
      await step.run("first", async () => {
        if (key !== "lost") return;
        seen.push("lost first");
        await held;
      });
      await step.run("second", () => void seen.push(`${key} second`));
    },
  );
  const executor = await bench.start(client, [work]);
  await executor.insertEvents([{ id: "one", name: "work", data: { key: "lost" } }]);
  await until(() => expect(seen).toEqual(["lost first"]));
  await bench.pool.query("TRUNCATE engine_run, engine_step, engine_event, engine_cron");
  release();
  await until(() => expect(executor.activeRuns()).toBe(0));
  await executor.insertEvents([{ id: "one", name: "work", data: { key: "kept" } }]);
  await until(() => expect(seen).toEqual(["lost first", "kept second"]));
  expect(bench.errors).toEqual([]);
});

test("C-18 wiped tables while a run sleeps: nothing happens later", async () => {
  const client = bench.newClient();
  let now = Date.now();
  const seen: string[] = [];
  const nap = client.createFunction({ id: "nap", triggers: [{ event: "nap" }] }, async ({ event, step }) => {
    await step.sleep("nap", "1h");
    await step.run("woke", () => void seen.push(keyOf(event)));
  });
  const executor = await bench.start(client, [nap], { clock: () => now });
  const asleep = () =>
    until(async () => {
      const [run] = await bench.runs(nap.id(client.id));
      expect(run?.claimable_at.getTime()).toBeGreaterThan(now);
      expect(run?.leased).toBe(false);
    });
  await executor.insertEvents([{ name: "nap", data: { key: "lost" } }]);
  await asleep();
  await bench.pool.query("TRUNCATE engine_run, engine_step, engine_event, engine_cron");
  await executor.insertEvents([{ name: "nap", data: { key: "kept" } }]);
  await asleep();
  now += 3_600_000;
  await until(() => expect(seen).toEqual(["kept"]));
});

test("a function that throws outside a step is called again until its retries end", async () => {
  const client = bench.newClient();
  const attempts: number[] = [];
  const broken = client.createFunction(
    { id: "broken", triggers: [{ event: "broken" }], retries: 2 },
    async ({ attempt }) => {
      attempts.push(attempt);
      throw new Error("out of order");
    },
  );
  let finalCalls = 0;
  const final = client.createFunction(
    { id: "final", triggers: [{ event: "broken" }], retries: 2 },
    async () => {
      finalCalls += 1;
      throw new NonRetriableError("for good");
    },
  );
  const executor = await bench.start(client, [broken, final]);
  await executor.insertEvents([{ name: "broken" }]);
  await until(async () => {
    expect((await bench.runs(broken.id(client.id)))[0]?.state).toBe("failed");
    expect((await bench.runs(final.id(client.id)))[0]?.state).toBe("failed");
  });
  expect(attempts).toEqual([0, 1, 2]);
  expect(finalCalls).toBe(1);
  expect((await bench.runs(final.id(client.id)))[0]?.error?.message).toBe("for good");
});

test("a step kind that the executor does not know ends the run and says so", async () => {
  const client = bench.newClient();
  const waits = client.createFunction({ id: "waits", triggers: [{ event: "waits" }] }, async ({ step }) => {
    await step.waitForEvent("for-reply", { event: "reply", timeout: "1h" });
  });
  const executor = await bench.start(client, [waits]);
  await executor.insertEvents([{ name: "waits" }]);
  await until(async () => {
    const [run] = await bench.runs(waits.id(client.id));
    expect(run?.error?.message).toContain('step "for-reply" (WaitForEvent)');
  });
});

test("a run that costs process after process is given up", async () => {
  const client = bench.newClient();
  const seen: string[] = [];
  const poison = client.createFunction(
    { id: "poison", triggers: [{ event: "poison" }] },
    async ({ step }) => {
      await step.run("work", () => void seen.push("ran"));
    },
  );
  const executor = await bench.start(client, [poison], { pollMs: 60_000 });
  await executor.stop();
  await bench.pool.query(
    `INSERT INTO engine_run (id, function_id, event, leased, lost_leases, claimable_at, created_at)
     VALUES (gen_random_uuid(), $1, '{"name":"poison","data":{}}', true, 20, now() - interval '1 s', now())`,
    [poison.id(client.id)],
  );
  await bench.start(client, [poison]);
  await until(async () => expect((await bench.runs(poison.id(client.id)))[0]?.state).toBe("failed"));
  expect(seen).toEqual([]);
});

test("stop lets the step under way finish and gives the run back at once", async () => {
  const client = bench.newClient();
  const seen: string[] = [];
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const work = client.createFunction({ id: "work", triggers: [{ event: "work" }] }, async ({ step }) => {
    await step.run("first", async () => {
      seen.push("first begins");
      await held;
      seen.push("first ends");
    });
    await step.run("second", () => void seen.push("second"));
  });
  const executor = await bench.start(client, [work]);
  await executor.insertEvents([{ name: "work" }]);
  await until(() => expect(seen).toEqual(["first begins"]));
  const stopped = executor.stop();
  release();
  await stopped;
  expect(seen).toEqual(["first begins", "first ends"]);
  expect((await bench.runs(work.id(client.id)))[0]).toMatchObject({ state: "open", leased: false });
  await bench.start(client, [work]);
  await until(() => expect(seen).toEqual(["first begins", "first ends", "second"]));
});

test("start-up stops at a function with an option that the executor does not have", async () => {
  const client = bench.newClient();
  const fn = client.createFunction(
    { id: "slow", triggers: [{ event: "slow" }], debounce: { period: "1m" } },
    async () => undefined,
  );
  await expect(bench.start(client, [fn])).rejects.toThrow(/Function "bench-\w+-slow" uses `debounce`/);
  expect(currentEngineLink()).toBeUndefined();
});

test("the client's events reach the executor of the process; without one they are refused", async () => {
  const post = () =>
    embeddedFetch("http://engine.invalid/e/embedded", {
      method: "POST",
      body: '[{"name":"told","data":{}}]',
    });
  expect((await post()).status).toBe(503);
  const client = bench.newClient();
  const told = client.createFunction({ id: "told", triggers: [{ event: "told" }] }, async () => "heard");
  await bench.start(client, [told]);
  expect((await post()).status).toBe(200);
  await client.send({ name: "told", data: {} });
  await until(async () => {
    const runs = await bench.runs(told.id(client.id));
    expect(runs.map((run) => run.output)).toEqual(["heard", "heard"]);
  });
  expect((await embeddedFetch("http://engine.invalid/v1/anything")).status).toBe(404);
  // Next's bundle has its own copy of the modules and must find the same executor.
  vi.resetModules();
  const copy = await import("@/inngest/embedded/link");
  expect(copy.currentEngineLink()).toBe(currentEngineLink());
});
