// Owns moving every endpoint of an environment that sends an older version of a profile to the newest one.
import type { ChangedProfileDto } from "@/lib/contracts/profiles";
import type { Actor } from "@/lib/domain/access/permissions";
import type { ServiceContext } from "@/lib/server/context";
import { recordAudit } from "@/lib/server/repositories/audit";
import { bumpEndpointVersion } from "@/lib/server/repositories/endpoints";
import { takeProfile } from "@/lib/server/repositories/profiles";
import { requirePermission } from "../require-permission";
import { moveEndpoints } from "./move-endpoints";
import { changeProfile } from "./save-version";

/** All or none. Throws `not_found`, `conflict` with each endpoint that would need a new secret. */
export async function applyProfile(
  ctx: ServiceContext,
  actor: Actor,
  ref: string,
): Promise<ChangedProfileDto> {
  requirePermission(actor, "endpoints:write");
  return changeProfile(ctx, actor, ref, async (tx, profile) => {
    // Nobody uses it then, or it is the default, of which there is one version only.
    if (profile.rowId === null) return [];
    await bumpEndpointVersion(tx, actor.environmentId);
    const newest = await takeProfile(tx, ctx.newId, actor.workspaceId, profile.slug);
    if (newest === null || newest.versionId === null) return [];
    const to = { ...newest, versionId: newest.versionId, profileId: profile.rowId };
    const moved = await moveEndpoints(tx, ctx, actor, to, "");
    if (moved.length === 0) return moved;
    await recordAudit(tx, ctx, actor, {
      action: "profile.applied",
      targetKind: "profile",
      targetId: profile.rowId,
      detail: { slug: profile.slug, version: to.number, moved_endpoints: moved.length },
    });
    return moved;
  });
}
