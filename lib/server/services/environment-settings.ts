// Owns what is set for a whole environment: the profile of endpoints whose maker names none.
import type { EnvironmentSettingsDto, UpdateEnvironmentInput } from "@/lib/contracts/environment";
import type { Actor } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import { DEFAULT_PROFILE } from "@/lib/domain/profile/built-in";
import type { ServiceContext } from "@/lib/server/context";
import { recordAudit } from "@/lib/server/repositories/audit";
import { inTransaction } from "@/lib/server/repositories/database";
import { findEnvironment, lockEnvironment, setDefaultProfile } from "@/lib/server/repositories/environments";
import { requireProfile } from "./endpoint/wire-settings";
import { requirePermission } from "./require-permission";

/** The environment of the caller. Throws `not_found` when it is gone. */
export async function getEnvironmentSettings(
  ctx: ServiceContext,
  actor: Actor,
): Promise<EnvironmentSettingsDto> {
  requirePermission(actor, "endpoints:read");
  return readSettings(ctx, actor);
}

function environmentGone(): AppError {
  return new AppError("not_found", "This environment does not exist any more.");
}

async function readSettings(ctx: ServiceContext, actor: Actor): Promise<EnvironmentSettingsDto> {
  const row = await findEnvironment(ctx.db.prisma, actor.workspaceId, actor.environmentId);
  if (row === null) throw environmentGone();
  return {
    // The column has a check constraint with the same words.
    kind: row.kind as EnvironmentSettingsDto["kind"],
    default_profile: row.defaultProfile ?? DEFAULT_PROFILE.slug,
  };
}

/**
 * Changes what is given; endpoints that exist keep their profile. Who may change may also see the outcome. Throws
 * `invalid_request` (no such profile), `not_found` when the environment is gone.
 */
export async function updateEnvironmentSettings(
  ctx: ServiceContext,
  actor: Actor,
  input: UpdateEnvironmentInput,
): Promise<EnvironmentSettingsDto> {
  requirePermission(actor, "endpoints:write");
  const { workspaceId, environmentId } = actor;
  await inTransaction(ctx.db, async (tx) => {
    if (input.default_profile === undefined) return;
    await lockEnvironment(tx, workspaceId, environmentId);
    const before = await findEnvironment(tx, workspaceId, environmentId);
    if (before === null) throw environmentGone();
    const slug = input.default_profile ?? DEFAULT_PROFILE.slug;
    const profile = await requireProfile(tx, ctx, actor, slug, "default_profile");
    const next = profile.slug === DEFAULT_PROFILE.slug ? null : profile.slug;
    if (before.defaultProfile === next) return;
    await setDefaultProfile(tx, environmentId, next);
    await recordAudit(tx, ctx, actor, {
      action: "environment.updated",
      targetKind: "environment",
      targetId: environmentId,
      detail: { default_profile: { from: before.defaultProfile ?? DEFAULT_PROFILE.slug, to: profile.slug } },
    });
  });
  return readSettings(ctx, actor);
}
