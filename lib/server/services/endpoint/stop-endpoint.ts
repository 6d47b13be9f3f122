// Owns the stop of an endpoint: its state, and the parking of what waits for it. Pausing and disabling differ only in words.
import type { EndpointDto } from "@/lib/contracts/endpoints";
import type { Actor } from "@/lib/domain/access/permissions";
import type { DisabledReason } from "@/lib/domain/delivery/states";
import type { ServiceContext } from "@/lib/server/context";
import { recordAudit } from "@/lib/server/repositories/audit";
import { holdDeliveries } from "@/lib/server/repositories/endpoint-deliveries";
import { findEndpoint, lockEndpoint, updateEndpointRow } from "@/lib/server/repositories/endpoints";
import { changeEndpoint, requireEndpoint } from "./change-endpoint";
import { toEndpointDto } from "./endpoint-dto";
import { moveRemaining } from "./move-deliveries";

export type StopKind = { state: "paused"; reason: null } | { state: "disabled"; reason: DisabledReason };

/**
 * Stops an endpoint and holds its waiting deliveries; attempts in flight finish. Already stopped that way: nothing changes.
 * Throws `not_found`.
 */
export async function stopEndpoint(
  ctx: ServiceContext,
  actor: Actor,
  id: string,
  stop: StopKind,
): Promise<EndpointDto> {
  const { environmentId } = actor;
  const ref = { environmentId, endpointId: id };
  const heldReason = `endpoint_${stop.state}`;
  const { row, held } = await changeEndpoint(ctx, actor, id, async (tx, before, now) => {
    if (before.state === stop.state && before.stateReason === stop.reason) return { row: before, held: 0 };
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
    return { row: await requireEndpoint(ctx, actor, id, tx), held: count };
  });
  await moveRemaining(ctx, held, async (tx) => {
    if (!(await lockEndpoint(tx, environmentId, id))) return null;
    const current = await findEndpoint(tx, environmentId, id, new Date(ctx.now()));
    return current?.state === stop.state ? holdDeliveries(tx, ref, heldReason) : null;
  });
  return toEndpointDto(row);
}
