// Owns a webhook channel's new secret: the old one signs nothing from now on.
import type { ChannelWithSecretDto } from "@/lib/contracts/alerts";
import type { Actor } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import type { ServiceContext } from "../../context";
import { updateChannelRow } from "../../repositories/alert-channels";
import { recordAudit } from "../../repositories/audit";
import { lastOfChannels } from "../../repositories/notifications";
import { requirePermission } from "../require-permission";
import { changeChannel } from "./change-channel";
import { openChannel, sealChannel } from "./channel-config";
import { toChannelDto } from "./channel-dto";
import { newChannelSecret } from "./create-channel";

/** Makes another secret, shown in this answer only. Throws `not_found`, `conflict` for a channel that does not sign. */
export async function rotateChannelSecret(
  ctx: ServiceContext,
  actor: Actor,
  id: string,
): Promise<ChannelWithSecretDto> {
  requirePermission(actor, "alerts:write");
  const secret = newChannelSecret(ctx);
  const row = await changeChannel(ctx, actor, id, async (tx, before, now) => {
    const config = openChannel(ctx, before);
    if (config.via !== "webhook") throw new AppError("conflict", "Only a webhook has a secret.");
    await updateChannelRow(
      tx,
      actor.workspaceId,
      id,
      { configCiphertext: sealChannel(ctx, id, { ...config, secret }) },
      now,
    );
    await recordAudit(tx, ctx, actor, {
      action: "alert_channel.secret_rotated",
      targetKind: "alert_channel",
      targetId: id,
      detail: { name: before.name },
    });
    return before;
  });
  return { ...toChannelDto(ctx, row, (await lastOfChannels(ctx.db.prisma, [id])).get(id)), secret };
}
