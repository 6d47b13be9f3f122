// Owns the test of a channel: sent at once, tried once, and its outcome shown. It leaves a row like any other message.
import type { ChannelTestDto } from "@/lib/contracts/alerts";
import type { AttemptLimit } from "@/lib/domain/access/attempt-limit";
import type { Actor } from "@/lib/domain/access/permissions";
import type { ChannelVia } from "@/lib/domain/alerts/kinds";
import { AppError } from "@/lib/domain/errors";
import type { ServiceContext } from "../../context";
import { renderMail } from "../../mail/render-mail";
import type { ChannelRow } from "../../repositories/alert-channels";
import { recordAudit } from "../../repositories/audit";
import { inTransaction } from "../../repositories/database";
import {
  type Composed,
  findNotification,
  insertNotifications,
  leaseToWriter,
  markComposed,
  markOutcome,
} from "../../repositories/notifications";
import { takeAttempt } from "../../repositories/rate-limits";
import { findPlace } from "../../repositories/workspaces";
import { requirePermission } from "../require-permission";
import { destinationsOf } from "./announce-alerts";
import { requireChannel } from "./change-channel";
import { testMessage } from "./message";
import { attemptNotification, LEASE_MS } from "./send-notifications";

const MINUTE_MS = 60_000;
const HOURLY = {
  windowMs: 60 * MINUTE_MS,
  lockMs: 30 * MINUTE_MS,
  maxLockMs: 30 * MINUTE_MS,
  memoryMs: 0,
};
/**
 * A button that sends mails to addresses of somebody's choice is not to become a way to flood them: neither through channels
 * that are made and deleted, nor from several workspaces.
 */
const OF_WORKSPACE: AttemptLimit = { ...HOURLY, attempts: 20 };
const OF_ADDRESS: AttemptLimit = { ...HOURLY, attempts: 10 };

async function takeTest(
  ctx: ServiceContext,
  { workspaceId }: Actor,
  mailedTo: readonly string[],
): Promise<void> {
  const now = new Date(ctx.now());
  const take = async (key: string, limit: AttemptLimit, message: string) => {
    const ticket = await takeAttempt(ctx.db, `alert-test:${key}`, limit, now);
    if (ticket.allowed) return;
    throw new AppError("rate_limited", message, {
      retryAfterSeconds: Math.ceil((ticket.lockedUntil.getTime() - now.getTime()) / 1000),
    });
  };
  await take(
    workspaceId,
    OF_WORKSPACE,
    "Channels of this workspace were tested very often. Try again later.",
  );
  for (const address of mailedTo) {
    await take(address.toLowerCase(), OF_ADDRESS, `${address} was sent very many tests. Try again later.`);
  }
}

async function contentOf(
  ctx: ServiceContext,
  actor: Actor,
  channel: ChannelRow,
): Promise<Omit<Composed, "recipient">> {
  const place = await findPlace(ctx.db.prisma, actor.workspaceId, actor.environmentId);
  const message = testMessage(ctx.publicUrl, channel, place, ctx.now());
  const base = { subject: message.title, bodyText: null, bodyHtml: null, payload: null };
  if (channel.via === "slack") return { ...base, state: "ready", payload: message.slack };
  if (channel.via === "webhook") return { ...base, state: "ready", payload: message.webhook };
  const { subject, text, html } = await renderMail(message.mail);
  return {
    state: ctx.mailer === null ? "kept" : "ready",
    subject,
    bodyText: text,
    bodyHtml: html,
    payload: message.mail.footer.url,
  };
}

/**
 * Sends a test through the channel, also when it is off, and says for each address what came of it. Throws `not_found`,
 * `rate_limited`.
 */
export async function testChannel(ctx: ServiceContext, actor: Actor, id: string): Promise<ChannelTestDto> {
  requirePermission(actor, "alerts:write");
  const channel = await requireChannel(ctx, actor, id);
  const now = new Date(ctx.now());
  const destinations = destinationsOf(ctx, channel);
  const mailedTo = channel.via === "email" ? destinations.map(({ recipient }) => recipient) : [];
  await takeTest(ctx, actor, mailedTo);
  const content = await contentOf(ctx, actor, channel);
  const rows = destinations.map((to) => ({ ...to, id: ctx.newId("notification") }));
  await inTransaction(ctx.db, async (tx) => {
    await insertNotifications(
      tx,
      rows.map((row) => ({
        ...row,
        workspaceId: actor.workspaceId,
        alertId: null,
        channelId: id,
        userId: null,
        via: channel.via as ChannelVia,
        kind: "test",
        state: "waiting",
        createdAt: now,
      })),
    );
    for (const row of rows)
      await markComposed(tx, row.id, [row.id], { ...content, recipient: row.recipient }, now);
    await leaseToWriter(
      tx,
      rows.map((row) => row.id),
      new Date(now.getTime() + LEASE_MS),
    );
    await recordAudit(tx, ctx, actor, {
      action: "alert_channel.tested",
      targetKind: "alert_channel",
      targetId: id,
      detail: { name: channel.name },
    });
  });
  return { results: await Promise.all(rows.map((row) => sendOne(ctx, row))) };
}

async function sendOne(
  ctx: ServiceContext,
  { id, recipient }: { id: string; recipient: string },
): Promise<ChannelTestDto["results"][number]> {
  const row = await findNotification(ctx.db.prisma, id);
  if (row === null || row.state === "kept") return { recipient, outcome: "kept", error: null };
  const result = await attemptNotification(ctx, row);
  const now = new Date(ctx.now());
  if (result.outcome === "failed") {
    await markOutcome(ctx.db.prisma, id, { state: "failed", error: result.message }, now);
    return { recipient, outcome: "failed", error: result.message };
  }
  await markOutcome(ctx.db.prisma, id, { state: result.outcome }, now);
  if (result.outcome === "cancelled")
    return { recipient, outcome: "failed", error: "The channel was deleted meanwhile." };
  return { recipient, outcome: result.outcome, error: null };
}
