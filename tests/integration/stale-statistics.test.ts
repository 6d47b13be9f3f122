// A backlog that came in after the last ANALYZE: what is looked up by its id must be read by its id, or a drain of tens of
// thousands of deliveries walks over all of them for each group.
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "@/lib/server/db/connect";
import { claimDue, claimOne, releaseLeases } from "@/lib/server/repositories/hot-path/lease-statements";
import { recordAttempts } from "@/lib/server/repositories/hot-path/record-statement";
import { failedAttempt } from "../support/attempt-record";
import { createTestContext, type TestContext } from "../support/context";
import { seedEndpoint } from "../support/delivery-rows";

const BACKLOG = 3_000;
const GROUP = 20;

let test: TestContext;
let database: ReturnType<typeof openDatabase>;
/** One connection with the hot path's settings, so that counts within a transaction are those of the statements run. */
let client: pg.PoolClient;

beforeAll(async () => {
  test = await createTestContext({ inlineAttempts: false });
  database = openDatabase({ connectionString: test.connectionString, onError: () => undefined });
  const id = await seedEndpoint(test.ctx, test.owner().environmentId, { state: "paused" });
  client = await database.hot.connect();
  await client.query("ALTER TABLE delivery SET (autovacuum_enabled = false)");
  const fill = (from: number, state: string) =>
    client.query(
      `INSERT INTO delivery (id, environment_id, event_id, endpoint_id, event_type, trigger, state, next_attempt_at, claimable_at)
       SELECT 'dlv_' || n, $1, 'evt_' || n, $2, 'x', 'event', $3, now() - interval '1 s', now() - interval '1 s'
       FROM generate_series($4::integer, $5::integer) n`,
      [test.owner().environmentId, id, state, from, from + BACKLOG - 1],
    );
  await fill(0, "succeeded");
  await client.query("ANALYZE delivery");
  await fill(BACKLOG, "pending");
});

afterAll(async () => {
  client.release();
  await database.close();
  await test.close();
});

/** Index entries of pending deliveries that `work` walked over. What it did is undone. */
async function pendingRead(work: (hot: pg.Pool) => Promise<unknown>): Promise<number> {
  await client.query("BEGIN");
  const count = async () => {
    const { rows } = await client.query<{ n: string }>(
      "SELECT pg_stat_get_xact_tuples_returned('delivery_claimable_idx'::regclass) AS n",
    );
    return Number(rows[0]?.n);
  };
  const before = await count();
  await work(client as unknown as pg.Pool);
  const after = await count();
  await client.query("ROLLBACK");
  return after - before;
}

describe("statements of the hot path while the statistics know of no backlog", () => {
  it("claiming walks over no more than it takes", async () => {
    expect(await pendingRead((hot) => claimDue(hot, GROUP, []))).toBeLessThan(GROUP * 3);
  });

  it("one delivery is taken by its id", async () => {
    expect(await pendingRead((hot) => claimOne(hot, `dlv_${BACKLOG + 7}`, true))).toBe(0);
  });

  it("attempts are recorded and leases given back by id", async () => {
    await client.query(
      "UPDATE delivery SET lease_until = now() + interval '1 min', lease_token = 1 WHERE state = 'pending'",
    );
    const ids = Array.from({ length: GROUP }, (_, index) => `dlv_${BACKLOG + index}`);
    const records = ids.map((deliveryId) => failedAttempt({ deliveryId, leaseToken: 1n }));
    expect(await pendingRead((hot) => recordAttempts(hot, records))).toBe(0);
    const leases = ids.map((deliveryId) => ({ deliveryId, leaseToken: 1n, delayMs: 0, reason: null }));
    expect(
      await pendingRead((hot) =>
        releaseLeases(
          hot,
          leases.map((lease) => ({ ...lease, state: "pending" as const })),
        ),
      ),
    ).toBe(0);
  });
});
