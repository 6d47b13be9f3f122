// What the functions may rely on, whichever engine runs them: the same tests run on the embedded executor and, when
// the environment names an Inngest server (INNGEST_BASE_URL or INNGEST_DEV), on that server too.
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { retryScheduledEvent } from "@/inngest/events";
import { engineMode } from "@/inngest/mode";
import { makeId } from "@/lib/domain/ids";
import { EngineApp, waitFor } from "@/tests/engine/support/engine-app";
import { createTestDatabase, type TestDatabase } from "@/tests/support/postgres";

const engines: ("embedded" | "inngest")[] =
  engineMode(process.env) === "inngest" ? ["embedded", "inngest"] : ["embedded"];

describe.each(engines)("functions on the %s engine", (engine) => {
  let database: TestDatabase;
  let app: EngineApp;
  const newKey = () => randomBytes(6).toString("hex");
  const newDelivery = () => makeId("delivery", Date.now(), randomBytes(10));
  const deliver = (deliveryId: string, attempt = 1) =>
    app.sendRaw([JSON.parse(JSON.stringify(retryScheduledEvent({ deliveryId, attempt })))]);

  beforeAll(async () => {
    database = await createTestDatabase();
    app = new EngineApp(engine, database.connectionString);
    await app.start();
  });

  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  test("each step's side effect happens once, and its result reaches the next step", async () => {
    const key = newKey();
    await app.send([{ name: "memo", key }]);
    const third = await app.effect("memo.third", key);
    expect(third.value).toBe(42);
    expect(app.effects("memo.first", key)).toHaveLength(1);
    expect(app.effects("memo.second", key)).toHaveLength(1);
    expect(app.effects("memo.body", key).length).toBeGreaterThan(1);
  });

  test("a sleeping run goes on after its time, and a time that has passed does not wait", async () => {
    const key = newKey();
    await app.send([{ name: "sleeper", key }]);
    const after = await app.effect("sleeper.after", key);
    const [before] = app.effects("sleeper.before", key);
    expect(after.at - (before?.at ?? 0)).toBeGreaterThanOrEqual(1_900);
    expect(app.effects("sleeper.before", key)).toHaveLength(1);
  });

  test("a failing step is called again, with its number of the attempt, until it succeeds", async () => {
    const key = newKey();
    await app.send([{ name: "flaky", key }]);
    expect((await app.effect("flaky.done", key, 60_000)).value).toBe(2);
    expect(app.effects("flaky.try", key).map((effect) => effect.value)).toEqual([0, 1, 2]);
  });

  test("a NonRetriableError is not tried again and can be caught", async () => {
    const key = newKey();
    await app.send([{ name: "fatal", key }]);
    expect((await app.effect("fatal.caught", key)).value).toBe("never");
    expect(app.effects("fatal.try", key)).toHaveLength(1);
  });

  test("retries end after the function's own limit", async () => {
    const key = newKey();
    await app.send([{ name: "exhausted", key }]);
    await app.effect("exhausted.gave-up", key);
    expect(app.effects("exhausted.try", key)).toHaveLength(2);
  });

  test("steps side by side each run once and join", async () => {
    const key = newKey();
    await app.send([{ name: "parallel", key }]);
    expect((await app.effect("parallel.joined", key)).value).toBe(3);
    expect(app.effects("parallel.left", key)).toHaveLength(1);
    expect(app.effects("parallel.right", key)).toHaveLength(1);
  });

  test("step.sendEvent starts the functions that listen", async () => {
    const key = newKey();
    await app.send([{ name: "sender", key }]);
    await app.effect("told", key);
    expect(app.effects("told", key)).toHaveLength(1);
  });

  test("C-19 an event id that was seen starts nothing again", async () => {
    const key = newKey();
    await app.send([{ id: `once-${key}`, name: "told", key }]);
    await app.effect("told", key);
    await app.send([{ id: `once-${key}`, name: "told", key }]);
    // The fence: an event sent later has been carried out, so the repeated one would have been too.
    const fence = newKey();
    await app.send([{ name: "sleeper", key: fence }]);
    await app.effect("sleeper.after", fence);
    expect(app.effects("told", key)).toHaveLength(1);
  });

  test("a concurrency limit holds while every run still gets its turn", async () => {
    const prefix = newKey();
    const keys = Array.from({ length: 7 }, (_, index) => `${prefix}-${index}`);
    await app.send(keys.map((key) => ({ name: "limited", key })));
    const mine = (name: string) => app.effects(name).filter((effect) => effect.key.startsWith(prefix));
    await waitFor("every limited run", () => mine("limited.end").length === keys.length);
    const marks = [
      ...mine("limited.begin").map((effect) => ({ at: effect.at, change: 1 })),
      ...mine("limited.end").map((effect) => ({ at: effect.at, change: -1 })),
    ].sort((a, b) => a.at - b.at || a.change - b.change);
    let running = 0;
    const peak = Math.max(
      ...marks.map(({ change }) => {
        running += change;
        return running;
      }),
    );
    expect(peak).toBeLessThanOrEqual(2);
    expect(new Set(mine("limited.begin").map((effect) => effect.key)).size).toBe(keys.length);
  });

  test("C-18 a process killed while its run sleeps: the run goes on in the next process, once", async () => {
    const key = newKey();
    await app.send([{ name: "sleeper", key }]);
    await app.effect("sleeper.tired", key);
    await app.kill();
    await app.start();
    await app.effect("sleeper.after", key, 60_000);
    expect(app.effects("sleeper.before", key)).toHaveLength(1);
    expect(app.effects("sleeper.after", key)).toHaveLength(1);
  }, 90_000);

  test("C-18 a process killed in the middle of a step: only that step runs again", async () => {
    const key = newKey();
    await app.send([{ name: "hold", key }]);
    await app.effect("hold.begin", key);
    await app.kill();
    app.release();
    await app.start();
    await app.effect("hold.later", key, 60_000);
    expect(app.effects("hold.earlier", key)).toHaveLength(1);
    expect(app.effects("hold.begin", key)).toHaveLength(2);
    expect(app.effects("hold.end", key)).toHaveLength(1);
  }, 90_000);

  test("deliver waits, attempts and loops until the delivery is settled", async () => {
    const id = newDelivery();
    const answers = [
      { outcome: "retry", in: 1_000 } as const,
      { outcome: "busy", in: 1_000 } as const,
      { outcome: "settled", state: "succeeded" } as const,
    ];
    app.script(id, { settled: false, dueIn: 1_000, answers });
    await deliver(id);
    const attempts = await waitFor("three attempts", () => {
      const seen = app.effects("delivery.attempt", id);
      return seen.length >= 3 && seen;
    });
    const times = [...app.effects("delivery.load", id), ...attempts].map((effect) => effect.at);
    for (const [index, at] of times.slice(1).entries()) {
      expect(at - (times[index] ?? 0)).toBeGreaterThanOrEqual(900);
    }
    expect(times).toHaveLength(4);
  });

  test("C-19 deliver makes no attempt for a delivery that a person settled while it waited", async () => {
    const settled = newDelivery();
    app.script(settled, { settled: true, dueIn: 0, answers: [] });
    await deliver(settled);
    const fence = newDelivery();
    app.script(fence, { settled: false, dueIn: 0, answers: [] });
    await deliver(fence);
    await app.effect("delivery.attempt", fence);
    await app.effect("delivery.load", settled);
    expect(app.effects("delivery.attempt", settled)).toHaveLength(0);
  });

  test("deliver survives a service that throws", async () => {
    const id = newDelivery();
    app.script(id, { settled: false, dueIn: 0, answers: [{ outcome: "throw" }, { outcome: "throw" }] });
    await deliver(id);
    await waitFor("three calls", () => app.effects("delivery.attempt", id).length === 3);
    expect(app.effects("delivery.load", id)).toHaveLength(1);
  });

  test("a cron function runs by itself", async () => {
    await app.effect("cron", "cron", 100_000);
  }, 120_000);
});
