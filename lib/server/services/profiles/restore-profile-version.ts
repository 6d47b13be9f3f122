// Owns going back: what an older version says, saved as the next one. Nothing is taken away.
import type { ChangedProfileDto, RestoreProfileVersionInput } from "@/lib/contracts/profiles";
import type { Actor } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import type { ServiceContext } from "@/lib/server/context";
import { recordAudit } from "@/lib/server/repositories/audit";
import { updateProfileRow } from "@/lib/server/repositories/profile-rows";
import { requirePermission } from "../require-permission";
import { definitionText, readVersion } from "./find-profile";
import { assertChangeable, changeProfile, saveVersion } from "./save-version";

/** Throws `not_found`, `conflict` (as changes do, and when the newest version says the same), `forbidden`. */
export async function restoreProfileVersion(
  ctx: ServiceContext,
  actor: Actor,
  ref: string,
  number: number,
  input: RestoreProfileVersionInput,
): Promise<ChangedProfileDto> {
  requirePermission(actor, "profiles:write");
  return changeProfile(ctx, actor, ref, async (tx, profile, now) => {
    assertChangeable(profile);
    const definition = definitionText((await readVersion(tx, profile, number)).definition);
    if (definition === definitionText((await readVersion(tx, profile)).definition)) {
      throw new AppError(
        "conflict",
        `The newest version of ${profile.name} says the same as version ${number}: there is nothing to restore.`,
      );
    }
    const note = input.note ?? `Version ${number} again`;
    const saved = await saveVersion(tx, ctx, actor, profile, {
      definition,
      note,
      applies: input.apply_to_endpoints ?? true,
    });
    await updateProfileRow(tx, profile.rowId, {}, now);
    await recordAudit(tx, ctx, actor, {
      action: "profile.version_restored",
      targetKind: "profile",
      targetId: profile.rowId,
      detail: {
        slug: profile.slug,
        restored: number,
        version: saved.number,
        note,
        moved_endpoints: saved.moved.length,
      },
    });
    return saved.moved;
  });
}
