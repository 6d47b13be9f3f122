// Owns how an endpoint's health is shown: the same rule that the evaluation follows, asked now.
import type { EndpointHealthDto, HealthStatus } from "@/lib/contracts/endpoint-health";
import type { Actor } from "@/lib/domain/access/permissions";
import { assessHealth, warnedPercentOf } from "@/lib/domain/health/assess";
import type { AutoDisableRule } from "@/lib/domain/profile/definition-shape";
import type { ServiceContext } from "../../context";
import { findHealth } from "../../repositories/endpoint-health";
import { findOpenOutage } from "../../repositories/own-outages";
import { requireEndpoint } from "../endpoint/change-endpoint";
import { requirePermission } from "../require-permission";
import { healthFacts } from "./evaluate-endpoint";
import { readSurroundings } from "./evaluate-health";
import { failingDeliveries } from "./failing-deliveries";

/** Counting stops here: nobody needs to know it more exactly. */
const MAX_COUNTED = 1_000;

const NEVER_TRIED = { failingSince: null, warnedPercent: 0, warnedSince: null, warnedAt: null };

const instant = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

/** The health of an endpoint of the actor's environment. Throws `not_found`. */
export async function getEndpointHealth(
  ctx: ServiceContext,
  actor: Actor,
  id: string,
): Promise<EndpointHealthDto> {
  requirePermission(actor, "endpoints:read");
  const endpoint = await requireEndpoint(ctx, actor, id);
  const { prisma } = ctx.db;
  const [row, openEgress] = await Promise.all([findHealth(prisma, id), findOpenOutage(prisma, "egress")]);
  const nothingGetsOut = openEgress !== null;
  const { outages } = await readSurroundings(ctx, nothingGetsOut);
  const facts = healthFacts(row ?? NEVER_TRIED);
  const rule = endpoint.autoDisable as AutoDisableRule | null;
  const assessed = assessHealth(facts, rule, outages, ctx.now());
  const isActive = endpoint.state === "active";
  const failingSince = row?.failingSince ?? null;
  const isTried = row !== null && (row.lastSuccessAt !== null || row.lastFailureAt !== null);
  const status: HealthStatus = assessed.failing ? "failing" : isTried ? "well" : "unknown";
  return {
    endpoint_id: id,
    status,
    failing_since: failingSince?.toISOString() ?? null,
    failed_attempts: row?.failures ?? 0,
    failing_deliveries:
      failingSince === null
        ? 0
        : await failingDeliveries(prisma, { endpointId: id, failingSince, atMost: MAX_COUNTED }),
    last_failure_at: row?.lastFailureAt?.toISOString() ?? null,
    last_error_class: row?.lastErrorClass ?? null,
    last_success_at: row?.lastSuccessAt?.toISOString() ?? null,
    auto_disable: rule,
    failing_seconds: Math.floor(assessed.failingMs / 1000),
    left_out_seconds: Math.floor(assessed.leftOutMs / 1000),
    percent: assessed.percent,
    warned_percent: warnedPercentOf(facts),
    // Nothing is sent to a stopped endpoint, so no clock leads anywhere.
    next_warning:
      isActive && assessed.nextWarning !== null
        ? {
            percent: assessed.nextWarning.percent,
            at: new Date(assessed.nextWarning.atMs).toISOString(),
          }
        : null,
    disables_at: isActive ? instant(assessed.disableAtMs) : null,
    nothing_gets_out: nothingGetsOut,
    certificate_expires_at: row?.certificateExpiresAt?.toISOString() ?? null,
  };
}
