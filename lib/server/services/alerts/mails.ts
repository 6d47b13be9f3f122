// Owns the mails of a workspace as people see them: what was written, what became of it, and sending one again.
import type { ListMailsQuery, MailDetailDto, MailDto, MailState } from "@/lib/contracts/alerts";
import type { Page } from "@/lib/contracts/common";
import type { Actor } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import { idSchema } from "@/lib/domain/ids";
import type { ServiceContext } from "../../context";
import { findMail, listMailRows, type NotificationRow, sendAgain } from "../../repositories/notifications";
import { requirePermission } from "../require-permission";
import { currentRecipient } from "./current-recipient";

const mailId = idSchema("notification");

function notFound(): AppError {
  return new AppError("not_found", "There is no such e-mail in this workspace.");
}

function toMailDto(row: Omit<NotificationRow, "bodyText" | "bodyHtml" | "payload">): MailDto {
  return {
    id: row.id,
    to: row.recipient,
    subject: row.subject ?? "",
    kind: row.kind,
    state: row.state as MailState,
    attempts: row.attempts,
    next_attempt_at: row.nextAttemptAt?.toISOString() ?? null,
    error: row.lastError,
    created_at: row.createdAt.toISOString(),
    finished_at: row.finishedAt?.toISOString() ?? null,
  };
}

/** One page of the mails that were written, newest first. */
export async function listMails(
  ctx: ServiceContext,
  actor: Actor,
  query: ListMailsQuery,
): Promise<Page<MailDto>> {
  requirePermission(actor, "alerts:read");
  const rows = await listMailRows(ctx.db.prisma, {
    workspaceId: actor.workspaceId,
    state: query.state,
    before: query.cursor,
    take: query.limit + 1,
  });
  const page = rows.slice(0, query.limit);
  const more = rows.length > query.limit;
  return { data: page.map(toMailDto), next_cursor: more ? (page.at(-1)?.id ?? null) : null };
}

async function requireMail(ctx: ServiceContext, actor: Actor, id: string): Promise<NotificationRow> {
  const row = mailId.safeParse(id).success ? await findMail(ctx.db.prisma, actor.workspaceId, id) : null;
  if (row === null) throw notFound();
  return row;
}

/** One mail with both of its parts. Throws `not_found`. */
export async function getMail(ctx: ServiceContext, actor: Actor, id: string): Promise<MailDetailDto> {
  requirePermission(actor, "alerts:read");
  const row = await requireMail(ctx, actor, id);
  return { ...toMailDto(row), text: row.bodyText ?? "", html: row.bodyHtml ?? "" };
}

/**
 * Lets a mail that was kept or has failed go out, with the next run. Throws `not_found`, `conflict`, also when its reader is
 * not to get it any more.
 */
export async function sendMailAgain(ctx: ServiceContext, actor: Actor, id: string): Promise<MailDetailDto> {
  requirePermission(actor, "alerts:write");
  const row = await requireMail(ctx, actor, id);
  if (ctx.mailer === null) {
    throw new AppError("conflict", "There is no mail server: SMTP_URL is not set on this instance.");
  }
  if ((await currentRecipient(ctx, row)) === null) {
    throw new AppError(
      "conflict",
      `${row.recipient} gets no such e-mails any more: ${row.userId === null ? "the channel is off, gone, or has other addresses" : "they are no member of the workspace"}.`,
    );
  }
  const now = new Date(ctx.now());
  if (!(await sendAgain(ctx.db.prisma, actor.workspaceId, id, now))) {
    throw new AppError(
      "conflict",
      `This e-mail is ${row.state}: only one that was kept or has failed is sent again.`,
    );
  }
  return getMail(ctx, actor, id);
}
