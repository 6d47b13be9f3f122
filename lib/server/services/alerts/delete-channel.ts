// Owns the end of a channel: what still waits for it is given up; what it carried stays readable.
import type { Actor } from "@/lib/domain/access/permissions";
import type { ServiceContext } from "../../context";
import { deleteChannelRow } from "../../repositories/alert-channels";
import { recordAudit } from "../../repositories/audit";
import { cancelNotifications } from "../../repositories/notifications";
import { requirePermission } from "../require-permission";
import { changeChannel } from "./change-channel";

/** Deletes the channel. Throws `not_found`. */
export async function deleteChannel(ctx: ServiceContext, actor: Actor, id: string): Promise<void> {
  requirePermission(actor, "alerts:write");
  await changeChannel(ctx, actor, id, async (tx, row, now) => {
    await cancelNotifications(tx, { channelId: id }, now);
    await deleteChannelRow(tx, actor.workspaceId, id);
    await recordAudit(tx, ctx, actor, {
      action: "alert_channel.deleted",
      targetKind: "alert_channel",
      targetId: id,
      detail: { name: row.name, via: row.via, to: row.hint },
    });
  });
}
