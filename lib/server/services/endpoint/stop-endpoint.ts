// Owns the stop of an endpoint: its state, and the parking of what waits for it. Pausing and disabling differ only in words.
import type { EndpointDto } from "@/lib/contracts/endpoints";
import type { Actor } from "@/lib/domain/access/permissions";
import type { DisabledReason } from "@/lib/domain/delivery/states";
import type { ServiceContext } from "@/lib/server/context";
import { resolveAlerts } from "@/lib/server/repositories/alerts";
import { recordAudit } from "@/lib/server/repositories/audit";
import type { Tx } from "@/lib/server/repositories/database";
import { holdDeliveries } from "@/lib/server/repositories/endpoint-deliveries";
import { clearWarnings, findHealth } from "@/lib/server/repositories/endpoint-health";
import {
  type EndpointView,
  findEndpoint,
  lockEndpoint,
  updateEndpointRow,
} from "@/lib/server/repositories/endpoints";
import { endpointFacts, raiseAlert } from "../alerts/raise-alert";
import { changeEndpoint, requireEndpoint } from "./change-endpoint";
import { toEndpointDto } from "./endpoint-dto";
import { moveRemaining } from "./move-deliveries";

export type StopKind = { state: "paused"; reason: null } | { state: "disabled"; reason: DisabledReason };

/**
 * Stops an endpoint and holds its waiting deliveries; attempts in flight finish. Already stopped that way, or `isStillDue`
 * says no on the locked endpoint: nothing changes. Where a rule and no person disables it, people are told. Throws `not_found`.
 */
export async function stopEndpoint(
  ctx: ServiceContext,
  actor: Actor,
  id: string,
  stop: StopKind,
  isStillDue: (tx: Tx, before: EndpointView) => Promise<boolean> = async () => true,
): Promise<EndpointDto> {
  const { environmentId } = actor;
  const ref = { environmentId, endpointId: id };
  const heldReason = `endpoint_${stop.state}`;
  const { row, held } = await changeEndpoint(ctx, actor, id, async (tx, before, now) => {
    if (before.state === stop.state && before.stateReason === stop.reason) return { row: before, held: 0 };
    if (!(await isStillDue(tx, before))) return { row: before, held: 0 };
    await updateEndpointRow(
      tx,
      environmentId,
      id,
      { state: stop.state, stateReason: stop.reason, stateChangedAt: now },
      now,
    );
    const count = await holdDeliveries(tx, ref, heldReason);
    await recordAudit(tx, ctx, actor, {
      action: stop.state === "paused" ? "endpoint.paused" : "endpoint.disabled",
      targetKind: "endpoint",
      targetId: id,
      detail: { from: before.state, reason: stop.reason },
    });
    if (stop.state === "disabled") await tellDisabled(tx, ctx, actor, before, stop.reason);
    return { row: await requireEndpoint(ctx, actor, id, tx), held: count };
  });
  await moveRemaining(ctx, held, async (tx) => {
    if (!(await lockEndpoint(tx, environmentId, id))) return null;
    const current = await findEndpoint(tx, environmentId, id, new Date(ctx.now()));
    return current?.state === stop.state ? holdDeliveries(tx, ref, heldReason) : null;
  });
  return toEndpointDto(row);
}

/** Ends the warnings, and tells those who did not do it themselves. */
async function tellDisabled(
  tx: Tx,
  ctx: ServiceContext,
  actor: Actor,
  endpoint: EndpointView,
  reason: DisabledReason,
): Promise<void> {
  const now = new Date(ctx.now());
  const health = await findHealth(tx, endpoint.id);
  await clearWarnings(tx, endpoint.id);
  await resolveAlerts(tx, endpoint.id, ["endpoint.failing"], now);
  if (reason === "manual") return;
  await raiseAlert(tx, ctx, {
    workspaceId: actor.workspaceId,
    environmentId: actor.environmentId,
    endpointId: endpoint.id,
    dedupeKey: `disabled:${endpoint.id}:${now.getTime()}`,
    content: {
      kind: "endpoint.disabled",
      facts: {
        endpoint: endpointFacts(endpoint),
        reason,
        failing_since: health?.failingSince?.toISOString() ?? null,
        failed_attempts: health?.failures ?? 0,
        last_error_class: health?.lastErrorClass ?? null,
      },
    },
  });
}
