// Owns sending: mails to the mail server, everything else through the outbound guard. Each attempt is leased before it is
// made; after a crash it is made again, with the same message id.
import { nextPauseMs } from "@/lib/domain/alerts/retry";
import { signingKeyBytes, signStandardWebhook } from "@/lib/domain/signing/standard-webhooks";
import { oneLine } from "@/lib/domain/text/visible-text";
import type { ServiceContext } from "../../context";
import { findChannel } from "../../repositories/alert-channels";
import {
  changeRecipient,
  claimReady,
  markOutcome,
  type NotificationRow,
  type Outcome,
} from "../../repositories/notifications";
import { openChannel } from "./channel-config";
import { currentRecipient } from "./current-recipient";

const AT_ONCE = 10;
/** Longer than any attempt: connecting, greeting, and a silent server. */
export const LEASE_MS = 2 * 60_000;
/** One run ends after this; the next one goes on. */
const RUN_MS = 45_000;
const TIMEOUT_MS = 10_000;

export type SendResult =
  | { outcome: "sent" }
  | { outcome: "kept" }
  | { outcome: "cancelled" }
  | { outcome: "failed"; permanent: boolean; message: string };

async function sendMail(ctx: ServiceContext, row: NotificationRow): Promise<SendResult> {
  if (ctx.mailer === null) return { outcome: "kept" };
  return ctx.mailer.send({
    id: row.id,
    to: row.recipient,
    subject: row.subject ?? "",
    text: row.bodyText ?? "",
    html: row.bodyHtml ?? "",
    preferencesUrl: row.payload ?? ctx.publicUrl,
  });
}

async function post(ctx: ServiceContext, row: NotificationRow): Promise<SendResult> {
  const channel =
    row.channelId === null ? null : await findChannel(ctx.db.prisma, row.workspaceId, row.channelId);
  if (channel === null) return { outcome: "cancelled" };
  const config = openChannel(ctx, channel);
  if (config.via === "email") return { outcome: "cancelled" };
  const body = Buffer.from(row.payload ?? "");
  const headers: [string, string][] = [
    ["content-type", "application/json"],
    ["user-agent", "Signpost/1.0"],
  ];
  if (config.via === "webhook") {
    const timestampSeconds = Math.floor(ctx.now() / 1000);
    const keys = [signingKeyBytes(config.secret)];
    headers.push(
      ["webhook-id", row.id],
      ["webhook-timestamp", String(timestampSeconds)],
      ["webhook-signature", signStandardWebhook({ id: row.id, timestampSeconds, body, keys })],
    );
  }
  const result = await ctx.outbound.send({ url: config.url, headers, body, timeoutMs: TIMEOUT_MS });
  if (result.outcome === "error")
    return { outcome: "failed", permanent: false, message: oneLine(result.message, 300) };
  // The status alone: a body could be read out of a network that the person cannot see.
  return result.status >= 200 && result.status <= 299
    ? { outcome: "sent" }
    : {
        outcome: "failed",
        permanent: result.status === 410,
        message: `The address answered ${result.status}.`,
      };
}

/** One attempt of a composed message. Never throws for what the other side does. */
export function attemptNotification(ctx: ServiceContext, row: NotificationRow): Promise<SendResult> {
  return row.via === "email" ? sendMail(ctx, row) : post(ctx, row);
}

function outcomeOf(result: SendResult, attempts: number, nowMs: number): Outcome {
  if (result.outcome !== "failed") return { state: result.outcome };
  const pauseMs = result.permanent ? null : nextPauseMs(attempts);
  return pauseMs === null
    ? { state: "failed", error: result.message }
    : { state: "ready", error: result.message, nextAttemptAt: new Date(nowMs + pauseMs) };
}

/** An attempt, to whom it concerns now. */
async function attemptCurrent(ctx: ServiceContext, row: NotificationRow): Promise<SendResult> {
  const recipient = await currentRecipient(ctx, row);
  if (recipient === null) return { outcome: "cancelled" };
  if (recipient !== row.recipient) await changeRecipient(ctx.db.prisma, row.id, recipient);
  return attemptNotification(ctx, { ...row, recipient });
}

async function carryOut(ctx: ServiceContext, row: NotificationRow): Promise<boolean> {
  const result = await attemptCurrent(ctx, row).catch((error: unknown): SendResult => {
    ctx.logger.error({ err: error, notification: row.id }, "a message could not be sent");
    return { outcome: "failed", permanent: false, message: "The message could not be prepared." };
  });
  const outcome = outcomeOf(result, row.attempts, ctx.now());
  await markOutcome(ctx.db.prisma, row.id, outcome, new Date(ctx.now()));
  if (outcome.state === "failed") {
    ctx.logger.warn({ notification: row.id, reason: outcome.error }, "a message was given up");
  }
  return outcome.state === "sent";
}

/** Sends what is due until nothing is, or the run has lasted long enough; gives how many were sent. */
export async function sendNotifications(ctx: ServiceContext): Promise<number> {
  const until = performance.now() + RUN_MS;
  let sent = 0;
  while (performance.now() < until) {
    const nowMs = ctx.now();
    const rows = await claimReady(ctx.db.prisma, new Date(nowMs), new Date(nowMs + LEASE_MS), AT_ONCE);
    const results = await Promise.all(rows.map((row) => carryOut(ctx, row)));
    sent += results.filter(Boolean).length;
    if (rows.length < AT_ONCE) break;
  }
  return sent;
}
