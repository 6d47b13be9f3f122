// Owns the one authorisation check that every service makes first.
import { type Actor, actorAllows, type Permission } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";

/** Returns when the actor may do it; throws `forbidden` with words that say what is missing. */
export function requirePermission(actor: Actor, permission: Permission): void {
  if (actorAllows(actor, permission)) return;
  const message =
    actor.kind === "api_key"
      ? `This API key lacks the scope ${permission}.`
      : `Your role does not allow this (${permission}).`;
  throw new AppError("forbidden", message);
}
