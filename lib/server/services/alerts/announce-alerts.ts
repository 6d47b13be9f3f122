// Owns deciding who is told of an alert: members by role and choice, channels by their settings. It writes one waiting
// message for each of them; the pair of alert and destination is unique, so a repeat adds nothing.
import type { AlertKind, ChannelVia, Severity } from "@/lib/domain/alerts/kinds";
import { channelWants, memberWants, type RoutedAlert } from "@/lib/domain/alerts/routing";
import type { ServiceContext } from "../../context";
import {
  type ChannelRow,
  listChannelRows,
  listReaders,
  type Reader,
} from "../../repositories/alert-channels";
import { listUnannounced, markAnnounced, type PlacedAlert } from "../../repositories/alerts";
import { inTransaction } from "../../repositories/database";
import { insertNotifications, type NewNotification } from "../../repositories/notifications";
import { openChannel } from "./channel-config";

const PAGE = 200;

type Audience = { readers: Reader[]; channels: ChannelRow[] };

/** One destination of a channel: the channel itself, or each of its addresses. */
export function destinationsOf(
  ctx: ServiceContext,
  channel: ChannelRow,
): { destination: string; recipient: string }[] {
  if (channel.via !== "email") return [{ destination: channel.id, recipient: channel.hint }];
  const config = openChannel(ctx, channel);
  return config.via === "email"
    ? config.addresses.map((address) => ({ destination: `${channel.id}:${address}`, recipient: address }))
    : [];
}

function routed(alert: PlacedAlert): RoutedAlert {
  return {
    // The columns are written from the same lists.
    kind: alert.kind as AlertKind,
    severity: alert.severity as Severity,
    environment: (alert.environment?.kind as "live" | "sandbox" | undefined) ?? null,
  };
}

function messagesFor(
  ctx: ServiceContext,
  alert: PlacedAlert,
  { readers, channels }: Audience,
): NewNotification[] {
  const about = routed(alert);
  const base = {
    workspaceId: alert.workspaceId,
    alertId: alert.id,
    kind: alert.kind,
    state: "waiting" as const,
    createdAt: new Date(ctx.now()),
  };
  const toMembers = readers
    .filter((reader) => memberWants(reader, about))
    .map((reader) => ({
      ...base,
      id: ctx.newId("notification"),
      channelId: null,
      userId: reader.userId,
      via: "email" as const,
      destination: reader.userId,
      recipient: reader.email,
    }));
  const toChannels = channels
    .filter((channel) => channelWants({ ...channel, minSeverity: channel.minSeverity as Severity }, about))
    .flatMap((channel) =>
      destinationsOf(ctx, channel).map((to) => ({
        ...base,
        ...to,
        id: ctx.newId("notification"),
        channelId: channel.id,
        userId: null,
        via: channel.via as ChannelVia,
      })),
    );
  return [...toMembers, ...toChannels];
}

/** Decides for every alert that nobody has been told about; gives how many. */
export async function announceAlerts(ctx: ServiceContext): Promise<number> {
  const audiences = new Map<string, Audience>();
  let announced = 0;
  for (const alert of await listUnannounced(ctx.db.prisma, PAGE)) {
    const known = audiences.get(alert.workspaceId);
    const audience = known ?? {
      readers: await listReaders(ctx.db.prisma, alert.workspaceId),
      channels: await listChannelRows(ctx.db.prisma, alert.workspaceId),
    };
    audiences.set(alert.workspaceId, audience);
    await inTransaction(ctx.db, async (tx) => {
      if (!(await markAnnounced(tx, alert.id, new Date(ctx.now())))) return;
      await insertNotifications(tx, messagesFor(ctx, alert, audience));
      announced++;
    });
  }
  return announced;
}
