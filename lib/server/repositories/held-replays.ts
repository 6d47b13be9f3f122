// Owns making an endpoint's held deliveries anew: each ends, and a new one that is linked to it starts from the beginning.
import { matchesEventType, matchesTenant } from "@/lib/domain/endpoint/event-type-match";
import type { Tx } from "./database";
import { type EndpointRef, MOVE_CHUNK, UNWANTED_REASON } from "./endpoint-deliveries";

type HeldRow = { id: string; isWanted: boolean };

export type HeldReplays = {
  /** How many are held no more. */
  moved: number;
  /** How many of them were made anew; the endpoint does not want the others any more. */
  replayed: number;
};

async function lockHeld(tx: Tx, { environmentId, endpointId }: EndpointRef): Promise<HeldRow[]> {
  const rows = await tx.$queryRaw<
    {
      id: string;
      eventType: string;
      isTest: boolean;
      eventTenant: string | null;
      endpointTenant: string | null;
      patterns: string[];
    }[]
  >`
    SELECT d.id, d.event_type AS "eventType", v.is_test AS "isTest", v.tenant AS "eventTenant",
      e.tenant AS "endpointTenant", e.event_types AS patterns
    FROM delivery d
    JOIN endpoint e ON e.id = d.endpoint_id
    JOIN event v ON v.environment_id = d.environment_id AND v.id = d.event_id
    WHERE d.environment_id = ${environmentId} AND d.endpoint_id = ${endpointId} AND d.state = 'held'
    ORDER BY d.id LIMIT ${MOVE_CHUNK} FOR UPDATE OF d`;
  return rows.map((row) => ({
    id: row.id,
    // As for one replay: an event must never reach another tenant than its own.
    isWanted:
      matchesTenant(row.endpointTenant, row.eventTenant) &&
      (row.isTest || matchesEventType(row.patterns, row.eventType)),
  }));
}

function cancel(tx: Tx, ids: readonly string[], reason: string): Promise<number> {
  if (ids.length === 0) return Promise.resolve(0);
  return tx.$executeRaw`
    UPDATE delivery SET state = 'cancelled', state_reason = ${reason}, next_attempt_at = NULL,
      claimable_at = NULL, completed_at = now(), updated_at = now()
    WHERE id = ANY (${[...ids]}::text[])`;
}

/**
 * Replaces up to MOVE_CHUNK held deliveries, oldest first. A new one is an ordinary delivery, due now, with the whole
 * schedule before it and the profile and field mapping that its endpoint has now.
 */
export async function replayHeldDeliveries(
  tx: Tx,
  ref: EndpointRef,
  newId: () => string,
): Promise<HeldReplays> {
  const held = await lockHeld(tx, ref);
  const wanted = held.filter(({ isWanted }) => isWanted).map(({ id }) => id);
  const others = held.filter(({ isWanted }) => !isWanted).map(({ id }) => id);
  if (wanted.length > 0) {
    await tx.$executeRaw`
      INSERT INTO delivery (id, environment_id, event_id, endpoint_id, event_type, trigger, replay_of, state,
        next_attempt_at, claimable_at, profile_version_id, transform_id)
      SELECT n.new_id, d.environment_id, d.event_id, d.endpoint_id, d.event_type, 'event', d.id, 'pending',
        now(), now(), e.profile_version_id, e.transform_id
      FROM unnest(${wanted}::text[], ${wanted.map(newId)}::text[]) AS n (old_id, new_id)
      JOIN delivery d ON d.id = n.old_id
      JOIN endpoint e ON e.id = d.endpoint_id
      ORDER BY n.new_id`;
  }
  await cancel(tx, wanted, "replayed");
  await cancel(tx, others, UNWANTED_REASON);
  return { moved: held.length, replayed: wanted.length };
}
