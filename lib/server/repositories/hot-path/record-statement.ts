// Owns the statement that records attempts and moves their deliveries on, a group at a time, fenced by lease token.
import type { Pool } from "pg";
import type { DeliveryTrigger } from "@/lib/domain/delivery/states";
import type { HealthTally } from "@/lib/domain/health/tally";

/** How long after a retry is due the sweep waits for the engine to carry it out. */
export const ENGINE_GRACE_MS = 15_000;

export type AttemptRecord = {
  id: string;
  deliveryId: string;
  endpointId: string;
  trigger: DeliveryTrigger;
  number: number;
  leaseToken: bigint;
  succeeded: boolean;
  startedAtMs: number;
  durationMs: number | null;
  requestUrl: string;
  requestHeaders: [string, string][];
  requestBodySha256: Buffer | null;
  requestBodySize: number;
  secretIds: string[];
  responseStatus: number | null;
  responseHeaders: [string, string][] | null;
  responseBody: Buffer | null;
  responseBodySize: number | null;
  responseTruncated: boolean;
  responseIncomplete: boolean;
  errorClass: string | null;
  errorMessage: string | null;
  /** Milliseconds from now that the receiver asked to wait. */
  retryAfterMs: number | null;
  timings: unknown;
  resolvedAddress: string | null;
  tlsVersion: string | null;
  certificateExpiresAtMs: number | null;
  /** What becomes of the delivery. */
  next: { state: "succeeded" | "failed" | "pending"; reason: string | null; delayMs: number | null };
  /** False for an attempt whose outcome is unknown: it leaves a row and uses up no place in the schedule. */
  movesDelivery: boolean;
};

export type RecordedAttempt = {
  deliveryId: string;
  number: number;
  /** The lease was still ours and the delivery has moved on. */
  moved: boolean;
  state: string | null;
  nextAttemptAt: Date | null;
};

/**
 * What `state` is compared with where a row is looked up by its id. A literal would let the planner read the partial index
 * of pending rows instead, from end to end for each row of a group, whenever the statistics know of no backlog yet
 * (measured: 1,261 us of CPU for each delivery of a drain in place of 70).
 */
export const PENDING = "(SELECT 'pending'::text)";

const RECORD = (returning = "", andThen = "") => `
WITH input AS MATERIALIZED (
  SELECT * FROM json_to_recordset($1::json) AS t(
    id text, d text, ep text, n integer, token bigint, ok boolean, at double precision, ms double precision, url text, rqh json,
    sha text, rqs integer, sec text, status integer, rsh json, body text, size bigint, trunc boolean, inc boolean,
    ec text, em text, ra double precision, tm json, addr text, tls text, state text, reason text,
    delay double precision, moves boolean)
), attempted AS (
  INSERT INTO attempt (id, delivery_id, number, succeeded, started_at, duration_ms, request_url, request_headers,
    request_body_sha256, request_body_size, secret_ids, response_status, response_headers, response_body,
    response_body_size, response_truncated, response_incomplete, error_class, error_message, retry_after_at, timings,
    resolved_address, tls_version)
  SELECT i.id, i.d, i.n, i.ok, to_timestamp(i.at / 1000), i.ms, i.url, i.rqh, decode(i.sha, 'base64'), i.rqs,
    i.sec::text[], i.status, i.rsh, decode(i.body, 'base64'), i.size, i.trunc, i.inc,
    i.ec, i.em, now() + i.ra * interval '1 millisecond', i.tm, i.addr, i.tls
  FROM input i
  -- A delivery that retention or a deletion has removed meanwhile takes its attempt along.
  WHERE EXISTS (SELECT 1 FROM delivery x WHERE x.id = i.d)
  ON CONFLICT DO NOTHING${returning}
), waiting AS MATERIALIZED (
  -- Locked, so that a change in progress is waited for and its outcome read: what goes on hold after the endpoint was
  -- enabled would stay held for ever. Only what is to be tried again depends on it.
  SELECT id, state, deleted_at FROM endpoint
  WHERE id IN (SELECT ep FROM input WHERE moves AND state = 'pending') ORDER BY id FOR SHARE
), moved AS (
  UPDATE delivery d
  SET step = d.step + 1, lease_until = NULL, last_status = i.status, last_error_class = i.ec, last_duration_ms = i.ms,
      updated_at = now(),
      state = CASE WHEN i.state <> 'pending' THEN i.state WHEN ep.id IS NULL OR ep.deleted_at IS NOT NULL THEN 'cancelled'
                   WHEN ep.state <> 'active' THEN 'held' ELSE 'pending' END,
      state_reason = CASE WHEN i.state <> 'pending' THEN i.reason WHEN ep.id IS NULL OR ep.deleted_at IS NOT NULL THEN 'endpoint_deleted'
                          WHEN ep.state <> 'active' THEN 'endpoint_' || ep.state ELSE i.reason END,
      next_attempt_at = CASE WHEN i.state = 'pending' AND ep.state = 'active' AND ep.deleted_at IS NULL
                             THEN now() + i.delay * interval '1 millisecond' END,
      claimable_at = CASE WHEN i.state = 'pending' AND ep.state = 'active' AND ep.deleted_at IS NULL
                          THEN now() + (i.delay + ${ENGINE_GRACE_MS}) * interval '1 millisecond' END,
      completed_at = CASE WHEN i.state <> 'pending' OR ep.id IS NULL OR ep.deleted_at IS NOT NULL THEN now() END
  FROM input i LEFT JOIN waiting ep ON ep.id = i.ep
  -- A lease that was recorded already is over: a repeat after a lost answer must not move the delivery again.
  WHERE i.moves AND d.id = i.d AND d.lease_token = i.token AND d.lease_until IS NOT NULL AND d.state = ${PENDING}
  RETURNING d.id, d.lease_token::text AS token, d.state, d.next_attempt_at
)${andThen}
SELECT id, token, state, next_attempt_at FROM moved`;

const HEALTH = `, health AS (
  -- Last, and in the order of ids: whoever holds one of these rows waits for nothing else. An endpoint that is well is
  -- written once a minute. A group without a new attempt was recorded before and its answer lost: it counts once.
  INSERT INTO endpoint_health AS h (endpoint_id, failing_since, failures, last_failure_at, last_error_class, last_success_at,
    certificate_expires_at, certificate_seen_at, exhausted)
  SELECT t.ep, to_timestamp(t.since / 1000), t.n, to_timestamp(t.failed / 1000), t.ec, to_timestamp(t.ok / 1000),
    to_timestamp(t.cert / 1000), CASE WHEN t.cert IS NOT NULL THEN to_timestamp(COALESCE(t.ok, t.failed) / 1000) END, t.gone
  FROM json_to_recordset($2::json) AS t(ep text, since double precision, n integer, failed double precision, ec text,
         ok double precision, cert double precision, gone integer)
  LEFT JOIN endpoint_health k ON k.endpoint_id = t.ep
  WHERE (SELECT count(*) FROM attempted) > 0
    AND (t.failed IS NOT NULL OR t.gone > 0 OR k.failing_since IS NOT NULL OR k.last_success_at IS NULL
         OR k.last_success_at < to_timestamp(t.ok / 1000 - 60))
  ORDER BY t.ep
  ON CONFLICT (endpoint_id) DO UPDATE SET
    -- The earlier one: groups are recorded in any order.
    failing_since = CASE WHEN excluded.last_success_at IS NULL THEN LEAST(h.failing_since, excluded.failing_since)
                         ELSE excluded.failing_since END,
    failures = CASE WHEN excluded.last_success_at IS NULL THEN h.failures ELSE 0 END + excluded.failures,
    last_failure_at = GREATEST(h.last_failure_at, excluded.last_failure_at),
    last_error_class = COALESCE(excluded.last_error_class, h.last_error_class),
    last_success_at = GREATEST(h.last_success_at, excluded.last_success_at),
    certificate_expires_at = COALESCE(excluded.certificate_expires_at, h.certificate_expires_at),
    -- One that ends earlier than the last is no new one, but another server's: it lives as long as the last, and is as old.
    certificate_seen_at = CASE WHEN excluded.certificate_expires_at > h.certificate_expires_at THEN excluded.certificate_seen_at
                               WHEN excluded.certificate_expires_at < h.certificate_expires_at
                               THEN LEAST(excluded.certificate_seen_at,
                                          h.certificate_seen_at - (h.certificate_expires_at - excluded.certificate_expires_at))
                               ELSE COALESCE(h.certificate_seen_at, excluded.certificate_seen_at) END,
    exhausted = h.exhausted + excluded.exhausted
)`;

const PLAIN = RECORD();
const WITH_HEALTH = RECORD(" RETURNING 1", HEALTH);

const tallyRow = (tally: HealthTally) => ({
  ep: tally.endpointId,
  since: tally.failingSinceMs,
  n: tally.failures,
  failed: tally.lastFailureAtMs,
  ec: tally.lastErrorClass,
  ok: tally.lastSuccessAtMs,
  cert: tally.certificateExpiresAtMs,
  gone: tally.exhausted,
});

/**
 * Writes attempt rows, where the lease token still matches the new state of their deliveries, and the health of their
 * endpoints: one statement, one commit. A worker that lost its lease still leaves its attempt row (it did call the
 * receiver) but moves nothing. One result for each record, in order.
 */
export async function recordAttempts(
  pool: Pool,
  records: readonly AttemptRecord[],
  health: readonly HealthTally[] = [],
): Promise<RecordedAttempt[]> {
  const input = records.map((record) => ({
    id: record.id,
    d: record.deliveryId,
    ep: record.endpointId,
    n: record.number,
    token: record.leaseToken.toString(),
    ok: record.succeeded,
    at: record.startedAtMs,
    ms: record.durationMs,
    url: record.requestUrl,
    rqh: record.requestHeaders,
    sha: record.requestBodySha256?.toString("base64") ?? null,
    rqs: record.requestBodySize,
    // Ids have no character that an array literal would have to quote.
    sec: `{${record.secretIds.join(",")}}`,
    status: record.responseStatus,
    rsh: record.responseHeaders,
    body: record.responseBody?.toString("base64") ?? null,
    size: record.responseBodySize,
    trunc: record.responseTruncated,
    inc: record.responseIncomplete,
    ec: record.errorClass,
    em: record.errorMessage,
    ra: record.retryAfterMs,
    tm: record.timings,
    addr: record.resolvedAddress,
    tls: record.tlsVersion,
    state: record.next.state,
    reason: record.next.reason,
    delay: record.next.delayMs,
    moves: record.movesDelivery,
  }));
  const values = [JSON.stringify(input)];
  const { rows } = await pool.query<{
    id: string;
    token: string;
    state: string;
    next_attempt_at: Date | null;
  }>(
    health.length === 0
      ? { name: "record_attempts", text: PLAIN, values }
      : {
          name: "record_attempts_and_health",
          text: WITH_HEALTH,
          values: [...values, JSON.stringify(health.map(tallyRow))],
        },
  );
  const moved = new Map(rows.map((row) => [`${row.id} ${row.token}`, row]));
  return records.map(({ deliveryId, number, leaseToken, movesDelivery }) => {
    const row = movesDelivery ? moved.get(`${deliveryId} ${leaseToken}`) : undefined;
    return {
      deliveryId,
      number,
      moved: row !== undefined,
      state: row?.state ?? null,
      nextAttemptAt: row?.next_attempt_at ?? null,
    };
  });
}
