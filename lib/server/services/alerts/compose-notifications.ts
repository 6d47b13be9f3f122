// Owns turning what waits into messages: what came for the same reader within a window becomes one. A mail that cannot be
// sent, because there is no SMTP server, is written all the same and kept.
import { planBatches, windowKey } from "@/lib/domain/alerts/digest";
import type { ChannelVia } from "@/lib/domain/alerts/kinds";
import type { ServiceContext } from "../../context";
import { renderMail } from "../../mail/render-mail";
import { findChannel, listReaders } from "../../repositories/alert-channels";
import { findAlerts, type PlacedAlert } from "../../repositories/alerts";
import { inTransaction } from "../../repositories/database";
import {
  type Composed,
  cancelNotifications,
  lastComposed,
  listWaiting,
  markComposed,
  type NotificationRow,
} from "../../repositories/notifications";
import { mailContent, slackPayload, webhookPayload } from "./message";

const PAGE = 1_000;
/** The longest window of any kind. */
const LOOK_BACK_MS = 3_600_000;

/** Where it goes now, which may differ from when it was decided; null when nobody is to get it any more. */
async function currentRecipient(ctx: ServiceContext, row: NotificationRow): Promise<string | null> {
  const { prisma } = ctx.db;
  if (row.userId !== null) {
    const readers = await listReaders(prisma, row.workspaceId);
    return readers.find(({ userId }) => userId === row.userId)?.email ?? null;
  }
  const channel = row.channelId === null ? null : await findChannel(prisma, row.workspaceId, row.channelId);
  return channel?.enabled ? row.recipient : null;
}

async function compose(
  ctx: ServiceContext,
  lead: NotificationRow,
  alerts: readonly PlacedAlert[],
  recipient: string,
): Promise<Composed | null> {
  const [first] = alerts;
  if (first === undefined) return null;
  const base = { recipient, subject: "", bodyText: null, bodyHtml: null, payload: null };
  const via = lead.via as ChannelVia;
  if (via === "email") {
    const content = mailContent(ctx.publicUrl, alerts, lead.userId !== null);
    if (content === null) return null;
    const { subject, text, html } = await renderMail(content);
    return {
      ...base,
      state: ctx.mailer === null ? "kept" : "ready",
      subject,
      bodyText: text,
      bodyHtml: html,
      payload: content.footer.url,
    };
  }
  const payload =
    via === "slack" ? slackPayload(ctx.publicUrl, alerts) : webhookPayload(ctx.publicUrl, first);
  return { ...base, state: "ready", subject: first.kind, payload };
}

/** Writes every message whose window allows it; gives how many. */
export async function composeNotifications(ctx: ServiceContext): Promise<number> {
  const nowMs = ctx.now();
  const waiting = await listWaiting(ctx.db.prisma, PAGE);
  if (waiting.length === 0) return 0;
  const byId = new Map(waiting.map((row) => [row.id, row]));
  const last = new Map(
    (
      await lastComposed(
        ctx.db.prisma,
        [...new Set(waiting.map(({ destination }) => destination))],
        new Date(nowMs - LOOK_BACK_MS),
      )
    ).map((group) => [windowKey(group), group.at.getTime()]),
  );
  const notices = waiting.map((row) => ({ ...row, via: row.via as ChannelVia }));
  let composed = 0;
  for (const { leadId, ids } of planBatches(notices, last, nowMs)) {
    const lead = byId.get(leadId);
    if (lead === undefined) continue;
    try {
      const alertIds = ids.flatMap((id) => byId.get(id)?.alertId ?? []);
      const found = await findAlerts(ctx.db.prisma, alertIds);
      const alerts = found.sort((a, b) => (a.id < b.id ? -1 : 1));
      const recipient = await currentRecipient(ctx, lead);
      const message = recipient === null ? null : await compose(ctx, lead, alerts, recipient);
      await inTransaction(ctx.db, async (tx) => {
        if (message === null) return cancelNotifications(tx, { ids }, new Date(nowMs));
        if (await markComposed(tx, leadId, ids, message, new Date(nowMs))) composed++;
      });
    } catch (error) {
      ctx.logger.error({ err: error, notification: leadId }, "a message could not be written");
    }
  }
  return composed;
}
