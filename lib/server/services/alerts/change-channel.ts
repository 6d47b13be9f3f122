// Owns the frame of every change to a channel: its row locked, the id checked before it reaches the database.
import type { Actor } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import { idSchema } from "@/lib/domain/ids";
import type { ServiceContext } from "../../context";
import { type ChannelRow, findChannel, lockChannel } from "../../repositories/alert-channels";
import { inTransaction, type Tx } from "../../repositories/database";

const channelId = idSchema("alertChannel");

export function channelNotFound(): AppError {
  return new AppError("not_found", "There is no such alert channel in this workspace.");
}

/** The channel, or `not_found`. */
export async function requireChannel(ctx: ServiceContext, actor: Actor, id: string): Promise<ChannelRow> {
  const row = channelId.safeParse(id).success
    ? await findChannel(ctx.db.prisma, actor.workspaceId, id)
    : null;
  if (row === null) throw channelNotFound();
  return row;
}

/** Runs `work` on the locked channel. Throws `not_found`. */
export async function changeChannel<T>(
  ctx: ServiceContext,
  actor: Actor,
  id: string,
  work: (tx: Tx, row: ChannelRow, now: Date) => Promise<T>,
): Promise<T> {
  if (!channelId.safeParse(id).success) throw channelNotFound();
  return inTransaction(ctx.db, async (tx) => {
    const row = await lockChannel(tx, actor.workspaceId, id);
    if (row === null) throw channelNotFound();
    return work(tx, row, new Date(ctx.now()));
  });
}
