// Owns the rows of profiles and their versions. A built-in's rows are written when somebody first uses it: endpoints then
// stay with the definition that they were given, whatever a later release ships.
import { BUILT_IN_PROFILES, builtInProfile, DEFAULT_PROFILE } from "@/lib/domain/profile/built-in";
import { type ProfileDefinition, profileDefinitionSchema } from "@/lib/domain/profile/definition";
import type { ServiceContext } from "../context";
import type { Tx } from "./database";

/** A version of a profile as an endpoint takes it. `versionId` null is the default profile, which needs no row. */
export type ProfileInUse = {
  versionId: number | null;
  slug: string;
  name: string;
  number: number;
  definition: ProfileDefinition;
};

const DEFAULT_IN_USE: ProfileInUse = {
  versionId: null,
  slug: DEFAULT_PROFILE.slug,
  name: DEFAULT_PROFILE.name,
  number: 1,
  definition: DEFAULT_PROFILE.definition,
};

/** The version that holds the built-in's definition of this release; written when it is not there yet. */
async function ensureBuiltIn(
  tx: Tx,
  newId: ServiceContext["newId"],
  slug: string,
): Promise<ProfileInUse | null> {
  const profile = builtInProfile(slug);
  if (profile === null) return null;
  const { name, description, definition } = profile;
  // Two first uses at once would otherwise write two versions.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('built-in profile ' || ${slug}, 0))`;
  const known = await tx.profile.findFirst({ where: { slug, workspaceId: null }, select: { id: true } });
  const id = known?.id ?? newId("profile");
  if (known === null) await tx.profile.create({ data: { id, slug, name, description } });
  const latest = await tx.profileVersion.findFirst({
    where: { profileId: id },
    orderBy: { number: "desc" },
    select: { id: true, number: true, definition: true },
  });
  const text = JSON.stringify(definition);
  if (latest?.definition === text)
    return { versionId: latest.id, slug, name, number: latest.number, definition };
  const number = (latest?.number ?? 0) + 1;
  const created = await tx.profileVersion.create({
    data: { profileId: id, number, definition: text },
    select: { id: true },
  });
  return { versionId: created.id, slug, name, number, definition };
}

/**
 * The newest version of the profile that `ref` names: a built-in's slug, or the slug or id of one of the workspace's own.
 * Null when there is none, or it was archived.
 */
export async function takeProfile(
  tx: Tx,
  newId: ServiceContext["newId"],
  workspaceId: string,
  ref: string,
): Promise<ProfileInUse | null> {
  if (ref === DEFAULT_PROFILE.slug) return DEFAULT_IN_USE;
  const builtIn = await ensureBuiltIn(tx, newId, ref);
  if (builtIn !== null) return builtIn;
  const row = await tx.profile.findFirst({
    where: { workspaceId, archivedAt: null, OR: [{ id: ref }, { slug: ref }] },
    select: { slug: true, name: true, versions: { orderBy: { number: "desc" }, take: 1 } },
  });
  const version = row?.versions[0];
  if (row === null || version === undefined) return null;
  return {
    versionId: version.id,
    slug: row.slug,
    name: row.name,
    number: version.number,
    definition: profileDefinitionSchema.parse(JSON.parse(version.definition)),
  };
}

/** The version that an endpoint has now. */
export async function profileInUse(tx: Tx, versionId: number | null): Promise<ProfileInUse> {
  if (versionId === null) return DEFAULT_IN_USE;
  const row = await tx.profileVersion.findUniqueOrThrow({
    where: { id: versionId },
    include: { profile: true },
  });
  return {
    versionId,
    slug: row.profile.slug,
    name: row.profile.name,
    number: row.number,
    definition: profileDefinitionSchema.parse(JSON.parse(row.definition)),
  };
}

/** Slugs that no profile of a workspace may have. */
export const BUILT_IN_SLUGS: ReadonlySet<string> = new Set(BUILT_IN_PROFILES.map(({ slug }) => slug));
