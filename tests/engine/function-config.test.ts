import type { InngestFunction } from "inngest";
import { describe, expect, test } from "vitest";
import { createClient } from "@/inngest/client";
import { readFunction } from "@/inngest/embedded/function-config";
import { retryScheduled } from "@/inngest/events";
import { createAlerts } from "@/inngest/functions/alerts";
import { createDeliver } from "@/inngest/functions/deliver";
import { createHealth } from "@/inngest/functions/health";
import { createRetention } from "@/inngest/functions/retention";
import { createSweep } from "@/inngest/functions/sweep";

const client = createClient("embedded", "app");
type Options = Parameters<typeof client.createFunction>[0];

function read(options: Omit<Options, "id">) {
  const fn: InngestFunction.Any = client.createFunction({ id: "fn", ...options }, async () => undefined);
  return readFunction(fn, "app");
}

const event = { event: "thing" };

describe("function options of the embedded executor", () => {
  const refused: [string, Omit<Options, "id">][] = [
    ["`cancelOn`", { triggers: [event], cancelOn: [{ event: "stop" }] }],
    ["`debounce`", { triggers: [event], debounce: { period: "1m" } }],
    ["`throttle`", { triggers: [event], throttle: { limit: 1, period: "1m" } }],
    ["`rateLimit`", { triggers: [event], rateLimit: { limit: 1, period: "1m" } }],
    ["`batchEvents`", { triggers: [event], batchEvents: { maxSize: 2, timeout: "1s" } }],
    ["`idempotency`", { triggers: [event], idempotency: "event.data.id" }],
    ["`priority`", { triggers: [event], priority: { run: "1" } }],
    ["`timeouts`", { triggers: [event], timeouts: { finish: "1m" } }],
    ["`singleton`", { triggers: [event], singleton: { mode: "skip" } }],
    ["`onFailure`", { triggers: [event], onFailure: async () => undefined }],
    ["`concurrency.key`", { triggers: [event], concurrency: { limit: 1, key: "event.data.id" } }],
    ["`concurrency.scope`", { triggers: [event], concurrency: { limit: 1, scope: "env" } }],
    ["more than one `concurrency`", { triggers: [event], concurrency: [{ limit: 1 }, { limit: 2 }] }],
    ["`concurrency` limit -1", { triggers: [event], concurrency: -1 }],
    ["`triggers.if`", { triggers: [{ event: "thing", if: "event.data.x == 1" }] }],
    ['the trigger "thing/*"', { triggers: [{ event: "thing/*" }] }],
    ['the trigger "inngest/function.failed"', { triggers: [{ event: "inngest/function.failed" }] }],
    ['the cron expression "every day"', { triggers: [{ cron: "every day" }] }],
    ['the cron expression "* * * * * *"', { triggers: [{ cron: "* * * * * *" }] }],
    ["no trigger", { triggers: [] }],
  ];

  test.each(refused)("%s stops start-up and is named", (what, options) => {
    expect(() => read(options)).toThrow(`Function "app-fn" uses ${what}`);
  });

  test("a cron's jitter stops start-up, although the SDK's types do not show it", () => {
    const trigger = Object.assign({ cron: "* * * * *" }, { jitter: "10s" });
    expect(() => read({ triggers: [trigger] })).toThrow("`triggers.jitter`");
  });

  test("what is supported is read", () => {
    expect(
      read({ triggers: [event, retryScheduled, { cron: "TZ=Europe/Rome 0 3 * * *" }], retries: 0 }),
    ).toMatchObject({
      id: "app-fn",
      events: new Set(["thing", "signpost/delivery.retry-scheduled"]),
      crons: [{ expression: "TZ=Europe/Rome 0 3 * * *" }],
      concurrency: undefined,
      maxAttempts: 1,
    });
    expect(read({ triggers: [event], concurrency: 3 })).toMatchObject({ concurrency: 3, maxAttempts: 4 });
    expect(read({ triggers: [event], concurrency: [{ limit: 5, scope: "fn" }] }).concurrency).toBe(5);
    expect(read({ triggers: [event], concurrency: 0 }).concurrency).toBeUndefined();
    const name = { name: "Thing", description: "about a thing", optimizeParallelism: false };
    expect(read({ triggers: [event], ...name }).id).toBe("app-fn");
  });

  test("a zoned cron fires in its zone", () => {
    const [cron] = read({ triggers: [{ cron: "TZ=Europe/Rome 0 3 * * *" }] }).crons;
    expect(cron?.schedule.nextRun(new Date("2026-07-01T00:00:00Z"))?.toISOString()).toBe(
      "2026-07-01T01:00:00.000Z",
    );
  });

  test("all functions of the product can be carried by the embedded executor", () => {
    const services = {
      loadDeliverySchedule: async () => ({ outcome: "settled" }) as const,
      attemptDelivery: async () => ({ outcome: "settled", state: "succeeded" }) as const,
    };
    const nothing = {
      eventsCleared: 0,
      deliveriesDeleted: 0,
      callbacksDeleted: 0,
      idempotencyKeysDeleted: 0,
    };
    const evaluation = { watched: 0, warned: 0, disabled: 0, recovered: 0, nothingGetsOut: false };
    const functions = [
      createDeliver(client, services),
      createSweep(client, async () => ({ claimed: 0 })),
      createRetention(client, async () => nothing),
      createHealth(client, async () => evaluation),
      createAlerts(client, async () => ({ announced: 0, composed: 0, sent: 0 })),
    ];
    expect(functions.map((fn) => readFunction(fn, "app").id)).toEqual([
      "app-deliver",
      "app-sweep",
      "app-retention",
      "app-health",
      "app-alerts",
    ]);
  });
});
