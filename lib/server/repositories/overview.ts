// Owns the reads behind an environment's overview, each with bounded work. Ids sort by time, so the newest deliveries
// come from an index without a time column on the hot table.
import type { EndpointState } from "@/lib/domain/delivery/states";
import type { Database } from "./database";

/** Deliveries that one look may cost; a busier environment is counted from the oldest of these on. */
export const OVERVIEW_SAMPLE = 100_000;
const OPEN_SAMPLE = 100_000;
const LATENCY_SAMPLE = 10_000;

type Window = { environmentId: string; now: Date; windowId: string };

export type OverviewHour = {
  hoursAgo: number;
  succeeded: number;
  failed: number;
  sampled: number;
  oldestAt: Date;
};

/** Finished deliveries by hour (0 = the last sixty minutes); hours without any are left out. */
export function readOverviewHours({ prisma }: Database, window: Window): Promise<OverviewHour[]> {
  return prisma.$queryRaw<OverviewHour[]>`
    SELECT greatest(0, floor(extract(epoch FROM (${window.now}::timestamptz - d.created_at)) / 3600))::int AS "hoursAgo",
      count(*) FILTER (WHERE d.state = 'succeeded')::int AS succeeded,
      count(*) FILTER (WHERE d.state = 'failed')::int AS failed,
      count(*)::int AS sampled, min(d.created_at) AS "oldestAt"
    FROM (
      SELECT state, created_at FROM delivery
      WHERE environment_id = ${window.environmentId} AND id >= ${window.windowId} AND trigger <> 'test'
      ORDER BY id DESC LIMIT ${OVERVIEW_SAMPLE}
    ) d
    GROUP BY 1`;
}

export type OpenDeliveries = { pending: number; held: number; oldestDueAt: Date | null };

/** What is open now. Due: its moment has come and no attempt is under way. */
export async function readOpenDeliveries({ prisma }: Database, window: Window): Promise<OpenDeliveries> {
  const rows = await prisma.$queryRaw<OpenDeliveries[]>`
    SELECT count(*) FILTER (WHERE d.state = 'pending')::int AS pending,
      count(*) FILTER (WHERE d.state = 'held')::int AS held,
      min(d.due_at) FILTER (WHERE d.state = 'pending' AND d.due_at <= ${window.now}::timestamptz
        AND (d.lease_until IS NULL OR d.lease_until <= ${window.now}::timestamptz)) AS "oldestDueAt"
    FROM (
      SELECT state, coalesce(next_attempt_at, created_at) AS due_at, lease_until FROM delivery
      WHERE environment_id = ${window.environmentId} AND state IN ('pending', 'held')
      LIMIT ${OPEN_SAMPLE}
    ) d`;
  return rows[0] ?? { pending: 0, held: 0, oldestDueAt: null };
}

export type Latency = { p50: number | null; p95: number | null };

/** Milliseconds that succeeded deliveries took, of the newest ones. */
export async function readLatency({ prisma }: Database, window: Window): Promise<Latency> {
  const rows = await prisma.$queryRaw<Latency[]>`
    SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY d.last_duration_ms) AS p50,
      percentile_cont(0.95) WITHIN GROUP (ORDER BY d.last_duration_ms) AS p95
    FROM (
      SELECT last_duration_ms, state FROM delivery
      WHERE environment_id = ${window.environmentId} AND id >= ${window.windowId} AND trigger <> 'test'
      ORDER BY id DESC LIMIT ${LATENCY_SAMPLE}
    ) d
    WHERE d.state = 'succeeded' AND d.last_duration_ms IS NOT NULL`;
  return rows[0] ?? { p50: null, p95: null };
}

export type TroubledEndpoint = {
  id: string;
  url: string;
  description: string;
  state: EndpointState;
  stateReason: string | null;
  succeeded: number;
  failed: number;
  retrying: number;
};

/** Endpoints that are disabled, or whose recent deliveries failed or wait for another attempt; the worst first. */
export function readTroubledEndpoints(
  { prisma }: Database,
  window: Window,
  take: number,
): Promise<TroubledEndpoint[]> {
  return prisma.$queryRaw<TroubledEndpoint[]>`
    SELECT e.id, e.url, e.description, e.state, e.state_reason AS "stateReason",
      coalesce(n.succeeded, 0)::int AS succeeded, coalesce(n.failed, 0)::int AS failed,
      coalesce(n.retrying, 0)::int AS retrying
    FROM endpoint e
    LEFT JOIN (
      SELECT d.endpoint_id,
        count(*) FILTER (WHERE d.state = 'succeeded') AS succeeded,
        count(*) FILTER (WHERE d.state = 'failed') AS failed,
        count(*) FILTER (WHERE d.state = 'pending' AND d.attempt_count > 0 AND d.next_attempt_at IS NOT NULL) AS retrying
      FROM (
        SELECT endpoint_id, state, attempt_count, next_attempt_at FROM delivery
        WHERE environment_id = ${window.environmentId} AND id >= ${window.windowId} AND trigger <> 'test'
        ORDER BY id DESC LIMIT ${OVERVIEW_SAMPLE}
      ) d
      GROUP BY d.endpoint_id
    ) n ON n.endpoint_id = e.id
    WHERE e.environment_id = ${window.environmentId} AND e.deleted_at IS NULL
      AND (e.state = 'disabled' OR n.failed > 0 OR n.retrying > 0)
    ORDER BY (e.state = 'disabled') DESC, n.failed DESC NULLS LAST, n.retrying DESC NULLS LAST, e.id
    LIMIT ${take}`;
}

export type FirstSteps = { endpoint: boolean; apiKey: boolean; event: boolean };

/** Whether the environment has ever had an endpoint, a usable key, and an event of its own (not a test). */
export async function readFirstSteps({ prisma }: Database, window: Window): Promise<FirstSteps> {
  const rows = await prisma.$queryRaw<FirstSteps[]>`
    SELECT EXISTS (SELECT 1 FROM endpoint WHERE environment_id = ${window.environmentId} AND deleted_at IS NULL) AS endpoint,
      EXISTS (SELECT 1 FROM api_key WHERE environment_id = ${window.environmentId} AND revoked_at IS NULL
        AND (expires_at IS NULL OR expires_at > ${window.now}::timestamptz)) AS "apiKey",
      EXISTS (SELECT 1 FROM event WHERE environment_id = ${window.environmentId} AND NOT is_test) AS event`;
  return rows[0] ?? { endpoint: false, apiKey: false, event: false };
}
