// Owns the numbers of endpoints, read with bounded work: at most SAMPLE_LIMIT deliveries of each endpoint are looked at.
// Ids sort by time, so the index (endpoint_id, id) finds the last day's deliveries without a time index on the hot table.
import type { Database } from "./database";

/** Deliveries of one endpoint that a page may cost; a busier endpoint is counted from the oldest of these on. */
export const SAMPLE_LIMIT = 20_000;
/** Open and failed deliveries older than the window that still say something about it: their retries happen in it. */
const OLDER_LIMIT = 2_000;

export type StatsRow = {
  endpointId: string;
  succeeded: number;
  failed: number;
  pending: number;
  held: number;
  lastSuccessAt: Date | null;
  lastFailureAt: Date | null;
  sampled: number;
  oldestSampledAt: Date | null;
};

export type StatsInput = {
  environmentId: string;
  endpointIds: string[];
  /** Start of the window; `windowId` is the smallest delivery id of that moment, `olderId` one some days before. */
  windowStart: Date;
  windowId: string;
  olderId: string;
};

/** Counters of each endpoint that belongs to the environment. */
export function readEndpointStats(db: Database, input: StatsInput): Promise<StatsRow[]> {
  return db.prisma.$queryRaw<StatsRow[]>`
    SELECT e.id AS "endpointId",
      coalesce(w.succeeded, 0)::int AS succeeded, coalesce(w.failed, 0)::int AS failed,
      coalesce(w.sampled, 0)::int AS sampled, w.oldest AS "oldestSampledAt",
      o.pending::int AS pending, o.held::int AS held,
      coalesce(w.last_success, p.last_success) AS "lastSuccessAt",
      greatest(w.last_failure, o.last_failure) AS "lastFailureAt"
    FROM endpoint e
    CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE d.state = 'succeeded' AND d.trigger <> 'test') AS succeeded,
        count(*) FILTER (WHERE d.state = 'failed' AND d.trigger <> 'test') AS failed,
        count(*) AS sampled, min(d.created_at) AS oldest,
        max(d.completed_at) FILTER (WHERE d.state = 'succeeded') AS last_success,
        max(d.completed_at) FILTER (WHERE d.state = 'failed') AS last_failure
      FROM (
        SELECT state, trigger, created_at, completed_at FROM delivery
        WHERE endpoint_id = e.id AND id >= ${input.windowId}
        ORDER BY id DESC LIMIT ${SAMPLE_LIMIT}
      ) d
    ) w
    CROSS JOIN LATERAL (
      SELECT max(d.completed_at) AS last_success
      FROM (
        SELECT state, completed_at FROM delivery
        WHERE endpoint_id = e.id AND id < ${input.windowId} AND w.last_success IS NULL
        ORDER BY id DESC LIMIT ${OLDER_LIMIT}
      ) d
      WHERE d.state = 'succeeded'
    ) p
    CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE d.state = 'pending') AS pending,
        count(*) FILTER (WHERE d.state = 'held') AS held,
        max(d.updated_at) FILTER (WHERE d.last_error_class IS NOT NULL) AS last_failure
      FROM delivery d
      WHERE d.environment_id = e.environment_id AND d.endpoint_id = e.id AND d.state IN ('pending', 'held')
    ) o
    WHERE e.environment_id = ${input.environmentId} AND e.id = ANY(${input.endpointIds}) AND e.deleted_at IS NULL`;
}

export type HourRow = { endpointId: string; hoursAgo: number; succeeded: number; failed: number };

/** Attempts by hour before `now` (0 = the last sixty minutes) for each endpoint; hours without any are left out. */
export function readHourlyAttempts(db: Database, input: StatsInput & { now: Date }): Promise<HourRow[]> {
  return db.prisma.$queryRaw<HourRow[]>`
    SELECT e.id AS "endpointId",
      floor(extract(epoch FROM (${input.now}::timestamptz - a.started_at)) / 3600)::int AS "hoursAgo",
      count(*) FILTER (WHERE a.succeeded)::int AS succeeded,
      count(*) FILTER (WHERE NOT a.succeeded)::int AS failed
    FROM endpoint e
    CROSS JOIN LATERAL (
      (SELECT id FROM delivery
       WHERE endpoint_id = e.id AND id >= ${input.windowId} AND trigger <> 'test'
       ORDER BY id DESC LIMIT ${SAMPLE_LIMIT})
      UNION ALL
      (SELECT id FROM delivery
       WHERE environment_id = e.environment_id AND endpoint_id = e.id AND state IN ('pending', 'failed', 'held')
         AND id >= ${input.olderId} AND id < ${input.windowId} AND trigger <> 'test'
       ORDER BY id DESC LIMIT ${OLDER_LIMIT})
    ) d
    JOIN attempt a ON a.delivery_id = d.id
    WHERE e.environment_id = ${input.environmentId} AND e.id = ANY(${input.endpointIds}) AND e.deleted_at IS NULL
      AND a.started_at > ${input.windowStart} AND a.started_at <= ${input.now}
    GROUP BY 1, 2`;
}
