// Owns the rows behind a single replay: what is read under a lock, what is inserted, and its idempotency key.
import { createHash } from "node:crypto";
import type { ReplaySettings } from "@/lib/contracts/deliveries";
import type { Tx } from "./database";

export type ReplaySource = {
  id: string;
  eventId: string;
  eventType: string;
  endpointId: string;
  inFlight: boolean;
  endpointDeleted: boolean;
  endpointTenant: string | null;
  endpointEventTypes: string[];
  eventTenant: string | null;
  isTest: boolean;
  hasPayload: boolean;
  /** What it looked like on the wire. */
  profileVersionId: number | null;
  transformId: number | null;
  /** What the endpoint sends now. */
  currentProfileVersionId: number | null;
  currentTransformId: number | null;
};

/**
 * The delivery to replay with what decides about it, locked so that two clicks take turns; null when unknown. Its event
 * is locked against retention, which would otherwise leave the replay without an event.
 */
export async function lockReplaySource(
  tx: Tx,
  environmentId: string,
  id: string,
): Promise<ReplaySource | null> {
  const rows = await tx.$queryRaw<ReplaySource[]>`
    SELECT d.id, d.event_id AS "eventId", d.event_type AS "eventType", d.endpoint_id AS "endpointId",
      (d.lease_until IS NOT NULL AND d.lease_until > now()
        -- A cancelled delivery keeps its lease until it runs out, but its attempt may be over before that.
        AND NOT EXISTS (SELECT 1 FROM attempt a WHERE a.delivery_id = d.id AND a.number = d.attempt_count)
      ) AS "inFlight",
      (e.deleted_at IS NOT NULL) AS "endpointDeleted", e.tenant AS "endpointTenant",
      e.event_types AS "endpointEventTypes", v.tenant AS "eventTenant", v.is_test AS "isTest",
      (v.data IS NOT NULL) AS "hasPayload",
      d.profile_version_id AS "profileVersionId", d.transform_id AS "transformId",
      e.profile_version_id AS "currentProfileVersionId", e.transform_id AS "currentTransformId"
    FROM delivery d
    JOIN endpoint e ON e.id = d.endpoint_id
    JOIN event v ON v.environment_id = d.environment_id AND v.id = d.event_id
    WHERE d.id = ${id} AND d.environment_id = ${environmentId}
    FOR NO KEY UPDATE OF d FOR KEY SHARE OF v`;
  return rows[0] ?? null;
}

/** True when a replay of this delivery has not finished yet. */
export async function hasOpenReplay(tx: Tx, environmentId: string, id: string): Promise<boolean> {
  const open = await tx.delivery.findFirst({
    where: { environmentId, replayOf: id, state: "pending" },
    select: { id: true },
  });
  return open !== null;
}

/** Inserts a replay: due now, nobody holds it, linked to the delivery it was made from. */
export async function insertReplay(
  tx: Tx,
  environmentId: string,
  source: ReplaySource,
  wire: { profileVersionId: number | null; transformId: number | null },
  newId: string,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO delivery (id, environment_id, event_id, endpoint_id, event_type, trigger, replay_of, state,
      next_attempt_at, claimable_at, profile_version_id, transform_id)
    VALUES (${newId}, ${environmentId}, ${source.eventId}, ${source.endpointId}, ${source.eventType}, 'replay',
      ${source.id}, 'pending', now(), now(), ${wire.profileVersionId}::int, ${wire.transformId}::int)`;
}

const ROUTE = "deliveries.replay";
/** The default keeps the hash it has always had, so that keys of an earlier version stay good. */
const hashOf = ({ deliveryId, settings }: { deliveryId: string; settings: ReplaySettings }) =>
  new Uint8Array(
    createHash("sha256")
      .update(settings === "original" ? deliveryId : `${deliveryId} ${settings}`)
      .digest(),
  );

export type ReplayKeyClaim =
  | { outcome: "claimed" }
  | { outcome: "used"; replayId: string }
  | { outcome: "mismatch" };

/**
 * Takes an idempotency key for the replay of `deliveryId`, or says which replay it already made. A second caller waits
 * on the first one's row until that transaction ends, so both see the same replay.
 */
export async function claimReplayKey(
  tx: Tx,
  input: {
    environmentId: string;
    key: string;
    deliveryId: string;
    settings: ReplaySettings;
    replayId: string;
  },
): Promise<ReplayKeyClaim> {
  const { environmentId, key, replayId } = input;
  const inserted = await tx.$executeRaw`
    INSERT INTO idempotency_key (environment_id, route, key, request_hash, response)
    VALUES (${environmentId}, ${ROUTE}, ${key}, ${hashOf(input)}, ${JSON.stringify({ id: replayId })}::jsonb)
    ON CONFLICT DO NOTHING`;
  if (inserted === 1) return { outcome: "claimed" };
  const row = await tx.idempotencyKey.findUnique({
    where: { environmentId_route_key: { environmentId, route: ROUTE, key } },
  });
  if (row === null || !Buffer.from(row.requestHash).equals(hashOf(input))) return { outcome: "mismatch" };
  const response = row.response as { id: string };
  return { outcome: "used", replayId: response.id };
}

/** Gives a key back when its replay was refused, so that a later try with it is not bound to nothing. */
export async function releaseReplayKey(tx: Tx, environmentId: string, key: string): Promise<void> {
  await tx.idempotencyKey.deleteMany({ where: { environmentId, route: ROUTE, key } });
}
