// Owns taking one event type out of the catalogue. Events and endpoints carry names, so nothing else changes.
import type { Actor } from "@/lib/domain/access/permissions";
import type { ServiceContext } from "@/lib/server/context";
import { recordAudit } from "@/lib/server/repositories/audit";
import { inTransaction } from "@/lib/server/repositories/database";
import { deleteEventTypes, lockEventType } from "@/lib/server/repositories/event-types";
import { requirePermission } from "../require-permission";
import { eventTypeNotFound } from "./event-type-dto";

/** Deletes the entry with its description and example; a type that is still sent stays known from its events. Throws `not_found`. */
export async function deleteEventType(ctx: ServiceContext, actor: Actor, ref: string): Promise<void> {
  requirePermission(actor, "endpoints:write");
  const { workspaceId } = actor;
  await inTransaction(ctx.db, async (tx) => {
    const row = await lockEventType(tx, workspaceId, ref);
    if (row === null) throw eventTypeNotFound();
    await deleteEventTypes(tx, workspaceId, [row.name]);
    await recordAudit(tx, ctx, actor, {
      action: "event_type.deleted",
      targetKind: "event_type",
      targetId: row.id,
      detail: { name: row.name, had_example: row.example !== null },
    });
  });
}
