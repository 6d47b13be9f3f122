// Owns the end of an endpoint's client certificate: certificate and key are deleted, not kept.
import type { Actor } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import type { ServiceContext } from "@/lib/server/context";
import { recordAudit } from "@/lib/server/repositories/audit";
import { deleteClientCertificate } from "@/lib/server/repositories/endpoint-credentials";
import { changeEndpoint } from "./endpoint/change-endpoint";
import { requirePermission } from "./require-permission";

/** Throws `not_found` for an unknown endpoint, and for one without a client certificate. */
export async function removeClientCertificate(ctx: ServiceContext, actor: Actor, id: string): Promise<void> {
  requirePermission(actor, "endpoints:write");
  await changeEndpoint(ctx, actor, id, async (tx) => {
    if (!(await deleteClientCertificate(tx, id)))
      throw new AppError("not_found", "This endpoint has no client certificate.");
    await recordAudit(tx, ctx, actor, {
      action: "endpoint.client_certificate_removed",
      targetKind: "endpoint",
      targetId: id,
    });
  });
}
