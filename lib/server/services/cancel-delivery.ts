// Ends a delivery that has not ended: nothing more is sent. An attempt under way may still be received, and is recorded,
// but recording looks at the state first, so it cannot bring the delivery back.
import type { CancelResult } from "@/lib/contracts/deliveries";
import type { Actor } from "@/lib/domain/access/permissions";
import type { ServiceContext } from "../context";
import { recordAudit } from "../repositories/audit";
import { inTransaction } from "../repositories/database";
import { cancelOpenDelivery, findDelivery } from "../repositories/deliveries";
import { toDeliveryDto } from "./delivery-dto";
import { requirePermission } from "./require-permission";

/** Cancels a pending or held delivery; its reason names the person or key that did it. */
export async function cancelDelivery(ctx: ServiceContext, actor: Actor, id: string): Promise<CancelResult> {
  requirePermission(actor, "deliveries:write");
  const { environmentId } = actor;
  const changed = await inTransaction(ctx.db, async (tx) => {
    if (!(await cancelOpenDelivery(tx, environmentId, id, `cancelled by ${actor.label}`))) return false;
    await recordAudit(tx, ctx, actor, {
      action: "delivery.cancelled",
      targetKind: "delivery",
      targetId: id,
    });
    return true;
  });
  const row = await findDelivery(ctx.db.prisma, environmentId, id);
  if (row === null) return { outcome: "not_found" };
  if (!changed) return { outcome: "already_final", state: row.state };
  ctx.pump.drop(id);
  ctx.bus.publish(environmentId, { kind: "deliveries", ids: [id] });
  return { outcome: "cancelled", delivery: toDeliveryDto(row) };
}
