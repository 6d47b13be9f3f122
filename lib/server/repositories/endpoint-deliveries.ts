// Owns what a change of an endpoint's state does to its waiting deliveries: park, release, drop.
// An attempt in flight is never touched: whoever records it looks at the endpoint's state then.
// An ended lease stays in the row: the next claim reads from it that an attempt was lost.
// Every query names the environment and a state, so that the partial index over open deliveries can answer it.
import type { Tx } from "./database";

/** Rows moved by one statement, so that no statement comes near the time limit. */
export const MOVE_CHUNK = 5_000;

export type EndpointRef = { environmentId: string; endpointId: string };

/** Parks up to MOVE_CHUNK waiting deliveries; gives how many. Tests and replays stay: one attempt that a person wants now. */
export function holdDeliveries(
  tx: Tx,
  { environmentId, endpointId }: EndpointRef,
  reason: string,
): Promise<number> {
  return tx.$executeRaw`
    UPDATE delivery SET state = 'held', state_reason = ${reason}, next_attempt_at = NULL, claimable_at = NULL,
      updated_at = now()
    WHERE id IN (
      SELECT id FROM delivery
      WHERE environment_id = ${environmentId} AND endpoint_id = ${endpointId} AND state = 'pending'
        AND trigger = 'event' AND (lease_until IS NULL OR lease_until <= now())
      ORDER BY id LIMIT ${MOVE_CHUNK} FOR UPDATE)`;
}

/** Makes up to MOVE_CHUNK held deliveries due now, oldest first; gives how many. */
export function releaseHeldDeliveries(tx: Tx, { environmentId, endpointId }: EndpointRef): Promise<number> {
  return tx.$executeRaw`
    UPDATE delivery SET state = 'pending', state_reason = NULL, next_attempt_at = now(), claimable_at = now(),
      updated_at = now()
    WHERE id IN (
      SELECT id FROM delivery
      WHERE environment_id = ${environmentId} AND endpoint_id = ${endpointId} AND state = 'held'
      ORDER BY id LIMIT ${MOVE_CHUNK} FOR UPDATE)`;
}

/** Ends up to MOVE_CHUNK held deliveries as cancelled; gives how many. */
export function dropHeldDeliveries(
  tx: Tx,
  { environmentId, endpointId }: EndpointRef,
  reason: string,
): Promise<number> {
  return tx.$executeRaw`
    UPDATE delivery SET state = 'cancelled', state_reason = ${reason}, next_attempt_at = NULL, claimable_at = NULL,
      updated_at = now(), completed_at = now()
    WHERE id IN (
      SELECT id FROM delivery
      WHERE environment_id = ${environmentId} AND endpoint_id = ${endpointId} AND state = 'held'
      ORDER BY id LIMIT ${MOVE_CHUNK} FOR UPDATE)`;
}

/** Ends up to MOVE_CHUNK waiting or held deliveries as cancelled; gives how many. */
export function cancelOpenDeliveries(
  tx: Tx,
  { environmentId, endpointId }: EndpointRef,
  reason: string,
): Promise<number> {
  return tx.$executeRaw`
    UPDATE delivery SET state = 'cancelled', state_reason = ${reason}, next_attempt_at = NULL, claimable_at = NULL,
      updated_at = now(), completed_at = now()
    WHERE id IN (
      SELECT id FROM delivery
      WHERE environment_id = ${environmentId} AND endpoint_id = ${endpointId} AND state IN ('pending', 'held')
        AND (state = 'held' OR lease_until IS NULL OR lease_until <= now())
      ORDER BY id LIMIT ${MOVE_CHUNK} FOR UPDATE)`;
}

/** How many deliveries of the endpoint are held. */
export function countHeldDeliveries(tx: Tx, { environmentId, endpointId }: EndpointRef): Promise<number> {
  return tx.delivery.count({ where: { environmentId, endpointId, state: "held" } });
}
