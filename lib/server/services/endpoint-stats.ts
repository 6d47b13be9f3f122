// Owns the numbers of endpoints over the last 24 hours.
import type { EndpointStatsDto } from "@/lib/contracts/endpoints";
import type { Actor } from "@/lib/domain/access/permissions";
import { makeId } from "@/lib/domain/ids";
import type { ServiceContext } from "@/lib/server/context";
import {
  type HourRow,
  readEndpointStats,
  readHourlyAttempts,
  SAMPLE_LIMIT,
  type StatsRow,
} from "@/lib/server/repositories/endpoint-stats";
import { endpointNotFound, requireEndpoint } from "./endpoint/change-endpoint";
import { requirePermission } from "./require-permission";

const HOUR_MS = 3_600_000;
const HOURS = 24;
/** The longest usual schedule: a delivery this old may still be retrying inside the window. */
const OLDER_MS = 8 * 24 * HOUR_MS;

function smallestDeliveryId(ms: number): string {
  return makeId("delivery", ms, new Uint8Array(10));
}

function toDto(row: StatsRow, hours: HourRow[], windowStart: Date): EndpointStatsDto {
  const hourly = Array.from({ length: HOURS }, () => ({ succeeded: 0, failed: 0 }));
  for (const hour of hours) {
    const slot = hourly[HOURS - 1 - hour.hoursAgo];
    if (hour.endpointId === row.endpointId && slot !== undefined) {
      slot.succeeded = hour.succeeded;
      slot.failed = hour.failed;
    }
  }
  const since = row.sampled >= SAMPLE_LIMIT && row.oldestSampledAt ? row.oldestSampledAt : windowStart;
  return {
    endpoint_id: row.endpointId,
    succeeded_24h: row.succeeded,
    failed_24h: row.failed,
    pending: row.pending,
    held: row.held,
    last_success_at: row.lastSuccessAt?.toISOString() ?? null,
    last_failure_at: row.lastFailureAt?.toISOString() ?? null,
    counted_since: since.toISOString(),
    hourly,
  };
}

/** The numbers of several endpoints, for lists; ids that are not of this environment are left out. */
export async function listEndpointStats(
  ctx: ServiceContext,
  actor: Actor,
  ids: string[],
): Promise<EndpointStatsDto[]> {
  requirePermission(actor, "endpoints:read");
  const now = new Date(ctx.now());
  const windowStart = new Date(now.getTime() - HOURS * HOUR_MS);
  const input = {
    environmentId: actor.environmentId,
    endpointIds: ids,
    windowStart,
    windowId: smallestDeliveryId(windowStart.getTime()),
    olderId: smallestDeliveryId(now.getTime() - OLDER_MS),
  };
  const [rows, hours] = await Promise.all([
    readEndpointStats(ctx.db, input),
    readHourlyAttempts(ctx.db, { ...input, now }),
  ]);
  return rows.map((row) => toDto(row, hours, windowStart));
}

/** The numbers of one endpoint; throws `not_found`. */
export async function getEndpointStats(
  ctx: ServiceContext,
  actor: Actor,
  id: string,
): Promise<EndpointStatsDto> {
  requirePermission(actor, "endpoints:read");
  const { id: endpointId } = await requireEndpoint(ctx, actor, id);
  const [stats] = await listEndpointStats(ctx, actor, [endpointId]);
  // Deleted between the two reads: the second answer is the truth.
  if (stats === undefined) throw endpointNotFound();
  return stats;
}
