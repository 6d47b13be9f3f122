// Owns changing what an inbox answers, so that failures and retries can be tried on purpose.
import type { InboxDto, UpdateInboxInput } from "@/lib/contracts/inbox";
import type { Actor } from "@/lib/domain/access/permissions";
import type { ServiceContext } from "../../context";
import { recordAudit } from "../../repositories/audit";
import { inTransaction } from "../../repositories/database";
import { setInboxStatus } from "../../repositories/inboxes";
import { requirePermission } from "../require-permission";
import { getInbox, getOrCreateInboxRow } from "./get-inbox";

/** Sets the status that every sender gets from now on. */
export async function updateInbox(
  ctx: ServiceContext,
  actor: Actor,
  input: UpdateInboxInput,
): Promise<InboxDto> {
  requirePermission(actor, "inbox:write");
  const row = await getOrCreateInboxRow(ctx, actor);
  if (row.respondStatus !== input.respond_status) {
    await inTransaction(ctx.db, async (tx) => {
      await setInboxStatus(tx, actor.environmentId, row.id, input.respond_status);
      await recordAudit(tx, ctx, actor, {
        action: "inbox.updated",
        targetKind: "inbox",
        targetId: row.id,
        detail: { respond_status: { from: row.respondStatus, to: input.respond_status } },
      });
    });
    ctx.bus.publish(actor.environmentId, { kind: "inbox", inbox_id: row.id });
  }
  return getInbox(ctx, actor);
}
