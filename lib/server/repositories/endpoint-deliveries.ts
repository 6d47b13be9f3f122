// Owns what a change of an endpoint's state does to its waiting deliveries: park, release, drop.
// An attempt in flight is never touched: whoever records it looks at the endpoint's state then.
// An ended lease stays in the row: the next claim reads from it that an attempt was lost.
// Every query names the environment and a state, so that the partial index over open deliveries can answer it.
import { Prisma } from "../db/generated/client";
import type { Tx } from "./database";

/** Rows moved by one statement, so that no statement comes near the time limit. */
export const MOVE_CHUNK = 5_000;

export type EndpointRef = { environmentId: string; endpointId: string };

const UNLEASED = Prisma.sql`(lease_until IS NULL OR lease_until <= now())`;
/** Tests and replays stay: one attempt that a person wants now. */
const WAITING = Prisma.sql`state = 'pending' AND trigger = 'event' AND ${UNLEASED}`;
const HELD = Prisma.sql`state = 'held'`;
const OPEN = Prisma.sql`state IN ('pending', 'held') AND (state = 'held' OR ${UNLEASED})`;

/** Moves up to MOVE_CHUNK of the endpoint's deliveries that are `from`, oldest first; gives how many. */
function moveDeliveries(
  tx: Tx,
  { environmentId, endpointId }: EndpointRef,
  from: Prisma.Sql,
  to: { state: "held" | "cancelled"; reason: string },
): Promise<number> {
  const NOW = Prisma.sql`now()`;
  const NEVER = Prisma.sql`NULL`;
  return tx.$executeRaw`
    UPDATE delivery SET state = ${to.state}, state_reason = ${to.reason}, next_attempt_at = NULL,
      claimable_at = NULL, completed_at = ${to.state === "cancelled" ? NOW : NEVER}, updated_at = now()
    WHERE id IN (
      SELECT id FROM delivery
      WHERE environment_id = ${environmentId} AND endpoint_id = ${endpointId} AND ${from}
      ORDER BY id LIMIT ${MOVE_CHUNK} FOR UPDATE)`;
}

/** Parks up to MOVE_CHUNK waiting deliveries; gives how many. */
export function holdDeliveries(tx: Tx, endpoint: EndpointRef, reason: string): Promise<number> {
  return moveDeliveries(tx, endpoint, WAITING, { state: "held", reason });
}

/** The event is another tenant's than the endpoint's; the rule is `matchesTenant`. */
const FOREIGN = Prisma.sql`(ep.tenant IS NOT NULL AND v.tenant IS DISTINCT FROM ep.tenant)`;
/** Why a delivery ends whose event the endpoint no longer takes. */
export const UNWANTED_REASON = "no_longer_matches";

export type Released = {
  /** How many are held no more. */
  moved: number;
  /** How many of them are due now; the others' events belong to another tenant than the endpoint does. */
  released: number;
};

/** Makes up to MOVE_CHUNK held deliveries due now, and ends those among them whose event is another tenant's. */
export async function releaseHeldDeliveries(
  tx: Tx,
  { environmentId, endpointId }: EndpointRef,
): Promise<Released> {
  const rows = await tx.$queryRaw<{ state: string }[]>`
    WITH next AS MATERIALIZED (
      SELECT d.id, ${FOREIGN} AS is_foreign
      FROM delivery d
      JOIN endpoint ep ON ep.id = d.endpoint_id
      LEFT JOIN event v ON v.environment_id = d.environment_id AND v.id = d.event_id
      WHERE d.environment_id = ${environmentId} AND d.endpoint_id = ${endpointId} AND d.state = 'held'
      ORDER BY d.id LIMIT ${MOVE_CHUNK} FOR UPDATE OF d
    )
    UPDATE delivery d
    SET state = CASE WHEN is_foreign THEN 'cancelled' ELSE 'pending' END,
      state_reason = CASE WHEN is_foreign THEN ${UNWANTED_REASON} END,
      next_attempt_at = CASE WHEN NOT is_foreign THEN now() END,
      claimable_at = CASE WHEN NOT is_foreign THEN now() END,
      completed_at = CASE WHEN is_foreign THEN now() END, updated_at = now()
    FROM next WHERE d.id = next.id
    RETURNING d.state`;
  return { moved: rows.length, released: rows.filter(({ state }) => state === "pending").length };
}

/**
 * Looks at up to MOVE_CHUNK waiting or held deliveries after `afterId`, oldest first, and ends those whose event is another
 * tenant's than the endpoint's. Gives how many it looked at, and the last of them.
 */
export async function cancelForeignDeliveries(
  tx: Tx,
  { environmentId, endpointId }: EndpointRef,
  afterId: string,
): Promise<{ seen: number; lastId: string }> {
  const rows = await tx.$queryRaw<{ seen: bigint; lastId: string | null }[]>`
    WITH next AS MATERIALIZED (
      SELECT d.id, ${FOREIGN} AS is_foreign
      FROM delivery d
      JOIN endpoint ep ON ep.id = d.endpoint_id
      LEFT JOIN event v ON v.environment_id = d.environment_id AND v.id = d.event_id
      WHERE d.environment_id = ${environmentId} AND d.endpoint_id = ${endpointId} AND d.id > ${afterId}
        AND d.state IN ('pending', 'held') AND (d.state = 'held' OR d.lease_until IS NULL OR d.lease_until <= now())
      ORDER BY d.id LIMIT ${MOVE_CHUNK} FOR UPDATE OF d
    ), ended AS (
      UPDATE delivery d
      SET state = 'cancelled', state_reason = ${UNWANTED_REASON}, next_attempt_at = NULL, claimable_at = NULL,
        completed_at = now(), updated_at = now()
      FROM next WHERE d.id = next.id AND is_foreign
    )
    SELECT count(*) AS seen, max(id) AS "lastId" FROM next`;
  return { seen: Number(rows[0]?.seen ?? 0), lastId: rows[0]?.lastId ?? afterId };
}

/** Ends up to MOVE_CHUNK held deliveries as cancelled; gives how many. */
export function dropHeldDeliveries(tx: Tx, endpoint: EndpointRef, reason: string): Promise<number> {
  return moveDeliveries(tx, endpoint, HELD, { state: "cancelled", reason });
}

/** Ends up to MOVE_CHUNK waiting or held deliveries as cancelled; gives how many. */
export function cancelOpenDeliveries(tx: Tx, endpoint: EndpointRef, reason: string): Promise<number> {
  return moveDeliveries(tx, endpoint, OPEN, { state: "cancelled", reason });
}

/**
 * Pins up to MOVE_CHUNK waiting or held deliveries to the profile's version, also those that somebody is attempting: their
 * next attempt has it. Null is the default profile. Gives how many.
 */
export function repinDeliveries(
  tx: Tx,
  { environmentId, endpointId }: EndpointRef,
  profileVersionId: number | null,
): Promise<number> {
  return tx.$executeRaw`
    UPDATE delivery SET profile_version_id = ${profileVersionId}::int, updated_at = now()
    WHERE id IN (
      SELECT id FROM delivery
      WHERE environment_id = ${environmentId} AND endpoint_id = ${endpointId} AND state IN ('pending', 'held')
        AND profile_version_id IS DISTINCT FROM ${profileVersionId}::int
      ORDER BY id LIMIT ${MOVE_CHUNK} FOR UPDATE)`;
}

/** How many deliveries of the endpoint are held. */
export function countHeldDeliveries(tx: Tx, { environmentId, endpointId }: EndpointRef): Promise<number> {
  return tx.delivery.count({ where: { environmentId, endpointId, state: "held" } });
}
