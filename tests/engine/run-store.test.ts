// The statements that keep two owners of one run apart, and the ones that forget what is old.
import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fireCronSlot, insertEvents, prune } from "@/inngest/embedded/event-store";
import type { EngineFunction } from "@/inngest/embedded/function-config";
import {
  claimRuns,
  finishRun,
  nextDueTimes,
  renewLeases,
  restRun,
  saveSteps,
} from "@/inngest/embedded/run-store";
import { createTestDatabase, type TestDatabase } from "@/tests/support/postgres";

const NOW = Date.parse("2026-03-01T12:00:00Z");
const HOUR = 3_600_000;
const fn: EngineFunction = {
  id: "app-work",
  events: new Set(["work"]),
  crons: [],
  concurrency: undefined,
  maxAttempts: 4,
};
const step = {
  id: "a".repeat(40),
  name: "first",
  state: "completed",
  attempt: 0,
  dueAt: null,
  data: { text: "nul \u0000 and ü" },
  error: undefined,
  finishedOrder: 0,
} as const;

let database: TestDatabase;
let pool: pg.Pool;
beforeEach(async () => {
  database = await createTestDatabase();
  pool = new pg.Pool({ connectionString: database.connectionString, max: 4 });
});
afterEach(async () => {
  await pool.end();
  await database.drop();
});

const count = async (table: string) =>
  (await pool.query(`SELECT count(*)::int AS n FROM ${table}`)).rows[0].n;
const claim = (nowMs: number, leaseMs = 1_000) => claimRuns(pool, fn, { room: 10, nowMs, leaseMs });

test("C-19 whoever lost the lease can write nothing any more", async () => {
  await insertEvents(pool, [fn], [{ name: "work" }], NOW);
  const [first] = await claim(NOW);
  expect(await claim(NOW + 999)).toEqual([]);
  const [second] = await claim(NOW + 1_000);
  if (first === undefined || second === undefined) throw new Error("nothing was claimed");
  expect(second.lostLeases).toBe(1);

  expect(await saveSteps(pool, first, [step])).toBe(false);
  expect(await restRun(pool, first, { dueMs: NOW, attempt: 0 })).toBe(false);
  expect(await finishRun(pool, first, { state: "completed", output: 1 }, NOW)).toBe(false);
  expect(await count("engine_step")).toBe(0);

  expect(await saveSteps(pool, second, [step])).toBe(true);
  expect((await pool.query("SELECT data FROM engine_step")).rows[0].data).toEqual(step.data);
  expect(await finishRun(pool, second, { state: "completed", output: 1 }, NOW)).toBe(true);
  expect(await saveSteps(pool, second, [step])).toBe(false);
});

test("a renewed lease keeps the run, and a run at rest comes back at its time", async () => {
  await insertEvents(pool, [fn], [{ name: "work" }], NOW);
  const [run] = await claim(NOW);
  if (run === undefined) throw new Error("nothing was claimed");
  await renewLeases(pool, [run], NOW + 5_000);
  expect(await claim(NOW + 4_999)).toEqual([]);
  await restRun(pool, run, { dueMs: NOW + HOUR, attempt: 2 });
  expect(await nextDueTimes(pool, [fn.id, "app-other"])).toEqual(new Map([[fn.id, NOW + HOUR]]));
  expect(await claim(NOW + HOUR - 1)).toEqual([]);
  expect(await claim(NOW + HOUR)).toMatchObject([{ id: run.id, attempt: 2, lostLeases: 0 }]);
});

test("a claim leaves room for no more runs than the function's limit", async () => {
  await insertEvents(
    pool,
    [fn],
    Array.from({ length: 9 }, () => ({ name: "work" })),
    NOW,
  );
  const limited = { ...fn, concurrency: 4 };
  const input = { room: 9, nowMs: NOW, leaseMs: 1_000 };
  // Another process is in the middle of claiming the whole limit.
  const other = await pool.connect();
  await other.query("BEGIN");
  await other.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 20261120))", [fn.id]);
  await other.query(
    `UPDATE engine_run SET leased = true, claimable_at = $1
     WHERE id IN (SELECT id FROM engine_run ORDER BY id LIMIT 4)`,
    [new Date(NOW + 1_000)],
  );
  let claimed = false;
  const claiming = claimRuns(pool, limited, input).finally(() => {
    claimed = true;
  });
  await vi.waitFor(async () => {
    const waiting = await count("pg_locks WHERE locktype = 'advisory' AND NOT granted");
    expect(waiting === 1 || claimed).toBe(true);
  });
  await other.query("COMMIT");
  other.release();
  expect(await claiming).toEqual([]);
  // Leases that ended without being given back no longer take a place.
  expect(await claimRuns(pool, limited, { ...input, nowMs: NOW + 1_000 })).toHaveLength(4);
  expect(await claimRuns(pool, fn, { ...input, nowMs: NOW + 1_000 })).toHaveLength(5);
});

test("an event id starts one run for each function within 24 hours, also inside one batch", async () => {
  const other = { ...fn, id: "app-other" };
  const event = { id: "evt-1", name: "work" };
  const { ids } = await insertEvents(
    pool,
    [fn, other],
    [event, event, { id: "evt-2", name: "unheard" }],
    NOW,
  );
  expect(ids).toEqual(["evt-1", "evt-1", "evt-2"]);
  expect(await count("engine_run")).toBe(2);
  await insertEvents(pool, [fn, other], [event], NOW + 24 * HOUR - 1);
  expect(await count("engine_run")).toBe(2);
  await insertEvents(pool, [fn, other], [event], NOW + 24 * HOUR);
  expect(await count("engine_run")).toBe(4);
});

test("a cron slot is fired by one of many", async () => {
  const slot = { functionId: fn.id, expression: "* * * * *", at: new Date(NOW) };
  const fired = await Promise.all(Array.from({ length: 4 }, () => fireCronSlot(pool, slot, NOW)));
  expect(fired.filter(Boolean)).toHaveLength(1);
  expect(await count("engine_run")).toBe(1);
});

test("pruning removes finished runs with their steps and forgotten ids, and keeps open runs however old", async () => {
  await insertEvents(
    pool,
    [fn],
    [
      { id: "evt-1", name: "work" },
      { id: "evt-2", name: "work" },
    ],
    NOW,
  );
  await fireCronSlot(pool, { functionId: "app-cron", expression: "* * * * *", at: new Date(NOW) }, NOW);
  const [done] = await claim(NOW);
  if (done === undefined) throw new Error("nothing was claimed");
  await saveSteps(pool, done, [step, { ...step, id: randomUUID(), finishedOrder: 1 }]);
  await finishRun(pool, done, { state: "completed", output: null }, NOW);

  await prune(pool, NOW + HOUR - 1, HOUR);
  expect([await count("engine_run"), await count("engine_step"), await count("engine_event")]).toEqual([
    3, 2, 2,
  ]);
  await prune(pool, NOW + HOUR, HOUR);
  expect([await count("engine_run"), await count("engine_step"), await count("engine_event")]).toEqual([
    2, 0, 2,
  ]);
  await prune(pool, NOW + 24 * HOUR, HOUR);
  expect([await count("engine_run"), await count("engine_event"), await count("engine_cron")]).toEqual([
    2, 0, 0,
  ]);
});
