// Owns the birth of a version of an own profile, and what else a change of one needs: turns, checks, the answer.
import { type ChangedProfileDto, MAX_VERSIONS_PER_PROFILE } from "@/lib/contracts/profiles";
import { type Actor, actorIdOf } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import type { ServiceContext } from "@/lib/server/context";
import { inTransaction, type Tx } from "@/lib/server/repositories/database";
import { bumpEndpointVersion } from "@/lib/server/repositories/endpoints";
import { insertVersion, lockProfiles } from "@/lib/server/repositories/profile-rows";
import { profileInUse } from "@/lib/server/repositories/profiles";
import { type FoundProfile, requireFoundProfile } from "./find-profile";
import { announceMoved, moveEndpoints } from "./move-endpoints";
import { toProfileDetail } from "./profile-dto";

export type OwnProfile = FoundProfile & { rowId: string; builtIn: null };

/** Refuses what cannot be changed: built-in profiles, and archived ones. Throws `conflict`. */
export function assertChangeable(profile: FoundProfile): asserts profile is OwnProfile {
  if (profile.builtIn !== null) {
    throw new AppError(
      "conflict",
      `${profile.name} is built in and cannot be changed. Clone it (based_on: "${profile.slug}") and change the clone.`,
    );
  }
  if (profile.archivedAt !== null) {
    throw new AppError("conflict", `${profile.name} is archived. Unarchive it first.`);
  }
}

export type VersionToSave = {
  /** JSON text, as `definitionText` gives it. */
  definition: string;
  note: string;
  /** Whether this environment's endpoints on older versions are moved to it. */
  applies: boolean;
};

/**
 * Adds the next version and moves the environment's endpoints to it where that was asked for. Gives how many were moved.
 * Throws `conflict` (too many versions, endpoints that cannot be moved), `forbidden` (endpoints, without the permission).
 */
export async function saveVersion(
  tx: Tx,
  ctx: ServiceContext,
  actor: Actor,
  profile: OwnProfile,
  { definition, note, applies }: VersionToSave,
): Promise<{ number: number; moved: { id: string }[] }> {
  const number = profile.versions[0].number + 1;
  if (number > MAX_VERSIONS_PER_PROFILE) {
    throw new AppError(
      "conflict",
      `${profile.name} has ${MAX_VERSIONS_PER_PROFILE} versions, the most that are kept. Clone it and go on with the clone.`,
    );
  }
  const versionId = await insertVersion(tx, {
    profileId: profile.rowId,
    number,
    definition,
    note,
    createdBy: actorIdOf(actor),
    createdAt: new Date(ctx.now()),
  });
  if (!applies) return { number, moved: [] };
  await bumpEndpointVersion(tx, actor.environmentId);
  const inUse = await profileInUse(tx, versionId);
  const to = { ...inUse, profileId: profile.rowId, versionId };
  const moved = await moveEndpoints(tx, ctx, actor, to, "apply_to_endpoints");
  return { number, moved };
}

/**
 * Runs `work` on a profile while nobody else changes one of the workspace, and gives the profile as it is then.
 * `work` says which endpoints it moved. Throws `not_found`.
 */
export async function changeProfile(
  ctx: ServiceContext,
  actor: Actor,
  ref: string,
  work: (tx: Tx, profile: FoundProfile, now: Date) => Promise<{ id: string }[]>,
): Promise<ChangedProfileDto> {
  const { detail, moved } = await inTransaction(ctx.db, async (tx) => {
    await lockProfiles(tx, actor.workspaceId);
    const before = await requireFoundProfile(tx, actor.workspaceId, ref);
    const moved = await work(tx, before, new Date(ctx.now()));
    const after = await requireFoundProfile(tx, actor.workspaceId, ref);
    return { moved, detail: await toProfileDetail(tx, actor, after) };
  });
  announceMoved(ctx, actor, moved);
  return { ...detail, moved_endpoints: moved.length };
}
