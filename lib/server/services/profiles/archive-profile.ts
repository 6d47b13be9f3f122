// Owns taking an own profile out of use, and back. Its versions stay: deliveries that were made with them are still shown,
// retried and replayed as they were.
import type { ProfileDetailDto } from "@/lib/contracts/profiles";
import type { Actor } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import type { ServiceContext } from "@/lib/server/context";
import { recordAudit } from "@/lib/server/repositories/audit";
import type { Tx } from "@/lib/server/repositories/database";
import { defaultIn, lockEnvironments, updateProfileRow } from "@/lib/server/repositories/profile-rows";
import { requirePermission } from "../require-permission";
import type { FoundProfile } from "./find-profile";
import { readFacts, toProfileDto } from "./profile-dto";
import { changeProfile } from "./save-version";

function assertOwn(profile: FoundProfile): asserts profile is FoundProfile & { rowId: string } {
  if (profile.builtIn !== null) {
    throw new AppError("conflict", `${profile.name} is built in and cannot be archived.`);
  }
}

async function assertUnused(tx: Tx, actor: Actor, profile: FoundProfile & { rowId: string }): Promise<void> {
  const [kind] = await defaultIn(tx, actor.workspaceId, [profile.slug, profile.rowId]);
  if (kind !== undefined) {
    throw new AppError(
      "conflict",
      `New endpoints of the ${kind} environment get this profile. Choose another default there first.`,
    );
  }
  const { uses } = await readFacts(tx, actor, []);
  const { endpoints: here, endpoints_elsewhere: elsewhere } = toProfileDto(profile, uses);
  if (here + elsewhere === 0) return;
  const count = here + elsewhere === 1 ? "1 endpoint uses" : `${here + elsewhere} endpoints use`;
  const where = elsewhere === 0 ? "" : `, ${elsewhere} of them in the other environment`;
  throw new AppError("conflict", `${count} this profile${where}. Move them to another one first.`);
}

async function setArchived(
  ctx: ServiceContext,
  actor: Actor,
  ref: string,
  isArchived: boolean,
): Promise<ProfileDetailDto> {
  requirePermission(actor, "profiles:write");
  const { moved_endpoints: _, ...detail } = await changeProfile(ctx, actor, ref, async (tx, profile, now) => {
    assertOwn(profile);
    if ((profile.archivedAt !== null) === isArchived) return [];
    if (isArchived) {
      // No endpoint can be made with it while this is decided.
      await lockEnvironments(tx, actor.workspaceId);
      await assertUnused(tx, actor, profile);
    }
    await updateProfileRow(tx, profile.rowId, { archivedAt: isArchived ? now : null }, now);
    await recordAudit(tx, ctx, actor, {
      action: isArchived ? "profile.archived" : "profile.unarchived",
      targetKind: "profile",
      targetId: profile.rowId,
      detail: { slug: profile.slug },
    });
    return [];
  });
  return detail;
}

/** Refused with `conflict` while endpoints use it or get it by default, in any environment of the workspace. Archiving twice changes nothing. */
export function archiveProfile(ctx: ServiceContext, actor: Actor, ref: string): Promise<ProfileDetailDto> {
  return setArchived(ctx, actor, ref, true);
}

/** Endpoints can take it again. */
export function unarchiveProfile(ctx: ServiceContext, actor: Actor, ref: string): Promise<ProfileDetailDto> {
  return setArchived(ctx, actor, ref, false);
}
