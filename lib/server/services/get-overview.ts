// Gives an environment's overview: numbers of the last 24 hours, what is open now, and what has been set up.
import type { OverviewDto } from "@/lib/contracts/overview";
import type { Actor } from "@/lib/domain/access/permissions";
import { makeId } from "@/lib/domain/ids";
import type { ServiceContext } from "../context";
import {
  OVERVIEW_SAMPLE,
  type OverviewHour,
  readFirstSteps,
  readLatency,
  readOpenDeliveries,
  readOverviewHours,
  readTroubledEndpoints,
} from "../repositories/overview";
import { requirePermission } from "./require-permission";

const HOUR_MS = 3_600_000;
const HOURS = 24;
const MAX_TROUBLED = 5;
/** Something is due for a moment all the time; only from here on it is worth a word. */
const OVERDUE_MS = 10_000;

function countHours(rows: readonly OverviewHour[]): Pick<OverviewDto, "hourly" | "succeeded" | "failed"> {
  const hourly = Array.from({ length: HOURS }, () => ({ succeeded: 0, failed: 0 }));
  for (const { hoursAgo, succeeded, failed } of rows) {
    const slot = hourly[HOURS - 1 - hoursAgo];
    if (slot) Object.assign(slot, { succeeded, failed });
  }
  return {
    hourly,
    succeeded: hourly.reduce((sum, hour) => sum + hour.succeeded, 0),
    failed: hourly.reduce((sum, hour) => sum + hour.failed, 0),
  };
}

/** Where counting really began: later than `windowStart` when the sample was full before its end. */
function countedSince(rows: readonly OverviewHour[], windowStart: number): string {
  const sampled = rows.reduce((sum, row) => sum + row.sampled, 0);
  const oldest = Math.min(...rows.map((row) => row.oldestAt.getTime()));
  return new Date(sampled >= OVERVIEW_SAMPLE ? oldest : windowStart).toISOString();
}

/** The overview of the actor's environment. Needs `deliveries:read` and `endpoints:read`. */
export async function getOverview(ctx: ServiceContext, actor: Actor): Promise<OverviewDto> {
  requirePermission(actor, "deliveries:read");
  requirePermission(actor, "endpoints:read");
  const now = ctx.now();
  const windowStart = now - HOURS * HOUR_MS;
  const windowId = makeId("delivery", windowStart, new Uint8Array(10));
  const window = { environmentId: actor.environmentId, now: new Date(now), windowId };
  const [hours, open, latency, troubled, steps] = await Promise.all([
    readOverviewHours(ctx.db, window),
    readOpenDeliveries(ctx.db, window),
    readLatency(ctx.db, window),
    readTroubledEndpoints(ctx.db, window, MAX_TROUBLED),
    readFirstSteps(ctx.db, window),
  ]);
  const { oldestDueAt } = open;
  const isOverdue = oldestDueAt !== null && now - oldestDueAt.getTime() > OVERDUE_MS;
  return {
    first_steps: { endpoint: steps.endpoint, api_key: steps.apiKey, event: steps.event },
    counted_since: countedSince(hours, windowStart),
    ...countHours(hours),
    pending: open.pending,
    held: open.held,
    oldest_due_at: isOverdue ? oldestDueAt.toISOString() : null,
    latency_ms: latency.p50 === null || latency.p95 === null ? null : { p50: latency.p50, p95: latency.p95 },
    troubled_endpoints: troubled.map((endpoint) => ({
      id: endpoint.id,
      url: endpoint.url,
      description: endpoint.description,
      state: endpoint.state,
      state_reason: endpoint.stateReason,
      succeeded_24h: endpoint.succeeded,
      failed_24h: endpoint.failed,
      retrying: endpoint.retrying,
    })),
  };
}
