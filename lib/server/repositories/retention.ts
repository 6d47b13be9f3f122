// Owns the statements that forget. Each touches at most `limit` rows and skips what somebody else has locked.
import type { Database } from "./database";

/** Removes payloads and stored bodies of events older than `before` that no delivery waits for; gives how many events. */
export async function clearPayloads(db: Database, before: Date, limit: number): Promise<number> {
  const { rowCount } = await db.hot.query(
    `WITH old AS (
       SELECT e.environment_id, e.id FROM event e
       WHERE e.created_at < $1 AND e.payload_cleared_at IS NULL
         AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.environment_id = e.environment_id AND d.event_id = e.id
                           AND d.state IN ('pending', 'held'))
       ORDER BY e.created_at LIMIT $2 FOR UPDATE SKIP LOCKED
     ), bodies AS (
       UPDATE attempt a SET response_body = NULL
       FROM delivery d, old WHERE d.environment_id = old.environment_id AND d.event_id = old.id
         AND a.delivery_id = d.id AND a.response_body IS NOT NULL
     )
     UPDATE event e SET data = NULL, payload_cleared_at = now()
     FROM old WHERE e.environment_id = old.environment_id AND e.id = old.id`,
    [before, limit],
  );
  return rowCount ?? 0;
}

/** Removes events older than `before` with their deliveries and attempts; those still waited for stay. */
export async function deleteOldEvents(db: Database, before: Date, limit: number): Promise<number> {
  const { rowCount } = await db.hot.query(
    `WITH old AS (
       SELECT o.environment_id, o.id FROM event o
       WHERE o.created_at < $1
         AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.environment_id = o.environment_id AND d.event_id = o.id
                           AND d.state IN ('pending', 'held'))
       ORDER BY o.created_at LIMIT $2 FOR UPDATE SKIP LOCKED
     ), gone AS (
       DELETE FROM delivery d USING old
       WHERE d.environment_id = old.environment_id AND d.event_id = old.id RETURNING d.id
     ), attempts AS (
       DELETE FROM attempt a USING gone WHERE a.delivery_id = gone.id
     )
     DELETE FROM event e USING old WHERE e.environment_id = old.environment_id AND e.id = old.id`,
    [before, limit],
  );
  return rowCount ?? 0;
}

/** Removes callbacks that ended before `before` and of which no delivery is left; their secrets go with them. */
export async function deleteEndedCallbacks(db: Database, before: Date, limit: number): Promise<number> {
  const { rowCount } = await db.hot.query(
    `WITH old AS (
       SELECT ep.id FROM endpoint ep
       WHERE ep.kind = 'callback' AND (ep.unsubscribed_at < $1 OR ep.expires_at < $1)
         AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.endpoint_id = ep.id)
       ORDER BY ep.id LIMIT $2 FOR UPDATE SKIP LOCKED
     ), health AS (
       DELETE FROM endpoint_health h USING old WHERE h.endpoint_id = old.id
     )
     DELETE FROM endpoint ep USING old WHERE ep.id = old.id`,
    [before, limit],
  );
  return rowCount ?? 0;
}

/** Removes the health of endpoints that are deleted or gone. It has no foreign key, and an attempt may end after its endpoint. */
export async function deleteOrphanedHealth(db: Database, limit: number): Promise<number> {
  const { rowCount } = await db.hot.query(
    `DELETE FROM endpoint_health WHERE endpoint_id IN (
       SELECT h.endpoint_id FROM endpoint_health h
       WHERE NOT EXISTS (SELECT 1 FROM endpoint e WHERE e.id = h.endpoint_id AND e.deleted_at IS NULL)
       ORDER BY h.endpoint_id LIMIT $1 FOR UPDATE SKIP LOCKED)`,
    [limit],
  );
  return rowCount ?? 0;
}

/** Removes idempotency keys older than `before`. */
export async function deleteOldKeys(db: Database, before: Date, limit: number): Promise<number> {
  const { rowCount } = await db.hot.query(
    `DELETE FROM idempotency_key WHERE ctid IN (
       SELECT ctid FROM idempotency_key WHERE created_at < $1 ORDER BY created_at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    [before, limit],
  );
  return rowCount ?? 0;
}
