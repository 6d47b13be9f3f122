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
import { emailDestination, openChannel } from "./channel-config";

const PAGE = 200;
/** One run ends after this; the next one goes on. */
const RUN_MS = 15_000;

type Destination = { destination: string; recipient: string };
type Audience = { readers: Reader[]; channels: { row: ChannelRow; destinations: Destination[] }[] };

/** The destinations of a channel: the channel itself, or each of its addresses. Throws `SecretUnreadableError`. */
export function destinationsOf(ctx: ServiceContext, channel: ChannelRow): Destination[] {
  if (channel.via !== "email") return [{ destination: channel.id, recipient: channel.hint }];
  const config = openChannel(ctx, channel);
  return config.via === "email"
    ? config.addresses.map((recipient) => ({
        destination: emailDestination(channel.id, recipient),
        recipient,
      }))
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
    .filter(({ row }) => channelWants({ ...row, minSeverity: row.minSeverity as Severity }, about))
    .flatMap(({ row: channel, destinations }) =>
      destinations.map((to) => ({
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

/** Decides for every alert that nobody has been told about, as far as a run comes; gives how many. */
export async function announceAlerts(ctx: ServiceContext): Promise<number> {
  const until = performance.now() + RUN_MS;
  const audiences = new Map<string, Audience>();
  let announced = 0;
  for (;;) {
    const alerts = await listUnannounced(ctx.db.prisma, PAGE);
    for (const { workspaceId } of alerts) {
      if (!audiences.has(workspaceId)) audiences.set(workspaceId, await audienceOf(ctx, workspaceId));
    }
    announced += await inTransaction(ctx.db, async (tx) => {
      const mine = await markAnnounced(
        tx,
        alerts.map(({ id }) => id),
        new Date(ctx.now()),
      );
      await insertNotifications(
        tx,
        alerts.flatMap((alert) => {
          const audience = audiences.get(alert.workspaceId);
          return audience === undefined || !mine.has(alert.id) ? [] : messagesFor(ctx, alert, audience);
        }),
      );
      return mine.size;
    });
    if (alerts.length < PAGE || performance.now() > until) return announced;
  }
}

/** Who may be told in a workspace. A channel that cannot be read is left out: the others do not wait for its key. */
async function audienceOf(ctx: ServiceContext, workspaceId: string): Promise<Audience> {
  const rows = await listChannelRows(ctx.db.prisma, workspaceId);
  return {
    readers: await listReaders(ctx.db.prisma, workspaceId),
    channels: rows.flatMap((row) => {
      try {
        return [{ row, destinations: destinationsOf(ctx, row) }];
      } catch (error) {
        ctx.logger.error(
          { err: error, channel: row.id },
          "an alert channel cannot be read and is told nothing",
        );
        return [];
      }
    }),
  };
}
