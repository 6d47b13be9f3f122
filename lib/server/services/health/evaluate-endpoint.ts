// Owns carrying out what the rules decide about one endpoint: tell that it recovered, warn, or disable. Each effect and
// its alert are one transaction that first checks that the endpoint is still as it was judged.

import { isAppError } from "@/lib/domain/errors";
import { assessHealth, type HealthAssessment, type HealthFacts } from "@/lib/domain/health/assess";
import { decideHealth } from "@/lib/domain/health/decide";
import type { Span } from "@/lib/domain/health/outage";
import type { AutoDisableRule } from "@/lib/domain/profile/definition-shape";
import type { ServiceContext } from "../../context";
import { resolveAlerts } from "../../repositories/alerts";
import { inTransaction } from "../../repositories/database";
import { clearWarned, lockHealth, markWarned, type WatchedRow } from "../../repositories/endpoint-health";
import { endpointFacts, raiseAlert } from "../alerts/raise-alert";
import { stopEndpoint } from "../endpoint/stop-endpoint";
import { failingDeliveries } from "./failing-deliveries";
import { systemActor } from "./system-actor";

/** What is known of our own way out, for all endpoints of one evaluation. */
export type Surroundings = { outages: readonly Span[]; nothingGetsOut: boolean };

export type EndpointEffect = "none" | "warned" | "disabled";

/** The stored health as the rules read it. */
export function healthFacts(row: {
  failingSince: Date | null;
  warnedPercent: number;
  warnedSince: Date | null;
  warnedAt: Date | null;
}): HealthFacts {
  return {
    failingSinceMs: row.failingSince?.getTime() ?? null,
    warnedPercent: row.warnedPercent,
    warnedSinceMs: row.warnedSince?.getTime() ?? null,
    warnedAtMs: row.warnedAt?.getTime() ?? null,
  };
}

/** Judges one endpoint and does what follows. Safe to do twice, and by two processes at once. */
export async function evaluateEndpoint(
  ctx: ServiceContext,
  row: WatchedRow,
  { outages, nothingGetsOut }: Surroundings,
): Promise<{ effect: EndpointEffect; recovered: boolean }> {
  const facts = healthFacts(row);
  const rule = row.autoDisable;
  const assessment = assessHealth(facts, rule, outages, ctx.now());
  const decision = decideHealth({
    facts,
    assessment,
    rule,
    isActive: row.state === "active",
    nothingGetsOut,
  });
  const recovered = decision.recovered && (await tellRecovered(ctx, row));
  const { effect } = decision;
  if (effect.kind === "none" || rule === null || row.failingSince === null)
    return { effect: "none", recovered };
  const failing = await failingDeliveries(ctx.db.prisma, {
    endpointId: row.endpointId,
    failingSince: row.failingSince,
    atMost: Math.max(rule.min_failures, 1_000),
  });
  if (failing < rule.min_failures) return { effect: "none", recovered };
  const done =
    effect.kind === "warn"
      ? await warn(ctx, row, effect.percent, assessment, failing, outages)
      : await disable(ctx, row, failing, outages);
  return { effect: done ? (effect.kind === "warn" ? "warned" : "disabled") : "none", recovered };
}

async function tellRecovered(ctx: ServiceContext, row: WatchedRow): Promise<boolean> {
  return inTransaction(ctx.db, async (tx) => {
    if (!(await clearWarned(tx, row.endpointId, row.warnedSince))) return false;
    const now = new Date(ctx.now());
    await resolveAlerts(tx, row.endpointId, ["endpoint.failing"], now);
    if (row.state !== "active" || row.warnedSince === null) return false;
    return raiseAlert(tx, ctx, {
      ...placeOf(row),
      dedupeKey: `recovered:${row.endpointId}:${row.warnedSince.getTime()}`,
      content: {
        kind: "endpoint.recovered",
        facts: {
          endpoint: endpointFacts(row),
          failing_since: row.warnedSince.toISOString(),
          recovered_at: now.toISOString(),
        },
      },
    });
  });
}

async function warn(
  ctx: ServiceContext,
  row: WatchedRow,
  percent: number,
  assessment: HealthAssessment,
  failing: number,
  outages: readonly Span[],
): Promise<boolean> {
  const { failingSince, autoDisable: rule } = row;
  if (failingSince === null || rule === null) return false;
  const nowMs = ctx.now();
  const isFirst = row.warnedPercent === 0 || row.warnedSince?.getTime() !== failingSince.getTime();
  const firstAt = isFirst ? new Date(nowMs) : (row.warnedAt ?? new Date(nowMs));
  // With this warning given: what is told is what will be done.
  const told = assessHealth(
    {
      failingSinceMs: failingSince.getTime(),
      warnedPercent: percent,
      warnedSinceMs: failingSince.getTime(),
      warnedAtMs: firstAt.getTime(),
    },
    rule,
    outages,
    nowMs,
  );
  return inTransaction(ctx.db, async (tx) => {
    if (!(await markWarned(tx, row.endpointId, { percent, failingSince, firstAt }))) return false;
    // The earlier stage is not over, but this one says all that it said.
    await resolveAlerts(tx, row.endpointId, ["endpoint.failing"], new Date(nowMs));
    return raiseAlert(tx, ctx, {
      ...placeOf(row),
      dedupeKey: `failing:${row.endpointId}:${failingSince.getTime()}:${percent}`,
      content: {
        kind: "endpoint.failing",
        facts: {
          endpoint: endpointFacts(row),
          percent: assessment.percent ?? percent,
          failing_since: failingSince.toISOString(),
          failing_hours: Math.floor(assessment.failingMs / 3_600_000),
          after_hours: rule.after_hours,
          disables_at: told.disableAtMs === null ? null : new Date(told.disableAtMs).toISOString(),
          failed_attempts: row.failures,
          failing_deliveries: failing,
          last_error_class: row.lastErrorClass,
        },
      },
    });
  });
}

async function disable(
  ctx: ServiceContext,
  row: WatchedRow,
  failing: number,
  outages: readonly Span[],
): Promise<boolean> {
  let done = false;
  try {
    await stopEndpoint(
      ctx,
      systemActor(row),
      row.endpointId,
      { state: "disabled", reason: "failing" },
      async (tx, before) => {
        // A success may have come since it was judged, or a person may have changed the rule; from here on both have to wait.
        const health = await lockHealth(tx, row.endpointId);
        const rule = before.autoDisable as AutoDisableRule | null;
        done =
          before.state === "active" &&
          health?.failingSince?.getTime() === row.failingSince?.getTime() &&
          health !== null &&
          rule !== null &&
          failing >= rule.min_failures &&
          assessHealth(healthFacts(health), rule, outages, ctx.now()).isDue;
        return done;
      },
    );
  } catch (error) {
    // Deleted meanwhile.
    if (!isAppError(error) || error.code !== "not_found") throw error;
    return false;
  }
  return done;
}

function placeOf(row: WatchedRow) {
  return { workspaceId: row.workspaceId, environmentId: row.environmentId, endpointId: row.endpointId };
}
