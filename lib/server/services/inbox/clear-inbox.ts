// Owns emptying the inbox.
import type { Actor } from "@/lib/domain/access/permissions";
import type { ServiceContext } from "../../context";
import { recordAudit } from "../../repositories/audit";
import { inTransaction } from "../../repositories/database";
import { deleteInboxMessages } from "../../repositories/inboxes";
import { requirePermission } from "../require-permission";
import { getOrCreateInboxRow } from "./get-inbox";

/** Removes every message; gives how many there were. */
export async function clearInbox(ctx: ServiceContext, actor: Actor): Promise<{ deleted: number }> {
  requirePermission(actor, "inbox:write");
  const inbox = await getOrCreateInboxRow(ctx, actor);
  const deleted = await inTransaction(ctx.db, async (tx) => {
    const count = await deleteInboxMessages(tx, actor.environmentId, inbox.id);
    if (count > 0) {
      const target = { targetKind: "inbox", targetId: inbox.id };
      await recordAudit(tx, ctx, actor, { action: "inbox.cleared", ...target, detail: { messages: count } });
    }
    return count;
  });
  ctx.bus.publish(actor.environmentId, { kind: "inbox", inbox_id: inbox.id });
  return { deleted };
}
