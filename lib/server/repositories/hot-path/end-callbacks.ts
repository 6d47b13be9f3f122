// Owns the end of callbacks by a final event: in the transaction that writes the event, so that neither exists alone.
import type { ClientBase } from "pg";

type Client = Pick<ClientBase, "query">;

/** A callback that an event ends. */
export type CallbackEnd = { environmentId: string; endpointId: string; eventId: string; atMs: number };

/**
 * Takes the exclusive lock of changes (the one of `bumpEndpointVersion`) for environments, in the order in which the
 * insert statement takes its own. Call it before that statement: afterwards its shared lock would stand in the way.
 */
export async function lockRouting(client: Client, environmentIds: readonly string[]): Promise<void> {
  await client.query(
    `SELECT pg_advisory_xact_lock(hashtextextended('endpoints of ' || e, 0))
     FROM (SELECT DISTINCT e FROM unnest($1::text[]) AS t(e) ORDER BY e) s`,
    [environmentIds],
  );
}

/** Ends the callbacks and says that routing changed; the caller holds the lock. One that has ended already stays as it is. */
export async function endCallbacks(client: Client, ends: readonly CallbackEnd[]): Promise<void> {
  if (ends.length === 0) return;
  // First the version: the rows below are stamped with it.
  await client.query(
    "UPDATE environment SET endpoint_version = endpoint_version + 1 WHERE id = ANY ($1::text[])",
    [[...new Set(ends.map((end) => end.environmentId))]],
  );
  await client.query(
    `UPDATE endpoint ep SET unsubscribed_at = to_timestamp(t.at / 1000), unsubscribed_by_event = t.event, updated_at = now()
     FROM unnest($1::text[], $2::text[], $3::text[], $4::float8[]) AS t(e, id, event, at)
     WHERE ep.id = t.id AND ep.environment_id = t.e AND ep.kind = 'callback' AND ep.unsubscribed_at IS NULL`,
    [
      ends.map((end) => end.environmentId),
      ends.map((end) => end.endpointId),
      ends.map((end) => end.eventId),
      ends.map((end) => end.atMs),
    ],
  );
}
