// Owns the frame of every change to an endpoint: one transaction in one order of locks, then the news of it.
import type { Actor } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import { idSchema } from "@/lib/domain/ids";
import type { ServiceContext } from "@/lib/server/context";
import { inTransaction, type Tx } from "@/lib/server/repositories/database";
import {
  bumpEndpointVersion,
  type EndpointView,
  findEndpoint,
  lockEndpoint,
} from "@/lib/server/repositories/endpoints";

const endpointId = idSchema("endpoint");

/** The answer for an id that is unknown, deleted, malformed or of another environment: always the same. */
export function endpointNotFound(): AppError {
  return new AppError("not_found", "There is no such endpoint in this environment.");
}

/** The endpoint, or `not_found`. Malformed ids never reach the database. */
export async function requireEndpoint(
  ctx: ServiceContext,
  actor: Actor,
  id: string,
  tx?: Tx,
): Promise<EndpointView> {
  const row = endpointId.safeParse(id).success
    ? await findEndpoint(tx ?? ctx.db.prisma, actor.environmentId, id, new Date(ctx.now()))
    : null;
  if (row === null) throw endpointNotFound();
  return row;
}

/**
 * Runs `work` on a locked endpoint, so that parallel changes follow each other and none is lost; afterwards attempts,
 * ingest and browsers learn of it. Throws `not_found`.
 */
export async function changeEndpoint<T>(
  ctx: ServiceContext,
  actor: Actor,
  id: string,
  work: (tx: Tx, row: EndpointView, now: Date) => Promise<T>,
): Promise<T> {
  if (!endpointId.safeParse(id).success) throw endpointNotFound();
  const result = await inTransaction(ctx.db, async (tx) => {
    await bumpEndpointVersion(tx, actor.environmentId);
    if (!(await lockEndpoint(tx, actor.environmentId, id))) throw endpointNotFound();
    const row = await requireEndpoint(ctx, actor, id, tx);
    return work(tx, row, new Date(ctx.now()));
  });
  announceEndpoint(ctx, actor.environmentId, id);
  return result;
}

/** Tells this process and its browsers that an endpoint is not what it was. */
export function announceEndpoint(ctx: ServiceContext, environmentId: string, id: string): void {
  ctx.pump.forgetEndpoint(id);
  ctx.bus.publish(environmentId, { kind: "endpoints" });
}
