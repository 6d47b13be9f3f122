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
  to: { state: "pending" | "held" | "cancelled"; reason: string | null },
): Promise<number> {
  const NOW = Prisma.sql`now()`;
  const NEVER = Prisma.sql`NULL`;
  const dueAt = to.state === "pending" ? NOW : NEVER;
  return tx.$executeRaw`
    UPDATE delivery SET state = ${to.state}, state_reason = ${to.reason}, next_attempt_at = ${dueAt},
      claimable_at = ${dueAt}, completed_at = ${to.state === "cancelled" ? NOW : NEVER}, updated_at = now()
    WHERE id IN (
      SELECT id FROM delivery
      WHERE environment_id = ${environmentId} AND endpoint_id = ${endpointId} AND ${from}
      ORDER BY id LIMIT ${MOVE_CHUNK} FOR UPDATE)`;
}

/** Parks up to MOVE_CHUNK waiting deliveries; gives how many. */
export function holdDeliveries(tx: Tx, endpoint: EndpointRef, reason: string): Promise<number> {
  return moveDeliveries(tx, endpoint, WAITING, { state: "held", reason });
}

/** Makes up to MOVE_CHUNK held deliveries due now; gives how many. */
export function releaseHeldDeliveries(tx: Tx, endpoint: EndpointRef): Promise<number> {
  return moveDeliveries(tx, endpoint, HELD, { state: "pending", reason: null });
}

/** Ends up to MOVE_CHUNK held deliveries as cancelled; gives how many. */
export function dropHeldDeliveries(tx: Tx, endpoint: EndpointRef, reason: string): Promise<number> {
  return moveDeliveries(tx, endpoint, HELD, { state: "cancelled", reason });
}

/** Ends up to MOVE_CHUNK waiting or held deliveries as cancelled; gives how many. */
export function cancelOpenDeliveries(tx: Tx, endpoint: EndpointRef, reason: string): Promise<number> {
  return moveDeliveries(tx, endpoint, OPEN, { state: "cancelled", reason });
}

/** How many deliveries of the endpoint are held. */
export function countHeldDeliveries(tx: Tx, { environmentId, endpointId }: EndpointRef): Promise<number> {
  return tx.delivery.count({ where: { environmentId, endpointId, state: "held" } });
}
