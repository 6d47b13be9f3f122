// Owns the end of what webhooks/subscribe made, by its id or by what it was made with. Other endpoints are out of its reach.
import type { UnsubscribeInput } from "@/lib/contracts/webhooks";
import type { Actor } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import { idSchema } from "@/lib/domain/ids";
import type { ServiceContext } from "@/lib/server/context";
import { findEndpoint, findSubscriptionId } from "@/lib/server/repositories/endpoints";
import { deleteEndpoint } from "../delete-endpoint";
import { requirePermission } from "../require-permission";

const endpointId = idSchema("endpoint");

function notFound(): AppError {
  return new AppError("not_found", "There is no such subscription in this environment.");
}

/** Deletes the subscription as an endpoint is deleted: what waits is cancelled, the log stays. Throws `not_found`. */
export async function unsubscribe(ctx: ServiceContext, actor: Actor, input: UnsubscribeInput): Promise<void> {
  requirePermission(actor, "endpoints:write");
  const { environmentId } = actor;
  if (input.id !== undefined) return unsubscribeById(ctx, actor, input.id);
  // In the form in which it was saved; an address that would be refused today must still be found.
  const check = await ctx.outbound.checkUrl(input.url ?? "");
  const url = check.outcome === "allowed" ? check.url : (input.url ?? "");
  const name = { url, tenant: input.tenant ?? null, subject: input.wallet ?? null };
  const id = await findSubscriptionId(ctx.db.prisma, environmentId, name);
  if (id === null) throw notFound();
  await deleteEndpoint(ctx, actor, id);
}

/** The same, by id. Throws `not_found`, also for an endpoint that was not made by webhooks/subscribe. */
export async function unsubscribeById(ctx: ServiceContext, actor: Actor, id: string): Promise<void> {
  requirePermission(actor, "endpoints:write");
  const row = endpointId.safeParse(id).success
    ? await findEndpoint(ctx.db.prisma, actor.environmentId, id, new Date(ctx.now()))
    : null;
  if (row?.kind !== "subscription") throw notFound();
  await deleteEndpoint(ctx, actor, id);
}
