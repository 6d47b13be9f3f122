// Lets the real services act at an earlier moment, so that rows, ids and audit entries of the demo agree on when.
import { makeId } from "@/lib/domain/ids";
import type { ServiceContext } from "@/lib/server/context";

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** The same instance, to which it is `agoMs` earlier. */
export function inThePast(ctx: ServiceContext, agoMs: number): ServiceContext {
  const now = () => ctx.now() - agoMs;
  return { ...ctx, now, newId: (kind) => makeId(kind, now(), ctx.randomBytes(10)) };
}
