// The decisions that the functions take themselves: when a run leaves a delivery to others, when it goes on in a new
// run, and how long a sweep keeps going.
import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { retryScheduledEvent } from "@/inngest/events";
import { createDeliver, type DeliverServices } from "@/inngest/functions/deliver";
import { createSweep } from "@/inngest/functions/sweep";
import { makeId } from "@/lib/domain/ids";
import { createEngineBench, type EngineBench } from "@/tests/engine/support/embedded";

type Attempt = Awaited<ReturnType<DeliverServices["attemptDelivery"]>>;

const PAST = "2026-01-01T00:00:00.000Z";
const retry: Attempt = { outcome: "retry", nextAttemptAt: PAST };
const notDue: Attempt = { outcome: "not_due", nextAttemptAt: PAST };
const busy: Attempt = { outcome: "busy", retryAt: PAST };
const settled: Attempt = { outcome: "settled", state: "succeeded" };

let bench: EngineBench;
beforeEach(async () => {
  bench = await createEngineBench();
});
afterEach(() => bench.close());

/** Runs `deliver` for one delivery whose attempts answer in this order; gives the outputs of all its runs. */
async function deliver(answers: Attempt[]) {
  const client = bench.newClient();
  const calls: string[] = [];
  const fn = createDeliver(client, {
    loadDeliverySchedule: async () => ({ outcome: "waiting", nextAttemptAt: PAST }),
    attemptDelivery: async ({ deliveryId }) => {
      calls.push(deliveryId);
      return answers.shift() ?? settled;
    },
  });
  await bench.start(client, [fn]);
  const deliveryId = makeId("delivery", Date.now(), randomBytes(10));
  await client.send(retryScheduledEvent({ deliveryId, attempt: 2 }));
  const runs = await vi.waitFor(
    async () => {
      const found = await bench.runs(fn.id(client.id));
      expect(found.length > 0 && found.every((run) => run.state !== "open")).toBe(true);
      return found;
    },
    { timeout: 25_000, interval: 20 },
  );
  return { outputs: runs.map((run) => run.output), calls: calls.length };
}

test("C-19 a run that finds the attempt made by others three times in a row leaves the delivery to them", async () => {
  const answers = [notDue, notDue, retry, notDue, notDue, notDue, settled];
  expect(await deliver(answers)).toEqual({ outputs: [{ outcome: "carried_elsewhere" }], calls: 6 });
});

test("a run that meets another one's lease keeps waiting for the delivery", async () => {
  const { outputs, calls } = await deliver([busy, busy, busy, busy, retry]);
  expect(outputs).toEqual([settled]);
  expect(calls).toBe(6);
});

test("a long schedule goes on in a new run after 100 attempts", async () => {
  const { outputs, calls } = await deliver(Array.from({ length: 101 }, () => retry));
  expect(outputs).toEqual([{ outcome: "continued" }, settled]);
  expect(calls).toBe(102);
});

test("C-17 a sweep goes on at once while it finds work, in at most 20 rounds", async () => {
  const client = bench.newClient();
  let backlog = 3;
  const sweep = createSweep(client, async () => ({ claimed: backlog-- > 0 ? 100 : 0 }));
  let now = Date.parse("2026-03-01T12:00:30Z");
  await bench.start(client, [sweep], { clock: () => now });
  const outputs = (count: number) =>
    vi.waitFor(
      async () => {
        const runs = await bench.runs(sweep.id(client.id));
        expect(runs.filter((run) => run.state === "completed")).toHaveLength(count);
        return runs.map((run) => run.output);
      },
      { timeout: 20_000, interval: 20 },
    );
  expect(await outputs(1)).toEqual([{ claimed: 300 }]);
  backlog = 1_000;
  now += 60_000;
  expect(await outputs(2)).toEqual([{ claimed: 300 }, { claimed: 2_000 }]);
});
