// Owns reading what arrived in the inbox.
import type { Page } from "@/lib/contracts/common";
import {
  INBOX_PREVIEW_BYTES,
  type InboxMessageDto,
  type ListInboxMessagesQuery,
} from "@/lib/contracts/inbox";
import type { Actor } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import type { ServiceContext } from "../../context";
import { findInboxMessage, listInboxMessageRows } from "../../repositories/inboxes";
import { requirePermission } from "../require-permission";
import { getOrCreateInboxRow } from "./get-inbox";
import { toInboxMessageDto } from "./inbox-dto";

/** One page of messages, newest first; long bodies are given by their beginning. */
export async function listInboxMessages(
  ctx: ServiceContext,
  actor: Actor,
  query: ListInboxMessagesQuery,
): Promise<Page<InboxMessageDto>> {
  requirePermission(actor, "inbox:read");
  const inbox = await getOrCreateInboxRow(ctx, actor);
  const rows = await listInboxMessageRows(ctx.db.prisma, actor.environmentId, inbox.id, {
    before: query.cursor,
    take: query.limit + 1,
    previewBytes: INBOX_PREVIEW_BYTES,
  });
  const page = rows.slice(0, query.limit);
  return {
    data: page.map(toInboxMessageDto),
    next_cursor: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null,
  };
}

/** One message with its whole body. Throws `not_found`. */
export async function getInboxMessage(
  ctx: ServiceContext,
  actor: Actor,
  id: string,
): Promise<InboxMessageDto> {
  requirePermission(actor, "inbox:read");
  const row = await findInboxMessage(ctx.db.prisma, actor.environmentId, id);
  if (row === null) throw new AppError("not_found", "There is no such message.");
  return toInboxMessageDto(row);
}
