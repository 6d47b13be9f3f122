// Owns the list of a workspace's channels, with how each one's newest message ended.
import type { ChannelListDto } from "@/lib/contracts/alerts";
import type { Actor } from "@/lib/domain/access/permissions";
import type { ServiceContext } from "../../context";
import { listChannelRows } from "../../repositories/alert-channels";
import { lastOfChannels } from "../../repositories/notifications";
import { requirePermission } from "../require-permission";
import { toChannelDto } from "./channel-dto";

export async function listChannels(ctx: ServiceContext, actor: Actor): Promise<ChannelListDto> {
  requirePermission(actor, "alerts:read");
  const rows = await listChannelRows(ctx.db.prisma, actor.workspaceId);
  const last = await lastOfChannels(
    ctx.db.prisma,
    rows.map(({ id }) => id),
  );
  return { data: rows.map((row) => toChannelDto(ctx, row, last.get(row.id))) };
}
