// Owns turning what waits into messages: what came for the same reader within a window becomes one. A mail that cannot be
// sent, because there is no SMTP server, is written all the same and kept.
import { planBatches, windowKey, windowMs } from "@/lib/domain/alerts/digest";
import { ALERT_KINDS, type ChannelVia } from "@/lib/domain/alerts/kinds";
import type { ServiceContext } from "../../context";
import { renderMail } from "../../mail/render-mail";
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
import { currentRecipient } from "./current-recipient";
import { mailContent, slackPayload, webhookPayload } from "./message";

const PAGE = 1_000;
/** One run ends after this; the next one goes on. */
const RUN_MS = 15_000;
/** The longest window of any kind. */
const LOOK_BACK_MS = 3_600_000;

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

const WINDOWS = ALERT_KINDS.map((kind) => ({ kind, ms: windowMs(kind) }));

/** When each of these readers was last written to, by `windowKey`. */
async function lastWritten(
  ctx: ServiceContext,
  waiting: readonly NotificationRow[],
): Promise<Map<string, number>> {
  const destinations = [...new Set(waiting.map(({ destination }) => destination))];
  const last = await lastComposed(ctx.db.prisma, destinations, new Date(ctx.now() - LOOK_BACK_MS));
  return new Map(last.map((group) => [windowKey(group), group.at.getTime()]));
}

/** Writes one message about these rows, or gives them up when nobody is to get it; true when it was written. */
async function composeBatch(
  ctx: ServiceContext,
  lead: NotificationRow,
  rows: readonly NotificationRow[],
): Promise<boolean> {
  const ids = rows.map(({ id }) => id);
  const found = await findAlerts(
    ctx.db.prisma,
    rows.flatMap(({ alertId }) => alertId ?? []),
  );
  const alerts = found.sort((a, b) => (a.id < b.id ? -1 : 1));
  const recipient = await currentRecipient(ctx, lead);
  const message = recipient === null ? null : await compose(ctx, lead, alerts, recipient);
  const now = new Date(ctx.now());
  return inTransaction(ctx.db, async (tx) => {
    if (message !== null) return markComposed(tx, lead.id, ids, message, now);
    await cancelNotifications(tx, { ids }, now);
    return false;
  });
}

/** Writes every message whose window allows it, until none is left or the run has lasted long enough; gives how many. */
export async function composeNotifications(ctx: ServiceContext): Promise<number> {
  const until = performance.now() + RUN_MS;
  const failed: string[] = [];
  let composed = 0;
  for (;;) {
    const now = new Date(ctx.now());
    const waiting = await listWaiting(ctx.db.prisma, { now, windows: WINDOWS, except: failed, take: PAGE });
    const byId = new Map(waiting.map((row) => [row.id, row]));
    const notices = waiting.map((row) => ({ ...row, via: row.via as ChannelVia }));
    const batches = planBatches(notices, await lastWritten(ctx, waiting), now.getTime());
    for (const { leadId, ids } of batches) {
      const lead = byId.get(leadId);
      if (lead === undefined) continue;
      if (performance.now() > until) return composed;
      try {
        if (
          await composeBatch(
            ctx,
            lead,
            ids.flatMap((id) => byId.get(id) ?? []),
          )
        )
          composed++;
      } catch (error) {
        // The next run tries again; in this one the others have their turn.
        failed.push(...ids);
        ctx.logger.error({ err: error, notification: leadId }, "a message could not be written");
      }
    }
    if (waiting.length < PAGE || batches.length === 0) return composed;
  }
}
