// Owns enabling: the endpoint's state and the fate of what was held, decided together.
import type { EnabledEndpointDto, EnableEndpointInput } from "@/lib/contracts/endpoints";
import type { Actor } from "@/lib/domain/access/permissions";
import type { ServiceContext } from "@/lib/server/context";
import { recordAudit } from "@/lib/server/repositories/audit";
import type { Tx } from "@/lib/server/repositories/database";
import {
  countHeldDeliveries,
  dropHeldDeliveries,
  releaseHeldDeliveries,
} from "@/lib/server/repositories/endpoint-deliveries";
import { findEndpoint, lockEndpoint, updateEndpointRow } from "@/lib/server/repositories/endpoints";
import { replayHeldDeliveries } from "@/lib/server/repositories/held-replays";
import { changeEndpoint, requireEndpoint } from "./endpoint/change-endpoint";
import { toEndpointDto } from "./endpoint/endpoint-dto";
import { moveRemaining } from "./endpoint/move-deliveries";
import { restartHealth } from "./health/restart-health";
import { requirePermission } from "./require-permission";

/** Why a dropped delivery ended. */
export const DROPPED_REASON = "dropped";

/**
 * Makes an endpoint active and releases its held deliveries (due now, at the endpoint's own concurrency), replays them
 * (each made anew), drops them (cancelled) or keeps them held. Also for an active endpoint, whose kept deliveries can thus
 * be released later. Throws `not_found`.
 */
export async function enableEndpoint(
  ctx: ServiceContext,
  actor: Actor,
  id: string,
  input: EnableEndpointInput,
): Promise<EnabledEndpointDto> {
  requirePermission(actor, "endpoints:write");
  const { environmentId } = actor;
  const ref = { environmentId, endpointId: id };
  // Held deliveries whose event the endpoint does not want any more; they end, and are not counted.
  let unwanted = 0;
  const move = async (tx: Tx): Promise<number> => {
    if (input.held === "release") {
      const { moved, released } = await releaseHeldDeliveries(tx, ref);
      unwanted += moved - released;
      return moved;
    }
    if (input.held === "drop") return dropHeldDeliveries(tx, ref, DROPPED_REASON);
    const { moved, replayed } = await replayHeldDeliveries(tx, ref, () => ctx.newId("delivery"));
    unwanted += moved - replayed;
    return moved;
  };

  const first = await changeEndpoint(ctx, actor, id, async (tx, before, now) => {
    if (before.state !== "active") {
      await updateEndpointRow(
        tx,
        environmentId,
        id,
        { state: "active", stateReason: null, stateChangedAt: now },
        now,
      );
    }
    const held = await countHeldDeliveries(tx, ref);
    const moved = input.held === "keep" || held === 0 ? 0 : await move(tx);
    if (before.state !== "active") {
      // After the deliveries, in the order in which the record statement locks them.
      await restartHealth(tx, ctx, id, { isEnabled: true });
    }
    if (before.state !== "active" || moved > 0) {
      await recordAudit(tx, ctx, actor, {
        action: "endpoint.enabled",
        targetKind: "endpoint",
        targetId: id,
        detail: { from: before.state, reason: before.stateReason, held: input.held, held_deliveries: held },
      });
    }
    return { row: await requireEndpoint(ctx, actor, id, tx), held, moved };
  });
  const moved = await moveRemaining(ctx, first.moved, async (tx) => {
    if (!(await lockEndpoint(tx, environmentId, id))) return null;
    const current = await findEndpoint(tx, environmentId, id, new Date(ctx.now()));
    return current?.state === "active" ? move(tx) : null;
  });
  if (moved > 0) ctx.pump.wake();
  return {
    ...toEndpointDto(first.row),
    held_deliveries: { action: input.held, count: input.held === "keep" ? first.held : moved - unwanted },
  };
}
