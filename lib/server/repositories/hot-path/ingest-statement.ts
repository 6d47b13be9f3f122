// Owns the statements that make events durable: one statement for a whole group of them.
// Rows travel as one JSON parameter (payloads in base64), which costs less CPU than one array for each column.
import type { ClientBase } from "pg";

export type EventRow = {
  environmentId: string;
  /** The endpoint version that the deliveries were matched with. */
  version: string;
  id: string;
  type: string;
  tenant: string | null;
  subject: string | null;
  attributes: Record<string, string> | null;
  data: Buffer;
  isTest: boolean;
  requestHash: Buffer;
  occurredAtMs: number;
  idempotency: { route: string; key: string; response: unknown } | null;
  deliveries: DeliveryRow[];
};

export type DeliveryRow = {
  id: string;
  endpointId: string;
  state: "pending" | "held";
  stateReason: string | null;
  trigger: "event" | "test";
  /** Milliseconds until the first attempt is due. */
  delayMs: number;
  /** Milliseconds for which this process leases the row from the start, or null to leave it to a claim. */
  leaseMs: number | null;
  /** What this delivery looks like on the wire, for good; null is the default. */
  profileVersionId: number | null;
  transformId: number | null;
};

export type WrittenEvent = {
  environmentId: string;
  id: string;
  /** The deliveries are right for the endpoints of now. */
  fresh: boolean;
  /** The version of now, when it is fresh: it may be newer than the one matched with, if nothing since concerns the event. */
  version: string | null;
  /** The idempotency row was written by this statement. */
  keyed: boolean;
  /** The event and its deliveries were written by this statement. */
  written: boolean;
};

const INSERT_EVENTS = `
WITH input AS MATERIALIZED (
  SELECT * FROM json_to_recordset($1::json) AS t(
    e text, v bigint, id text, type text, tenant text, subject text, attributes jsonb, data text, size integer, test boolean,
    hash text, at double precision, n integer, route text, key text, response jsonb)
), shared AS MATERIALIZED (
  -- Changes of endpoints take this lock exclusively. It is fair: under steady ingest a change still gets its turn.
  SELECT pg_advisory_xact_lock_shared(hashtextextended('endpoints of ' || e, 0)) FROM (SELECT DISTINCT e FROM input ORDER BY e) s
), fresh AS MATERIALIZED (
  SELECT i.*, x.endpoint_version AS routing FROM input i JOIN environment x ON x.id = i.e
    AND (x.endpoint_version = i.v OR (x.endpoint_version > i.v AND routing_still_holds(i.e, i.v, i.subject)))
  WHERE (SELECT count(*) FROM shared) > 0
  -- The row is read again after the wait: a version that has just been committed counts, not the snapshot's.
  FOR SHARE OF x
), keyed AS (
  INSERT INTO idempotency_key (environment_id, route, key, request_hash, response)
  SELECT e, route, key, decode(hash, 'base64'), response FROM fresh f
  WHERE key IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM event o WHERE o.environment_id = f.e AND o.id = f.id)
  ORDER BY e, route, key
  ON CONFLICT DO NOTHING
  RETURNING environment_id, route, key
), written AS (
  INSERT INTO event (environment_id, id, type, tenant, subject, attributes, data, data_size, is_test, request_hash,
                     delivery_count, occurred_at, created_at)
  SELECT e, id, type, tenant, subject, attributes, decode(data, 'base64'), size, test,
         decode(hash, 'base64'), n, to_timestamp(at / 1000),
         -- Taken under the lock, not when the transaction began: readers of a subject's events rely on it (subject-events.ts).
         clock_timestamp()
  FROM fresh f
  WHERE key IS NULL
     OR (e, route, key) IN (SELECT environment_id, route, key FROM keyed)
  ORDER BY e, id
  ON CONFLICT DO NOTHING
  RETURNING environment_id, id
), delivered AS (
  INSERT INTO delivery (id, environment_id, event_id, endpoint_id, event_type, trigger, state, state_reason,
                        attempt_count, next_attempt_at, claimable_at, lease_until, lease_token,
                        profile_version_id, transform_id)
  SELECT d.id, d.e, d.event, d.ep, d.type, d.trigger, d.state, d.reason,
         CASE WHEN d.lease IS NULL THEN 0 ELSE 1 END,
         CASE WHEN d.state = 'pending' THEN now() + d.delay * interval '1 millisecond' END,
         CASE WHEN d.state = 'pending' THEN now() + COALESCE(d.lease, d.delay) * interval '1 millisecond' END,
         now() + d.lease * interval '1 millisecond',
         CASE WHEN d.lease IS NULL THEN 0 ELSE 1 END, d.profile, d.transform
  FROM json_to_recordset($2::json) AS d(
         e text, event text, type text, id text, ep text, trigger text, state text, reason text,
         delay double precision, lease double precision, profile integer, transform integer)
  -- Behind an OR it stays a hashed lookup; as a join without statistics it would compare every row with every other.
  WHERE (d.e, d.event) IN (SELECT environment_id, id FROM written) OR d.id IS NULL
)
SELECT 'fresh' AS what, e, id, routing::text FROM fresh
UNION ALL SELECT 'written', environment_id, id, NULL FROM written
UNION ALL SELECT 'keyed', i.e, i.id, NULL FROM input i
  WHERE (i.e, i.route, i.key) IN (SELECT environment_id, route, key FROM keyed) OR i.id IS NULL`;

/**
 * Writes events, their deliveries and idempotency rows in one statement, and so in one commit. A row that later changes of
 * endpoints concern, or whose key or id exists, writes nothing; the answer tells which. Ids must be unique within `rows`.
 */
export async function insertEvents(
  client: Pick<ClientBase, "query">,
  rows: readonly EventRow[],
): Promise<WrittenEvent[]> {
  const events = rows.map((row) => ({
    e: row.environmentId,
    v: row.version,
    id: row.id,
    type: row.type,
    tenant: row.tenant,
    subject: row.subject,
    attributes: row.attributes,
    data: row.data.toString("base64"),
    size: row.data.length,
    test: row.isTest,
    hash: row.requestHash.toString("base64"),
    at: row.occurredAtMs,
    n: row.deliveries.length,
    route: row.idempotency?.route ?? null,
    key: row.idempotency?.key ?? null,
    response: row.idempotency?.response ?? null,
  }));
  const deliveries = rows.flatMap((row) =>
    row.deliveries.map((delivery) => ({
      e: row.environmentId,
      event: row.id,
      type: row.type,
      id: delivery.id,
      ep: delivery.endpointId,
      trigger: delivery.trigger,
      state: delivery.state,
      reason: delivery.stateReason,
      delay: delivery.delayMs,
      lease: delivery.leaseMs,
      profile: delivery.profileVersionId,
      transform: delivery.transformId,
    })),
  );
  const { rows: answers } = await client.query<{
    what: string;
    e: string;
    id: string;
    routing: string | null;
  }>({
    name: "insert_events",
    text: INSERT_EVENTS,
    values: [JSON.stringify(events), JSON.stringify(deliveries)],
  });
  const facts = new Map(answers.map(({ what, e, id, routing }) => [`${what} ${e} ${id}`, routing]));
  return rows.map(({ environmentId, id }) => {
    const is = (what: string) => facts.has(`${what} ${environmentId} ${id}`);
    const version = facts.get(`fresh ${environmentId} ${id}`) ?? null;
    return {
      environmentId,
      id,
      fresh: version !== null,
      version,
      keyed: is("keyed"),
      written: is("written"),
    };
  });
}

export type KnownEvent = { requestHash: Buffer; deliveryCount: number };

/** What an existing event was made from, so that a repetition can be told from a conflict. */
export async function findKnownEvent(
  client: Pick<ClientBase, "query">,
  environmentId: string,
  id: string,
): Promise<KnownEvent | null> {
  const { rows } = await client.query<{ request_hash: Buffer; delivery_count: number }>({
    name: "known_event",
    text: "SELECT request_hash, delivery_count FROM event WHERE environment_id = $1 AND id = $2",
    values: [environmentId, id],
  });
  const row = rows[0];
  return row === undefined ? null : { requestHash: row.request_hash, deliveryCount: row.delivery_count };
}

export type KnownKey = { requestHash: Buffer; response: unknown };

/** What an idempotency key was used for before. */
export async function findKnownKey(
  client: Pick<ClientBase, "query">,
  environmentId: string,
  route: string,
  key: string,
): Promise<KnownKey | null> {
  const { rows } = await client.query<{ request_hash: Buffer; response: unknown }>({
    name: "known_key",
    text: "SELECT request_hash, response FROM idempotency_key WHERE environment_id = $1 AND route = $2 AND key = $3",
    values: [environmentId, route, key],
  });
  const row = rows[0];
  return row === undefined ? null : { requestHash: row.request_hash, response: row.response };
}

/** Takes a key for a whole batch inside its transaction; false when it was used before. */
export async function insertKey(
  client: Pick<ClientBase, "query">,
  input: { environmentId: string; route: string; key: string; requestHash: Buffer; response: unknown },
): Promise<boolean> {
  const { rowCount } = await client.query(
    `INSERT INTO idempotency_key (environment_id, route, key, request_hash, response)
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
    [input.environmentId, input.route, input.key, input.requestHash, JSON.stringify(input.response)],
  );
  return rowCount === 1;
}

/** Gives a key back whose event turned out to exist already with other content. */
export async function deleteKey(
  client: Pick<ClientBase, "query">,
  environmentId: string,
  route: string,
  key: string,
): Promise<void> {
  await client.query("DELETE FROM idempotency_key WHERE environment_id = $1 AND route = $2 AND key = $3", [
    environmentId,
    route,
    key,
  ]);
}
