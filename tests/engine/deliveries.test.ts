// The product's own functions on the embedded engine, with real services, a real receiver and PostgreSQL: whatever
// happens to the engine, the deliveries' rows decide.
import pg from "pg";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createClient, type EngineClient } from "@/inngest/client";
import { type EmbeddedExecutor, startEmbeddedExecutor } from "@/inngest/embedded/executor";
import { retryScheduled } from "@/inngest/events";
import { createDeliver } from "@/inngest/functions/deliver";
import { createSweep } from "@/inngest/functions/sweep";
import { createEnqueueRetries } from "@/lib/server/jobs";
import { setRuntime } from "@/lib/server/runtime";
import { attemptDelivery } from "@/lib/server/services/attempt-delivery";
import { cancelDelivery } from "@/lib/server/services/cancel-delivery";
import { loadDeliverySchedule } from "@/lib/server/services/load-delivery-schedule";
import { sweepDeliveries } from "@/lib/server/services/sweep-deliveries";
import { createWorld, eventually, type World } from "@/tests/support/world";

const ENGINE_TABLES = "engine_run, engine_step, engine_event, engine_cron";

let world: World;
let pool: pg.Pool;
let client: EngineClient;
let executors: EmbeddedExecutor[];
/** Milliseconds that the engine's clock is ahead of the real one. */
let ahead: number;

async function startEngine() {
  const services = { attemptDelivery, loadDeliverySchedule };
  const functions = [createDeliver(client, services), createSweep(client, sweepDeliveries)];
  const logger = pino({ level: "silent" });
  const executor = await startEmbeddedExecutor({
    pool,
    client,
    functions,
    logger,
    pollMs: 25,
    clock: () => Date.now() + ahead,
  });
  executors.push(executor);
  return executor;
}

beforeEach(async () => {
  client = createClient("embedded", "signpost");
  world = await createWorld({
    inlineAttempts: true,
    enqueueRetries: createEnqueueRetries((events) => client.send(events), Date.now),
  });
  setRuntime({ ...world.ctx, stop: async () => undefined });
  pool = new pg.Pool({ connectionString: world.connectionString, max: 4 });
  executors = [];
  ahead = 0;
});

afterEach(async () => {
  await Promise.all(executors.map((executor) => executor.stop(2_000)));
  await pool.end();
  setRuntime(null);
  await world.close();
});

async function deliverRuns() {
  const { rows } = await pool.query<{ state: string; leased: boolean; output: unknown }>(
    "SELECT state, leased, output FROM engine_run WHERE function_id = 'signpost-deliver'",
  );
  return rows;
}

const numbers = (delivery: { attempts: { number: number; response: { status: number } | null }[] }) =>
  delivery.attempts.map((attempt) => [attempt.number, attempt.response?.status]);

describe("retries carried by the embedded engine", () => {
  test("R-01 a delivery that fails twice arrives, one attempt for each due time", async () => {
    await startEngine();
    await world.endpoint("/flaky/2", { retry_policy: { delays_seconds: [0, 1, 1] } });
    const { id } = await world.send("order.paid");
    const delivery = await world.waitForDelivery(id, (row) => row.state === "succeeded");
    expect(numbers(delivery)).toEqual([
      [1, 503],
      [2, 503],
      [3, 200],
    ]);
    await eventually(async () => (await deliverRuns())[0]?.state === "completed");
    expect(await deliverRuns()).toMatchObject([{ output: { outcome: "settled", state: "succeeded" } }]);
  });

  test("C-19 the same delivery announced many times at once is attempted once for each due time", async () => {
    const engine = await startEngine();
    await startEngine();
    await world.endpoint("/flaky/2", { retry_policy: { delays_seconds: [0, 1, 1] } });
    const { id } = await world.send("order.paid");
    const { id: deliveryId } = await world.waitForDelivery(id, (row) => row.step === 1);
    const data = { deliveryId, attempt: 2 };
    await engine.insertEvents(Array.from({ length: 8 }, () => ({ name: retryScheduled.name, data })));
    const delivery = await world.waitForDelivery(id, (row) => row.state === "succeeded");
    // Runs that met another one's lease wait for its end, and must then find that nothing is left to do.
    ahead = 600_000;
    await eventually(async () => (await deliverRuns()).every((run) => run.state === "completed"));
    expect(await deliverRuns()).toHaveLength(9);
    expect(numbers(delivery)).toEqual([
      [1, 503],
      [2, 503],
      [3, 200],
    ]);
    expect(world.receiver.requests).toHaveLength(3);
  });

  test("C-18 an engine that lost everything while a delivery waited: the sweep brings it in", async () => {
    const engine = await startEngine();
    await world.endpoint("/flaky/1", { retry_policy: { delays_seconds: [0, 3_600] } });
    const { id } = await world.send("order.paid");
    const { id: deliveryId } = await world.waitForDelivery(id, (row) => row.step === 1);
    await eventually(async () => (await deliverRuns())[0]?.leased === false);
    await engine.stop();
    await pool.query(`TRUNCATE ${ENGINE_TABLES}`);
    // An hour passes.
    await pool.query(
      "UPDATE delivery SET next_attempt_at = now() - interval '1 s', claimable_at = now() - interval '1 s' WHERE id = $1",
      [deliveryId],
    );
    await startEngine();
    const delivery = await world.waitForDelivery(id, (row) => row.state === "succeeded");
    expect(numbers(delivery)).toEqual([
      [1, 503],
      [2, 200],
    ]);
    expect(await deliverRuns()).toEqual([]);
  });

  test("C-17 no engine at all: accepting goes on, and after its return everything due is delivered", async () => {
    await world.endpoint("/flaky/1", { retry_policy: { delays_seconds: [0, 3_600] } });
    const sent = await Promise.all(Array.from({ length: 6 }, () => world.send("order.paid")));
    for (const { id } of sent) await world.waitForDelivery(id, (row) => row.step === 1);
    await pool.query(
      "UPDATE delivery SET next_attempt_at = now() - interval '1 s', claimable_at = now() - interval '1 s'",
    );
    await startEngine();
    for (const { id } of sent) await world.waitForDelivery(id, (row) => row.state === "succeeded");
    expect(world.receiver.requests).toHaveLength(12);
  });

  test("a delivery that a person cancels while its run sleeps is not attempted again, and the run ends", async () => {
    await startEngine();
    await world.endpoint("/status/503", { retry_policy: { delays_seconds: [0, 2, 2] } });
    const { id } = await world.send("order.paid");
    const { id: deliveryId } = await world.waitForDelivery(id, (row) => row.step === 1);
    await eventually(async () => (await deliverRuns())[0]?.leased === false);
    expect(await cancelDelivery(world.ctx, world.actor, deliveryId)).toMatchObject({ outcome: "cancelled" });
    await eventually(async () => (await deliverRuns())[0]?.state === "completed");
    expect(await deliverRuns()).toMatchObject([{ output: { outcome: "settled" } }]);
    expect(world.receiver.requests).toHaveLength(1);
  });
});
