// Owns the rows of open runs: claiming them under a lease, and writing results that only the holder of the newest
// lease may write. `claimable_at` is the due time of a run at rest and the end of the lease of a run being executed.
import type { Pool } from "pg";
import type { EngineFunction } from "@/inngest/embedded/function-config";

export type ClaimedRun = {
  id: string;
  event: unknown;
  /** Failed calls of the function itself (not of a step) since it last got further. */
  attempt: number;
  /** How often in a row a process died, or hung past its lease, while it executed this run. */
  lostLeases: number;
  /** Fences the writes of this claim: a later claim of the same run makes them fail. */
  token: string;
};

export type StepRow = {
  /** The SDK's hashed step id. */
  id: string;
  name: string;
  state: "planned" | "sleeping" | "completed" | "failed";
  attempt: number;
  dueAt: number | null;
  data: unknown;
  error: unknown;
  /** Position among the finished steps of the run: the SDK replays them in this order. */
  finishedOrder: number | null;
};

export type LeaseHolder = Pick<ClaimedRun, "id" | "token">;

// $5 is the concurrency limit or null; leases that ended no longer count.
const CLAIM = `
WITH picked AS (
  SELECT id FROM engine_run
  WHERE state = 'open' AND function_id = $1 AND claimable_at <= $2
  ORDER BY claimable_at
  LIMIT CASE WHEN $5::int IS NULL THEN $4::int ELSE greatest(0, least($4::int, $5::int - (
    SELECT count(*)::int FROM engine_run WHERE leased AND function_id = $1 AND claimable_at > $2
  ))) END
  FOR UPDATE SKIP LOCKED
)
UPDATE engine_run AS run
SET leased = true, lease_token = run.lease_token + 1, claimable_at = $3,
    lost_leases = run.lost_leases + (CASE WHEN run.leased THEN 1 ELSE 0 END)
FROM picked WHERE run.id = picked.id
RETURNING run.id, run.event, run.attempt, run.lost_leases AS "lostLeases", run.lease_token::text AS token`;

/** Leases up to `room` due runs of `fn`, never more than its concurrency limit leaves over all processes. */
export async function claimRuns(
  pool: Pool,
  fn: EngineFunction,
  input: { room: number; nowMs: number; leaseMs: number },
): Promise<ClaimedRun[]> {
  const parameters = [
    fn.id,
    new Date(input.nowMs),
    new Date(input.nowMs + input.leaseMs),
    input.room,
    fn.concurrency ?? null,
  ];
  if (fn.concurrency === undefined) return (await pool.query<ClaimedRun>(CLAIM, parameters)).rows;

  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    // Claims of a limited function queue up: without the lock two processes would count the same free places.
    await client.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 20261120))", [fn.id]);
    const { rows } = await client.query<ClaimedRun>(CLAIM, parameters);
    await client.query("COMMIT");
    client.release();
    return rows;
  } catch (error) {
    // The connection may be in any state: it is thrown away, which also rolls back.
    client.release(true);
    throw error;
  }
}

/** When the next run of each function is due (or its lease ends), Unix ms; functions without open runs are absent. */
export async function nextDueTimes(pool: Pool, functionIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await pool.query<{ id: string; due: Date }>(
    `SELECT fn.id, next.due FROM unnest($1::text[]) AS fn(id), LATERAL (
       SELECT claimable_at AS due FROM engine_run
       WHERE state = 'open' AND function_id = fn.id ORDER BY claimable_at LIMIT 1
     ) AS next`,
    [functionIds],
  );
  return new Map(rows.map((row) => [row.id, row.due.getTime()]));
}

/** All steps of a run that were ever reported. */
export async function loadSteps(pool: Pool, runId: string): Promise<StepRow[]> {
  const { rows } = await pool.query<Omit<StepRow, "dueAt"> & { dueAt: Date | null }>(
    `SELECT id, name, state, attempt, due_at AS "dueAt", data, error, finished_order AS "finishedOrder"
     FROM engine_step WHERE run_id = $1`,
    [runId],
  );
  return rows.map((row) => ({ ...row, dueAt: row.dueAt === null ? null : row.dueAt.getTime() }));
}

/** Writes steps of a run; false when the lease is no longer ours and nothing was written. */
export async function saveSteps(
  pool: Pool,
  holder: LeaseHolder,
  steps: readonly StepRow[],
): Promise<boolean> {
  const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
  const { rowCount } = await pool.query(
    `WITH held AS (
       SELECT id FROM engine_run WHERE id = $1 AND lease_token = $2 AND state = 'open' FOR UPDATE
     )
     INSERT INTO engine_step (run_id, id, name, state, attempt, due_at, data, error, finished_order)
     SELECT held.id, s.id, s.name, s.state, s.attempt, s.due_at, s.data::json, s.error::json, s.finished_order
     FROM held, unnest($3::text[], $4::text[], $5::text[], $6::int[], $7::timestamptz[], $8::text[], $9::text[], $10::int[])
       AS s(id, name, state, attempt, due_at, data, error, finished_order)
     ON CONFLICT (run_id, id) DO UPDATE SET state = excluded.state, attempt = excluded.attempt,
       due_at = excluded.due_at, data = excluded.data, error = excluded.error,
       finished_order = excluded.finished_order`,
    [
      holder.id,
      holder.token,
      steps.map((step) => step.id),
      steps.map((step) => step.name),
      steps.map((step) => step.state),
      steps.map((step) => step.attempt),
      steps.map((step) => (step.dueAt === null ? null : new Date(step.dueAt))),
      steps.map((step) => (step.state === "completed" ? json(step.data ?? null) : null)),
      steps.map((step) => json(step.error)),
      steps.map((step) => step.finishedOrder),
    ],
  );
  return rowCount === steps.length;
}

/** Gives the lease back: the run is due again at `dueMs`. False when the lease was no longer ours. */
export async function restRun(
  pool: Pool,
  holder: LeaseHolder,
  next: { dueMs: number; attempt: number },
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `UPDATE engine_run SET leased = false, lost_leases = 0, claimable_at = $3, attempt = $4
     WHERE id = $1 AND lease_token = $2 AND state = 'open'`,
    [holder.id, holder.token, new Date(next.dueMs), next.attempt],
  );
  return rowCount === 1;
}

/** Ends a run for good. False when the lease was no longer ours. */
export async function finishRun(
  pool: Pool,
  holder: LeaseHolder,
  result: { state: "completed"; output: unknown } | { state: "failed"; error: unknown },
  nowMs: number,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `UPDATE engine_run SET leased = false, state = $3, output = $4::json, error = $5::json, finished_at = $6
     WHERE id = $1 AND lease_token = $2 AND state = 'open'`,
    [
      holder.id,
      holder.token,
      result.state,
      result.state === "completed" ? JSON.stringify(result.output ?? null) : null,
      result.state === "failed" ? JSON.stringify(result.error ?? null) : null,
      new Date(nowMs),
    ],
  );
  return rowCount === 1;
}

/** Extends the leases of runs that this process is still executing. */
export async function renewLeases(
  pool: Pool,
  holders: readonly LeaseHolder[],
  untilMs: number,
): Promise<void> {
  await pool.query(
    `UPDATE engine_run AS run SET claimable_at = $3 FROM unnest($1::uuid[], $2::bigint[]) AS held(id, token)
     WHERE run.id = held.id AND run.lease_token = held.token AND run.leased AND run.state = 'open'`,
    [holders.map((holder) => holder.id), holders.map((holder) => holder.token), new Date(untilMs)],
  );
}
