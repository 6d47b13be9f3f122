// Owns the small functions that the behavioural suite runs on every engine. Whatever they do is appended to a file,
// so that side effects can be counted across killed processes.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { NonRetriableError, RetryAfterError } from "inngest";
import type { EngineClient } from "@/inngest/client";
import { createDeliver, type DeliverServices } from "@/inngest/functions/deliver";

export type Effect = { name: string; key: string; value?: unknown; at: number };

/** What the double of `attemptDelivery` answers, call by call; `in` is milliseconds from the call. */
export type ScriptedAnswer =
  | { outcome: "settled"; state: string }
  | { outcome: "retry" | "not_due" | "busy"; in: number }
  | { outcome: "throw" };

export type DeliveryScript = { settled: boolean; dueIn: number; answers: ScriptedAnswer[] };

function deliverDoubles(folder: string, record: (name: string, key: string) => void): DeliverServices {
  const file = (deliveryId: string) => path.join(folder, `${deliveryId}.json`);
  const read = (deliveryId: string): DeliveryScript => JSON.parse(readFileSync(file(deliveryId), "utf8"));
  const at = (ms: number) => new Date(Date.now() + ms).toISOString();
  return {
    async loadDeliverySchedule({ deliveryId }) {
      record("delivery.load", deliveryId);
      const script = read(deliveryId);
      return script.settled
        ? { outcome: "settled" }
        : { outcome: "waiting", nextAttemptAt: at(script.dueIn) };
    },
    async attemptDelivery({ deliveryId }) {
      record("delivery.attempt", deliveryId);
      const script = read(deliveryId);
      const answer = script.answers.shift() ?? { outcome: "settled", state: "succeeded" };
      writeFileSync(file(deliveryId), JSON.stringify(script));
      if (answer.outcome === "throw") throw new RetryAfterError("the database is away", "1s");
      if (answer.outcome === "settled") return answer;
      if (answer.outcome === "busy") return { outcome: "busy", retryAt: at(answer.in) };
      return { outcome: answer.outcome, nextAttemptAt: at(answer.in) };
    },
  };
}

/** Appends what happened to the folder's file. */
export function createRecord(folder: string) {
  return (name: string, key: string, value?: unknown) => {
    const effect: Effect = { name, key, value, at: Date.now() };
    appendFileSync(path.join(folder, "effects.jsonl"), `${JSON.stringify(effect)}\n`);
  };
}

/** The functions of one test app; events are named `<app>/<function>` and carry `{key}`. */
export function createTestFunctions(client: EngineClient, folder: string) {
  const record = createRecord(folder);
  const on = (name: string) => ({ id: name, triggers: [{ event: `${client.id}/${name}` }] });
  const keyOf = (event: { data?: unknown }) => String((event.data as { key?: unknown } | undefined)?.key);

  return [
    client.createFunction(on("memo"), async ({ event, step }) => {
      const key = keyOf(event);
      record("memo.body", key);
      const first = await step.run("first", () => {
        record("memo.first", key);
        return { value: 20 };
      });
      const second = await step.run("second", () => {
        record("memo.second", key);
        return first.value + 1;
      });
      await step.run("third", () => record("memo.third", key, second * 2));
    }),
    // A server that cannot reach the app counts its calls as failed: killed apps need more retries than the default.
    client.createFunction({ ...on("sleeper"), retries: 20 }, async ({ event, step }) => {
      const key = keyOf(event);
      await step.run("before", () => record("sleeper.before", key));
      // Once this has happened, the engine has recorded the step before it.
      await step.run("tired", () => record("sleeper.tired", key));
      await step.sleep("nap", "2s");
      await step.sleepUntil("long-ago", new Date(0));
      await step.run("after", () => record("sleeper.after", key));
    }),
    client.createFunction({ ...on("flaky"), retries: 3 }, async ({ event, step, attempt }) => {
      const key = keyOf(event);
      const won = await step.run("flaky", () => {
        record("flaky.try", key, attempt);
        if (attempt < 1) throw new RetryAfterError("not yet", "1s");
        if (attempt < 2) throw new Error("not yet, and no word on when");
        return attempt;
      });
      await step.run("done", () => record("flaky.done", key, won));
    }),
    client.createFunction({ ...on("fatal"), retries: 3 }, async ({ event, step }) => {
      const key = keyOf(event);
      try {
        await step.run("fatal", () => {
          record("fatal.try", key);
          throw new NonRetriableError("never");
        });
      } catch (error) {
        await step.run("caught", () => record("fatal.caught", key, error instanceof Error && error.message));
      }
    }),
    client.createFunction({ ...on("exhausted"), retries: 1 }, async ({ event, step }) => {
      const key = keyOf(event);
      const work = step.run("work", () => {
        record("exhausted.try", key);
        throw new RetryAfterError("still not", "1s");
      });
      await work.catch(() => step.run("gave-up", () => record("exhausted.gave-up", key)));
    }),
    client.createFunction(on("parallel"), async ({ event, step }) => {
      const key = keyOf(event);
      const [left, right] = await Promise.all([
        step.run("left", () => record("parallel.left", key) ?? 1),
        step.run("right", () => record("parallel.right", key) ?? 2),
        step.sleep("nap", "1s"),
      ]);
      await step.run("joined", () => record("parallel.joined", key, left + right));
    }),
    client.createFunction(on("sender"), async ({ event, step }) => {
      await step.sendEvent("tell", { name: `${client.id}/told`, data: { key: keyOf(event) } });
    }),
    client.createFunction(on("told"), async ({ event, step }) => {
      await step.run("hear", () => record("told", keyOf(event)));
    }),
    client.createFunction({ ...on("limited"), concurrency: { limit: 2 } }, async ({ event, step }) => {
      await step.run("work", async () => {
        record("limited.begin", keyOf(event));
        await delay(150);
        record("limited.end", keyOf(event));
      });
    }),
    client.createFunction({ ...on("hold"), retries: 20 }, async ({ event, step }) => {
      const key = keyOf(event);
      await step.run("earlier", () => record("hold.earlier", key));
      await step.run("hold", async () => {
        record("hold.begin", key);
        // Until the test allows it, the step hangs: the process is killed in the middle of it.
        if (!existsSync(path.join(folder, "release"))) await new Promise(() => undefined);
        record("hold.end", key);
      });
      await step.run("later", () => record("hold.later", key));
    }),
    client.createFunction({ id: "cron", triggers: [{ cron: "* * * * *" }] }, async ({ step }) => {
      await step.run("tick", () => record("cron", "cron"));
    }),
    createDeliver(client, deliverDoubles(folder, record)),
  ];
}
