// Owns the making of a profile: from scratch, as a clone, or as a changed clone.
import {
  type CreateProfileInput,
  MAX_PROFILES_PER_WORKSPACE,
  type ProfileDetailDto,
} from "@/lib/contracts/profiles";
import { type Actor, actorIdOf } from "@/lib/domain/access/permissions";
import { slugWords } from "@/lib/domain/access/slug";
import { AppError } from "@/lib/domain/errors";
import type { ServiceContext } from "@/lib/server/context";
import { recordAudit } from "@/lib/server/repositories/audit";
import { inTransaction, type Tx } from "@/lib/server/repositories/database";
import {
  countProfiles,
  insertProfile,
  insertVersion,
  lockProfiles,
  takenSlugs,
} from "@/lib/server/repositories/profile-rows";
import { BUILT_IN_SLUGS } from "@/lib/server/repositories/profiles";
import { requirePermission } from "../require-permission";
import {
  definitionText,
  lookUpProfile,
  type ReadVersion,
  readVersion,
  requireFoundProfile,
} from "./find-profile";
import { toProfileDetail } from "./profile-dto";

/** Segments of addresses of the API and the dashboard. */
const RESERVED_SLUGS = new Set(["new", "preview", "test"]);

function refuse(path: string, message: string): never {
  throw new AppError("invalid_request", message, { errors: [{ path, message }] });
}

/** The slug that was asked for, or one made of the name that is free. */
async function chooseSlug(tx: Tx, actor: Actor, { slug, name }: CreateProfileInput): Promise<string> {
  const isReserved = (text: string) => BUILT_IN_SLUGS.has(text) || RESERVED_SLUGS.has(text);
  if (slug !== undefined) {
    if (isReserved(slug)) refuse("slug", `"${slug}" belongs to Signpost; choose another slug.`);
    if ((await takenSlugs(tx, actor.workspaceId, slug)).has(slug)) {
      throw new AppError("conflict", `There is a profile "${slug}" in this workspace already.`, {
        errors: [{ path: "slug", message: "is taken, perhaps by an archived profile" }],
      });
    }
    return slug;
  }
  const base = slugWords(name) || "profile";
  const taken = await takenSlugs(tx, actor.workspaceId, base);
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? base : `${base}-${number}`;
    if (!taken.has(candidate) && !isReserved(candidate)) return candidate;
  }
}

type Origin = ReadVersion & { slug: string; name: string };

async function readOrigin(
  tx: Tx,
  actor: Actor,
  { based_on: ref, based_on_version: number }: CreateProfileInput,
): Promise<Origin | null> {
  if (ref === undefined) return null;
  const found = await lookUpProfile(tx, actor.workspaceId, ref);
  if (found === null) return refuse("based_on", `There is no profile "${ref}" in this workspace.`);
  if (number !== undefined && !found.versions.some((version) => version.number === number)) {
    refuse(
      "based_on_version",
      `${found.name} has no version ${number}; the newest is ${found.versions[0].number}.`,
    );
  }
  return { ...(await readVersion(tx, found, number)), slug: found.slug, name: found.name };
}

/**
 * Makes a profile with its first version. Throws `invalid_request` (slug, origin), `conflict` (a slug that is taken, too
 * many profiles).
 */
export async function createProfile(
  ctx: ServiceContext,
  actor: Actor,
  input: CreateProfileInput,
): Promise<ProfileDetailDto> {
  requirePermission(actor, "profiles:write");
  const { workspaceId } = actor;
  return inTransaction(ctx.db, async (tx) => {
    await lockProfiles(tx, workspaceId);
    if ((await countProfiles(tx, workspaceId)) >= MAX_PROFILES_PER_WORKSPACE) {
      throw new AppError(
        "conflict",
        `This workspace has ${MAX_PROFILES_PER_WORKSPACE} profiles, archived ones included, the most that are kept.`,
      );
    }
    const origin = await readOrigin(tx, actor, input);
    const definition = input.definition ?? origin?.definition;
    if (definition === undefined) return refuse("definition", "give a definition, or based_on");
    const slug = await chooseSlug(tx, actor, input);
    const id = ctx.newId("profile");
    const createdAt = new Date(ctx.now());
    const from = origin === null ? "" : `From ${origin.name}, version ${origin.version.number}`;
    await insertProfile(tx, {
      id,
      workspaceId,
      slug,
      name: input.name,
      description: input.description ?? "",
      basedOn: origin?.slug ?? null,
      createdAt,
    });
    await insertVersion(tx, {
      profileId: id,
      number: 1,
      definition: definitionText(definition),
      note: input.note ?? from,
      createdBy: actorIdOf(actor),
      createdAt,
    });
    await recordAudit(tx, ctx, actor, {
      action: "profile.created",
      targetKind: "profile",
      targetId: id,
      detail: {
        slug,
        name: input.name,
        based_on: origin === null ? null : `${origin.slug}, version ${origin.version.number}`,
      },
    });
    return toProfileDetail(tx, actor, await requireFoundProfile(tx, workspaceId, id));
  });
}
