// Owns the statements that take, keep and give back the lease of a delivery. The database's clock decides all of them.
import type { Pool } from "pg";
import { PENDING } from "./record-statement";

/** What a lease lasts beyond the endpoint's timeout: waiting in memory, connecting and recording fit into it. */
export const LEASE_MARGIN_MS = 20_000;

export type ClaimedRow = {
  id: string;
  environment_id: string;
  event_id: string;
  endpoint_id: string;
  trigger: "event" | "replay" | "test";
  attempt_count: number;
  step: number;
  lease_token: string;
  lease_ms: number;
  /** An earlier lease ended without a record: its attempt may or may not have reached the receiver. */
  lost_attempt: number | null;
  profile_version_id: number | null;
  transform_id: number | null;
  /** Milliseconds since the first attempt began; null before it. */
  elapsed_ms: number | null;
  tenant: string | null;
  subject: string | null;
  attributes: Record<string, string> | null;
  type: string;
  occurred_at_ms: number;
  data: Buffer | null;
};

const CLAIM = (where: string, order: string) => `
WITH due AS MATERIALIZED (
  SELECT id, CASE WHEN lease_until IS NOT NULL THEN attempt_count END AS lost_attempt
  FROM delivery WHERE ${where} ${order} FOR UPDATE SKIP LOCKED
), claimed AS (
  UPDATE delivery d
  SET lease_token = d.lease_token + 1, attempt_count = d.attempt_count + 1, updated_at = now(),
      -- No indexed column changes: the new row version stays on its page and costs no index an entry.
      lease_until = now() + (ep.timeout_ms + ${LEASE_MARGIN_MS}) * interval '1 millisecond'
  FROM due, endpoint ep
  WHERE d.id = due.id AND ep.id = d.endpoint_id
  RETURNING d.id, d.environment_id, d.event_id, d.endpoint_id, d.trigger, d.attempt_count, d.step,
            d.lease_token::text, ep.timeout_ms + ${LEASE_MARGIN_MS} AS lease_ms, due.lost_attempt,
            d.profile_version_id, d.transform_id
)
SELECT c.*, e.type, e.tenant, e.subject, e.attributes, extract(epoch FROM e.occurred_at) * 1000 AS occurred_at_ms,
       e.data, CASE WHEN c.step > 0 THEN extract(epoch FROM now() - (
         SELECT min(a.started_at) FROM attempt a WHERE a.delivery_id = c.id)) * 1000 END AS elapsed_ms
FROM claimed c JOIN event e ON e.environment_id = c.environment_id AND e.id = c.event_id`;

const CLAIM_DUE = CLAIM(
  "state = 'pending' AND claimable_at <= now() AND (lease_until IS NULL OR lease_until <= now()) AND endpoint_id <> ALL($2::text[])",
  "ORDER BY claimable_at LIMIT $1",
);
const CLAIM_ONE = CLAIM(
  `id = $1 AND state = ${PENDING} AND (lease_until IS NULL OR lease_until <= now())
     AND ($2::boolean OR next_attempt_at <= now())`,
  "",
);

function fixNumbers(rows: ClaimedRow[]): ClaimedRow[] {
  for (const row of rows) {
    row.occurred_at_ms = Number(row.occurred_at_ms);
    if (row.elapsed_ms !== null) row.elapsed_ms = Number(row.elapsed_ms);
  }
  return rows;
}

/** Leases up to `limit` rows that nobody holds and that are due, oldest first, leaving out endpoints that have no room. */
export async function claimDue(
  pool: Pool,
  limit: number,
  withoutEndpoints: readonly string[],
): Promise<ClaimedRow[]> {
  const { rows } = await pool.query<ClaimedRow>({
    name: "claim_due",
    text: CLAIM_DUE,
    values: [limit, withoutEndpoints],
  });
  return fixNumbers(rows);
}

/** Leases one delivery when it is pending, unleased and due (or `force`); null otherwise. */
export async function claimOne(pool: Pool, deliveryId: string, force: boolean): Promise<ClaimedRow | null> {
  const { rows } = await pool.query<ClaimedRow>({
    name: "claim_one",
    text: CLAIM_ONE,
    values: [deliveryId, force],
  });
  return fixNumbers(rows)[0] ?? null;
}

export type DeliverySchedule = {
  state: string;
  nextAttemptAt: Date | null;
  leaseUntil: Date | null;
  /** By the database's clock. */
  due: boolean;
  leased: boolean;
};

/** Where a delivery stands; null when it does not exist (any more). */
export async function readSchedule(pool: Pool, deliveryId: string): Promise<DeliverySchedule | null> {
  const { rows } = await pool.query<{
    state: string;
    next_attempt_at: Date | null;
    lease_until: Date | null;
    due: boolean | null;
    leased: boolean | null;
  }>({
    name: "read_schedule",
    text: `SELECT state, next_attempt_at, lease_until, next_attempt_at <= now() AS due, lease_until > now() AS leased
           FROM delivery WHERE id = $1`,
    values: [deliveryId],
  });
  const row = rows[0];
  if (row === undefined) return null;
  return {
    state: row.state,
    nextAttemptAt: row.next_attempt_at,
    leaseUntil: row.lease_until,
    due: row.due === true,
    leased: row.leased === true,
  };
}

export type ReleaseRow = {
  deliveryId: string;
  leaseToken: bigint;
  delayMs: number;
  /** `held` is what the caller's view of the endpoint, up to two seconds old, asks for; the endpoint's row decides. */
  state: "pending" | "held" | "cancelled";
  reason: string | null;
};

const RELEASE = `
WITH input AS MATERIALIZED (
  SELECT * FROM json_to_recordset($1::json) AS t(id text, token bigint, delay double precision, state text, reason text)
), stopped AS MATERIALIZED (
  -- Locked, so that a change in progress is waited for and its outcome read: what is held after the endpoint was enabled
  -- would stay held for ever.
  SELECT ep.id, ep.state, ep.deleted_at FROM endpoint ep
  WHERE ep.id IN (SELECT d.endpoint_id FROM input i JOIN delivery d ON d.id = i.id WHERE i.state = 'held')
  ORDER BY ep.id FOR SHARE OF ep
), decided AS MATERIALIZED (
  SELECT i.id, i.token, i.delay, ep.state = 'active' AND ep.deleted_at IS NULL AS resumed,
         CASE WHEN ep.id IS NULL THEN i.state WHEN ep.deleted_at IS NOT NULL THEN 'cancelled'
              WHEN ep.state = 'active' THEN 'pending' ELSE 'held' END AS state,
         CASE WHEN ep.id IS NULL THEN i.reason WHEN ep.deleted_at IS NOT NULL THEN 'endpoint_deleted'
              WHEN ep.state <> 'active' THEN 'endpoint_' || ep.state END AS reason
  FROM input i JOIN delivery d ON d.id = i.id LEFT JOIN stopped ep ON i.state = 'held' AND ep.id = d.endpoint_id
)
UPDATE delivery d
SET lease_until = NULL, attempt_count = d.attempt_count - 1, updated_at = now(), state = r.state,
    state_reason = r.reason,
    next_attempt_at = CASE WHEN r.resumed THEN now() WHEN r.state = 'pending' THEN d.next_attempt_at END,
    claimable_at = CASE WHEN r.state = 'pending' THEN now() + r.delay * interval '1 millisecond' END,
    completed_at = CASE WHEN r.state = 'cancelled' THEN now() END
FROM decided r
WHERE d.id = r.id AND d.lease_token = r.token AND d.state = ${PENDING}`;

/**
 * Gives leases back for which no attempt was made; the attempt number is given back with them. A row that is to be held
 * becomes due now when its endpoint turns out to be active, and ends when it was deleted.
 */
export async function releaseLeases(pool: Pool, rows: readonly ReleaseRow[]): Promise<void> {
  await pool.query({
    name: "release_leases",
    text: RELEASE,
    values: [
      JSON.stringify(
        rows.map((row) => ({
          id: row.deliveryId,
          token: row.leaseToken.toString(),
          delay: row.delayMs,
          state: row.state,
          reason: row.reason,
        })),
      ),
    ],
  });
}
