// Owns unsubscribing a subject's callback: no new events, while deliveries already made go on with their retries.
import type { Actor } from "@/lib/domain/access/permissions";
import type { ServiceContext } from "@/lib/server/context";
import { recordAudit } from "@/lib/server/repositories/audit";
import { findCallbackId, updateEndpointRow } from "@/lib/server/repositories/endpoints";
import { changeEndpoint } from "../endpoint/change-endpoint";
import { requirePermission } from "../require-permission";
import { callbackNotFound } from "./get-callback";

/** Ends the callback; one that has been unsubscribed already stays as it is. Throws `not_found`. */
export async function endCallback(ctx: ServiceContext, actor: Actor, subject: string): Promise<void> {
  requirePermission(actor, "endpoints:write");
  const { environmentId } = actor;
  const id = await findCallbackId(ctx.db.prisma, environmentId, subject);
  if (id === null) throw callbackNotFound();
  await changeEndpoint(ctx, actor, id, async (tx, row, now) => {
    if (row.unsubscribedAt !== null) return;
    await updateEndpointRow(tx, environmentId, id, { unsubscribedAt: now }, now);
    await recordAudit(tx, ctx, actor, {
      action: "callback.unsubscribed",
      targetKind: "endpoint",
      targetId: id,
      detail: { subject, url: row.url },
    });
  });
}
