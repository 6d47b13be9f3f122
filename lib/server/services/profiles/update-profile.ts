// Owns changes of an own profile: its name and description, and the next version of its definition.
import type { ChangedProfileDto, UpdateProfileInput } from "@/lib/contracts/profiles";
import type { Actor } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import type { ServiceContext } from "@/lib/server/context";
import { recordAudit } from "@/lib/server/repositories/audit";
import { type ProfileChange, updateProfileRow } from "@/lib/server/repositories/profile-rows";
import { requirePermission } from "../require-permission";
import { definitionText, type FoundProfile, readVersion } from "./find-profile";
import { assertChangeable, changeProfile, saveVersion } from "./save-version";

/** What differs of the name and the description, before and after. */
function describeNames(profile: FoundProfile, { name, description }: UpdateProfileInput) {
  const change: ProfileChange = {
    ...(name !== undefined && name !== profile.name && { name }),
    ...(description !== undefined && description !== profile.description && { description }),
  };
  const before = {
    ...(change.name !== undefined && { name: profile.name }),
    ...(change.description !== undefined && { description: profile.description }),
  };
  return { change, before };
}

function assertNewest(profile: FoundProfile, base: number | undefined): void {
  const newest = profile.versions[0].number;
  if (base === undefined || base === newest) return;
  const message = `Version ${newest} was saved since version ${base} was opened. Look at what changed, then edit the newest.`;
  throw new AppError("conflict", message, { errors: [{ path: "base_version", message }] });
}

/**
 * Changes what is given; a definition that differs becomes the next version, one that does not makes none (its note is
 * not kept). Throws `not_found`, `conflict` (built in, archived, saved by somebody else meanwhile, endpoints that cannot be
 * moved, too many versions), `forbidden`.
 */
export async function updateProfile(
  ctx: ServiceContext,
  actor: Actor,
  ref: string,
  input: UpdateProfileInput,
): Promise<ChangedProfileDto> {
  requirePermission(actor, "profiles:write");
  return changeProfile(ctx, actor, ref, async (tx, profile, now) => {
    assertChangeable(profile);
    assertNewest(profile, input.base_version);
    const { change, before } = describeNames(profile, input);
    const definition = input.definition === undefined ? null : definitionText(input.definition);
    const isNew =
      definition !== null && definition !== definitionText((await readVersion(tx, profile)).definition);
    if (!isNew && Object.keys(change).length === 0) return [];
    const saved = isNew
      ? await saveVersion(tx, ctx, actor, profile, {
          definition,
          note: input.note ?? "",
          applies: input.apply_to_endpoints ?? true,
        })
      : null;
    await updateProfileRow(tx, profile.rowId, change, now);
    await recordAudit(tx, ctx, actor, {
      action: "profile.updated",
      targetKind: "profile",
      targetId: profile.rowId,
      detail: {
        slug: profile.slug,
        ...(Object.keys(before).length > 0 && { before, after: change }),
        ...(saved !== null && {
          version: saved.number,
          note: input.note ?? "",
          moved_endpoints: saved.moved.length,
        }),
      },
    });
    return saved?.moved ?? [];
  });
}
