// Owns the question whether a message still has a reader. Between deciding, writing and the last attempt lies up to a day,
// in which people leave, and channels are turned off or get other addresses.
import type { ServiceContext } from "../../context";
import { findChannel, listReaders } from "../../repositories/alert-channels";
import type { NotificationRow } from "../../repositories/notifications";
import { openChannel } from "./channel-config";

type Addressed = Pick<NotificationRow, "workspaceId" | "userId" | "channelId" | "recipient">;

/**
 * Where the message goes now: a member's present address, or what it was while the channel is on and still has it. Null when
 * nobody is to get it any more, or the channel cannot be read, so that nobody can say.
 */
export async function currentRecipient(ctx: ServiceContext, row: Addressed): Promise<string | null> {
  const { prisma } = ctx.db;
  if (row.userId !== null) {
    const readers = await listReaders(prisma, row.workspaceId);
    return readers.find(({ userId }) => userId === row.userId)?.email ?? null;
  }
  const channel = row.channelId === null ? null : await findChannel(prisma, row.workspaceId, row.channelId);
  if (channel === null || !channel.enabled) return null;
  if (channel.via !== "email") return row.recipient;
  try {
    const config = openChannel(ctx, channel);
    return config.via === "email" && config.addresses.includes(row.recipient) ? row.recipient : null;
  } catch (error) {
    ctx.logger.error(
      { err: error, channel: channel.id },
      "an alert channel cannot be read and is told nothing",
    );
    return null;
  }
}
