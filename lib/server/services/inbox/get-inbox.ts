// Owns finding the inbox of an environment; the first look makes it.
import type { InboxDto } from "@/lib/contracts/inbox";
import type { Actor } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import type { ServiceContext } from "../../context";
import { inTransaction } from "../../repositories/database";
import { lockEnvironment } from "../../repositories/environments";
import { findInbox, type InboxRow, insertInbox, listInboxEndpoints } from "../../repositories/inboxes";
import { requirePermission } from "../require-permission";
import { inboxUrl, toInboxDto } from "./inbox-dto";

/** 192 bits: whoever knows the address may write to it, so nobody may guess it. */
const TOKEN_BYTES = 24;

/** The inbox of the actor's environment; two first looks at once make one. Throws `not_found` without an environment. */
export async function getOrCreateInboxRow(
  ctx: ServiceContext,
  { workspaceId, environmentId }: Pick<Actor, "workspaceId" | "environmentId">,
): Promise<InboxRow> {
  const known = await findInbox(ctx.db.prisma, environmentId);
  if (known !== null) return known;
  return inTransaction(ctx.db, async (tx) => {
    if (!(await lockEnvironment(tx, workspaceId, environmentId))) {
      throw new AppError("not_found", "This environment does not exist.");
    }
    const made = await findInbox(tx, environmentId);
    if (made !== null) return made;
    const token = ctx.randomBytes(TOKEN_BYTES).toString("base64url");
    return insertInbox(tx, { id: ctx.newId("inbox"), environmentId, token });
  });
}

/** The environment's inbox with its address and the endpoints that deliver to it. */
export async function getInbox(ctx: ServiceContext, actor: Actor): Promise<InboxDto> {
  requirePermission(actor, "inbox:read");
  const row = await getOrCreateInboxRow(ctx, actor);
  const url = inboxUrl(ctx.publicUrl, row.token);
  const endpoints = await listInboxEndpoints(ctx.db.prisma, row.environmentId, url, new Date(ctx.now()));
  return toInboxDto(
    row,
    ctx.publicUrl,
    endpoints.map((endpoint) => endpoint.id),
  );
}
