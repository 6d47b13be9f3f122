// Brings the next attempt of a waiting delivery forward to now. Its schedule continues from there.
import type { RetryNowResult } from "@/lib/contracts/deliveries";
import type { Actor } from "@/lib/domain/access/permissions";
import type { ServiceContext } from "../context";
import { recordAudit } from "../repositories/audit";
import { inTransaction } from "../repositories/database";
import { findDelivery, makeDueNow } from "../repositories/deliveries";
import { toDeliveryDto } from "./delivery-dto";
import { requirePermission } from "./require-permission";
import { startAttempt } from "./start-attempt";

/** Only a pending delivery that nobody is attempting can be brought forward; a finished one is replayed instead. */
export async function retryDeliveryNow(
  ctx: ServiceContext,
  actor: Actor,
  id: string,
): Promise<RetryNowResult> {
  requirePermission(actor, "deliveries:write");
  const { environmentId } = actor;
  const changed = await inTransaction(ctx.db, async (tx) => {
    if (!(await makeDueNow(tx, environmentId, id))) return false;
    await recordAudit(tx, ctx, actor, {
      action: "delivery.retried_now",
      targetKind: "delivery",
      targetId: id,
    });
    return true;
  });
  const row = await findDelivery(ctx.db.prisma, environmentId, id);
  if (row === null) return { outcome: "not_found" };
  if (!changed) {
    return row.state === "pending" ? { outcome: "in_flight" } : { outcome: "not_pending", state: row.state };
  }
  ctx.bus.publish(environmentId, { kind: "deliveries", ids: [id] });
  startAttempt(ctx, id);
  return { outcome: "started", delivery: toDeliveryDto(row) };
}
