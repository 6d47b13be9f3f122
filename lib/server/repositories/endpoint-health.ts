// Owns reads and changes of the health of endpoints. The record statement writes what happened; here is what was told and
// what a person's decision resets.
import { OWN_FAULT_CLASSES } from "@/lib/domain/health/faults";
import type { AutoDisableRule } from "@/lib/domain/profile/definition-shape";
import type { EndpointHealth } from "../db/generated/client";
import type { Database, Tx } from "./database";

type Client = Database["prisma"] | Tx;

export type HealthRow = EndpointHealth;

/** What is known of the endpoint; null before its first counting attempt. */
export function findHealth(client: Client, endpointId: string): Promise<HealthRow | null> {
  return client.endpointHealth.findUnique({ where: { endpointId } });
}

/** Locks and reads the row: whoever records an attempt of the endpoint waits until the transaction ends. */
export async function lockHealth(tx: Tx, endpointId: string): Promise<HealthRow | null> {
  await tx.$queryRaw`SELECT 1 FROM endpoint_health WHERE endpoint_id = ${endpointId} FOR UPDATE`;
  return findHealth(tx, endpointId);
}

export type WatchedRow = {
  endpointId: string;
  environmentId: string;
  workspaceId: string;
  state: string;
  url: string;
  description: string;
  autoDisable: AutoDisableRule | null;
  failingSince: Date | null;
  failures: number;
  lastErrorClass: string | null;
  warnedPercent: number;
  warnedSince: Date | null;
  warnedAt: Date | null;
};

/** Endpoints that fail, or that a warning was given for, by id; those after `afterId`. */
export function listWatched(client: Client, afterId: string, take: number): Promise<WatchedRow[]> {
  return client.$queryRaw<WatchedRow[]>`
    SELECT h.endpoint_id AS "endpointId", e.environment_id AS "environmentId", x.workspace_id AS "workspaceId", e.state, e.url,
      e.description, e.auto_disable AS "autoDisable", h.failing_since AS "failingSince", h.failures,
      h.last_error_class AS "lastErrorClass", h.warned_percent AS "warnedPercent", h.warned_since AS "warnedSince",
      h.warned_at AS "warnedAt"
    FROM endpoint_health h
    JOIN endpoint e ON e.id = h.endpoint_id
    JOIN environment x ON x.id = e.environment_id
    WHERE (h.failing_since IS NOT NULL OR h.warned_percent > 0) AND h.endpoint_id > ${afterId} AND e.deleted_at IS NULL
    ORDER BY h.endpoint_id LIMIT ${take}`;
}

/** Deliveries that are looked at on either side of the moment at which an endpoint began to fail. */
const COUNT_SAMPLE = 5_000;

export type FailingDeliveriesInput = {
  endpointId: string;
  failingSince: Date;
  /** The smallest delivery id of that moment, and one of long before. */
  sinceId: string;
  olderId: string;
  /** Counting stops here. */
  atMost: number;
};

/**
 * Deliveries with a failed attempt since the endpoint began to fail, replays, tests and our own faults left out. From that
 * moment on all of them fail, so the first few rows of the index are enough; before it, retries of older ones are found.
 */
export async function countFailingDeliveries(client: Client, input: FailingDeliveriesInput): Promise<number> {
  const { endpointId, failingSince, sinceId, olderId, atMost } = input;
  const own = [...OWN_FAULT_CLASSES];
  const [row] = await client.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT 1 FROM (
        (SELECT id, trigger, state, last_error_class FROM delivery
         WHERE endpoint_id = ${endpointId} AND id >= ${sinceId} ORDER BY id LIMIT ${COUNT_SAMPLE})
        UNION ALL
        (SELECT id, trigger, state, last_error_class FROM delivery
         WHERE endpoint_id = ${endpointId} AND id >= ${olderId} AND id < ${sinceId} ORDER BY id DESC LIMIT ${COUNT_SAMPLE})
      ) d
      WHERE d.trigger = 'event' AND d.state IN ('pending', 'failed', 'held')
        AND d.last_error_class IS NOT NULL AND d.last_error_class <> ALL(${own})
        AND EXISTS (SELECT 1 FROM attempt a WHERE a.delivery_id = d.id AND NOT a.succeeded
                      AND a.started_at + coalesce(a.duration_ms, 0) * interval '1 millisecond' >= ${failingSince}::timestamptz - interval '1 millisecond')
      LIMIT ${atMost}
    ) counted`;
  return row?.count ?? 0;
}

/** Notes a warning, unless the endpoint has recovered or was warned meanwhile; true when it was noted. */
export async function markWarned(
  tx: Tx,
  endpointId: string,
  warning: { percent: number; failingSince: Date; firstAt: Date },
): Promise<boolean> {
  const { percent, failingSince, firstAt } = warning;
  const { count } = await tx.endpointHealth.updateMany({
    where: {
      endpointId,
      failingSince,
      OR: [{ warnedSince: null }, { warnedSince: { not: failingSince } }, { warnedPercent: { lt: percent } }],
    },
    data: { warnedPercent: percent, warnedSince: failingSince, warnedAt: firstAt },
  });
  return count === 1;
}

/** Forgets the warnings about one failing; true when they were still noted. */
export async function clearWarned(tx: Tx, endpointId: string, warnedSince: Date | null): Promise<boolean> {
  const { count } = await tx.endpointHealth.updateMany({
    where: { endpointId, warnedSince, warnedPercent: { gt: 0 } },
    data: { warnedPercent: 0, warnedSince: null, warnedAt: null },
  });
  return count === 1;
}

/** The endpoint is stopped: what it was warned about has happened, or a person was quicker. */
export async function clearWarnings(tx: Tx, endpointId: string): Promise<void> {
  await tx.endpointHealth.updateMany({
    where: { endpointId, warnedPercent: { gt: 0 } },
    data: { warnedPercent: 0, warnedSince: null, warnedAt: null },
  });
}

/** A person has decided about the endpoint: its clock starts anew, and its last failure says nothing about now. */
export async function resetHealth(tx: Tx, endpointId: string): Promise<void> {
  await tx.endpointHealth.updateMany({
    where: { endpointId },
    data: {
      failingSince: null,
      failures: 0,
      lastErrorClass: null,
      warnedPercent: 0,
      warnedSince: null,
      warnedAt: null,
    },
  });
}

/**
 * Failures of receivers that were well until nothing got out of here were not theirs: they are forgotten. One that had not
 * answered for `answeredBeforeMs` when it began to fail keeps its clock. Gives how many.
 */
export function forgetFailuresSince(tx: Tx, since: Date, answeredBeforeMs: number): Promise<number> {
  // Locked in the order in which the record statement locks.
  return tx.$executeRaw`
    UPDATE endpoint_health h SET failing_since = NULL, failures = 0, last_error_class = NULL
    FROM (SELECT endpoint_id FROM endpoint_health
          WHERE failing_since >= ${since} AND last_success_at >= failing_since - ${answeredBeforeMs} * interval '1 millisecond'
          ORDER BY endpoint_id FOR UPDATE) begun
    WHERE h.endpoint_id = begun.endpoint_id`;
}

export type EgressRow = {
  endpointId: string;
  workspaceId: string;
  url: string;
  failingSince: Date | null;
  lastFailureAt: Date | null;
  lastErrorClass: string | null;
  lastSuccessAt: Date | null;
};

/** Endpoints of all workspaces that had an attempt since `since`. */
export function listActiveHealth(client: Client, since: Date): Promise<EgressRow[]> {
  return client.$queryRaw<EgressRow[]>`
    SELECT h.endpoint_id AS "endpointId", x.workspace_id AS "workspaceId", e.url, h.failing_since AS "failingSince",
      h.last_failure_at AS "lastFailureAt", h.last_error_class AS "lastErrorClass", h.last_success_at AS "lastSuccessAt"
    FROM endpoint_health h
    JOIN endpoint e ON e.id = h.endpoint_id
    JOIN environment x ON x.id = e.environment_id
    WHERE (h.last_failure_at >= ${since} OR h.last_success_at >= ${since}) AND e.deleted_at IS NULL`;
}

export type ToldRow = {
  endpointId: string;
  environmentId: string;
  workspaceId: string;
  url: string;
  description: string;
};

/** Endpoints with deliveries that gave up and that nobody has been told about. */
export function listExhausted(
  client: Client,
  take: number,
): Promise<(ToldRow & { exhausted: bigint; told: bigint })[]> {
  return client.$queryRaw<(ToldRow & { exhausted: bigint; told: bigint })[]>`
    SELECT h.endpoint_id AS "endpointId", e.environment_id AS "environmentId", x.workspace_id AS "workspaceId", e.url,
      e.description, h.exhausted, h.exhausted_told AS told
    FROM endpoint_health h
    JOIN endpoint e ON e.id = h.endpoint_id
    JOIN environment x ON x.id = e.environment_id
    WHERE h.exhausted > h.exhausted_told AND e.deleted_at IS NULL
    ORDER BY h.endpoint_id LIMIT ${take}`;
}

/** Notes that people know of the endpoint's first `exhausted` deliveries; false when they were told meanwhile. */
export async function markExhaustedTold(
  tx: Tx,
  endpointId: string,
  { told, exhausted }: { told: bigint; exhausted: bigint },
): Promise<boolean> {
  const { count } = await tx.endpointHealth.updateMany({
    where: { endpointId, exhaustedTold: told },
    data: { exhaustedTold: exhausted },
  });
  return count === 1;
}

export type EndingRow = ToldRow & { whose: "receiver" | "client"; expiresAt: Date; seenAt: Date | null };

/** One page of certificates of active endpoints that end before `before`: the receivers', and those that we show to them. */
export function listEndingCertificates(
  client: Client,
  before: Date,
  { after, take }: { after: { endpointId: string; whose: string }; take: number },
): Promise<EndingRow[]> {
  return client.$queryRaw<EndingRow[]>`
    SELECT e.id AS "endpointId", e.environment_id AS "environmentId", x.workspace_id AS "workspaceId", e.url, e.description,
      c.whose, c.expires_at AS "expiresAt", c.seen_at AS "seenAt"
    FROM (
      SELECT endpoint_id, 'receiver' AS whose, certificate_expires_at AS expires_at, certificate_seen_at AS seen_at
      FROM endpoint_health
      UNION ALL
      SELECT endpoint_id, 'client', expires_at, updated_at FROM endpoint_client_certificate
    ) c
    JOIN endpoint e ON e.id = c.endpoint_id
    JOIN environment x ON x.id = e.environment_id
    WHERE c.expires_at < ${before} AND e.deleted_at IS NULL AND e.state = 'active'
      AND (e.id, c.whose) > (${after.endpointId}, ${after.whose})
    ORDER BY e.id, c.whose LIMIT ${take}`;
}
