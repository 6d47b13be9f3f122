// Owns the end of an endpoint. Its row stays for the history of its deliveries; its secrets and header values do not.
import type { Actor } from "@/lib/domain/access/permissions";
import type { ServiceContext } from "@/lib/server/context";
import { recordAudit } from "@/lib/server/repositories/audit";
import { deleteAuth, deleteClientCertificate } from "@/lib/server/repositories/endpoint-credentials";
import { cancelOpenDeliveries } from "@/lib/server/repositories/endpoint-deliveries";
import { deleteSecrets } from "@/lib/server/repositories/endpoint-secrets";
import { updateEndpointRow } from "@/lib/server/repositories/endpoints";
import { changeEndpoint } from "./endpoint/change-endpoint";
import { moveRemaining } from "./endpoint/move-deliveries";
import { requirePermission } from "./require-permission";

/** Why the open deliveries of a deleted endpoint ended. */
export const DELETED_REASON = "endpoint_deleted";

/** Deletes an endpoint for good and cancels what waited for it or was held. Throws `not_found`, also the second time. */
export async function deleteEndpoint(ctx: ServiceContext, actor: Actor, id: string): Promise<void> {
  requirePermission(actor, "endpoints:write");
  const { environmentId } = actor;
  const ref = { environmentId, endpointId: id };
  const first = await changeEndpoint(ctx, actor, id, async (tx, row, now) => {
    await updateEndpointRow(tx, environmentId, id, { deletedAt: now, headersCiphertext: null }, now);
    await deleteSecrets(tx, id);
    await deleteAuth(tx, id);
    await deleteClientCertificate(tx, id);
    const cancelled = await cancelOpenDeliveries(tx, ref, DELETED_REASON);
    await recordAudit(tx, ctx, actor, {
      action: "endpoint.deleted",
      targetKind: "endpoint",
      targetId: id,
      detail: { url: row.url, description: row.description },
    });
    return cancelled;
  });
  await moveRemaining(ctx, first, (tx) => cancelOpenDeliveries(tx, ref, DELETED_REASON));
}
