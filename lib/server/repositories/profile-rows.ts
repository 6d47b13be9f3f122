// Owns the rows of a workspace's own profiles and of what was ever used of the built-in ones, for people and programs.
// What endpoints and deliveries take of them is in profiles.ts.
import type { Database, Tx } from "./database";

type Client = Database["prisma"] | Tx;

/** Owns nothing that people see: drafts that were sent to an endpoint as a test, so that their deliveries stay readable. */
const DRAFTS_SLUG = "~drafts";

const VERSION_FACTS = { id: true, number: true, note: true, createdBy: true, createdAt: true } as const;

const FACTS = {
  id: true,
  slug: true,
  name: true,
  description: true,
  basedOn: true,
  createdAt: true,
  updatedAt: true,
  archivedAt: true,
  versions: { select: VERSION_FACTS, orderBy: { number: "desc" as const } },
} as const;

/** Own profiles of the workspace by name, at most `take`; each with the facts of its versions, newest first. */
export function listProfileRows(client: Client, workspaceId: string, isArchived: boolean) {
  return client.profile.findMany({
    where: {
      workspaceId,
      slug: { not: DRAFTS_SLUG },
      archivedAt: isArchived ? { not: null } : null,
    },
    select: FACTS,
    orderBy: [{ name: "asc" }, { slug: "asc" }],
  });
}

export type ProfileRow = Awaited<ReturnType<typeof listProfileRows>>[number];

/** One of the workspace's own by slug or id, archived ones too; null when there is none. */
export function findProfileRow(client: Client, workspaceId: string, ref: string): Promise<ProfileRow | null> {
  return client.profile.findFirst({
    where: { workspaceId, slug: { not: DRAFTS_SLUG }, OR: [{ id: ref }, { slug: ref }] },
    select: FACTS,
  });
}

/** The rows of built-in profiles that somebody has used. */
export function listBuiltInRows(client: Client, slug?: string): Promise<ProfileRow[]> {
  return client.profile.findMany({
    where: { workspaceId: null, ...(slug !== undefined && { slug }) },
    select: FACTS,
  });
}

/** The definition of a version as JSON text. */
export async function readDefinition(client: Client, versionId: number): Promise<string | null> {
  const row = await client.profileVersion.findUnique({
    where: { id: versionId },
    select: { definition: true },
  });
  return row?.definition ?? null;
}

/** Makes changes of the workspace's profiles follow each other; counts and slugs then stay what they are. */
export async function lockProfiles(tx: Tx, workspaceId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('profiles of ' || ${workspaceId}, 0))`;
}

export type NewProfile = {
  id: string;
  workspaceId: string;
  slug: string;
  name: string;
  description: string;
  basedOn: string | null;
  createdAt: Date;
};

export async function insertProfile(tx: Tx, profile: NewProfile): Promise<void> {
  await tx.profile.create({ data: { ...profile, updatedAt: profile.createdAt } });
}

export type NewVersion = {
  profileId: string;
  number: number;
  /** JSON text. */
  definition: string;
  note: string;
  createdBy: string | null;
  createdAt: Date;
};

/** Adds a version and gives its id. Versions never change. */
export async function insertVersion(tx: Tx, version: NewVersion): Promise<number> {
  const { id } = await tx.profileVersion.create({ data: version, select: { id: true } });
  return id;
}

export type ProfileChange = { name?: string; description?: string; archivedAt?: Date | null };

export async function updateProfileRow(tx: Tx, id: string, change: ProfileChange, now: Date): Promise<void> {
  await tx.profile.update({ where: { id }, data: { ...change, updatedAt: now }, select: { id: true } });
}

/** Slugs of the workspace that begin like this one, archived profiles' too. */
export async function takenSlugs(tx: Tx, workspaceId: string, slug: string): Promise<Set<string>> {
  const rows = await tx.profile.findMany({
    where: { workspaceId, slug: { startsWith: slug } },
    select: { slug: true },
  });
  return new Set(rows.map((row) => row.slug));
}

export function countProfiles(tx: Tx, workspaceId: string): Promise<number> {
  return tx.profile.count({ where: { workspaceId, slug: { not: DRAFTS_SLUG } } });
}

export type VersionUse = {
  /** Null: the default profile, which needs no row. */
  profileId: string | null;
  number: number | null;
  here: number;
  elsewhere: number;
};

/** How many endpoints send each version: in this environment, and in the others of the workspace. */
export function countUse(client: Client, workspaceId: string, environmentId: string): Promise<VersionUse[]> {
  return client.$queryRaw<VersionUse[]>`
    SELECT v.profile_id AS "profileId", v.number,
      count(*) FILTER (WHERE e.environment_id = ${environmentId})::int AS here,
      count(*) FILTER (WHERE e.environment_id <> ${environmentId})::int AS elsewhere
    FROM endpoint e
    JOIN environment n ON n.id = e.environment_id
    LEFT JOIN profile_version v ON v.id = e.profile_version_id
    WHERE n.workspace_id = ${workspaceId} AND e.deleted_at IS NULL
      -- A callback that has ended sends nothing any more.
      AND e.unsubscribed_at IS NULL AND (e.expires_at IS NULL OR e.expires_at > now())
    GROUP BY v.profile_id, v.number`;
}

/** Holds the workspace's environments, so that no endpoint is made or moved until the transaction ends. */
export async function lockEnvironments(tx: Tx, workspaceId: string): Promise<void> {
  await tx.$queryRaw`SELECT id FROM environment WHERE workspace_id = ${workspaceId} ORDER BY id FOR NO KEY UPDATE`;
}

/** Kinds of the workspace's environments whose endpoints get this profile unless their maker names one. */
export async function defaultIn(tx: Tx, workspaceId: string, refs: readonly string[]): Promise<string[]> {
  const rows = await tx.environment.findMany({
    where: { workspaceId, defaultProfile: { in: [...refs] } },
    select: { kind: true },
    orderBy: { kind: "asc" },
  });
  return rows.map(({ kind }) => kind);
}

/** Who is behind the ids of people and API keys: their names. Ids of other workspaces' keys stay unknown. */
export async function namesOf(
  client: Client,
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const users = await client.user.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, name: true, email: true },
  });
  const keys = await client.apiKey.findMany({
    where: { id: { in: [...ids] }, environment: { workspaceId } },
    select: { id: true, name: true },
  });
  return new Map([
    ...users.map(({ id, name, email }): [string, string] => [id, name || email]),
    ...keys.map(({ id, name }): [string, string] => [id, name]),
  ]);
}

export type Draft = { workspaceId: string; definition: string; createdBy: string | null; now: Date };

/**
 * Keeps a draft's definition for as long as the deliveries of its tests, and gives the id of its version; the same text
 * is kept once. `until` bounds the age of what is cleared meanwhile.
 */
export async function keepDraft(tx: Tx, newId: () => string, draft: Draft, until: Date): Promise<number> {
  const { workspaceId, definition, createdBy, now } = draft;
  await lockProfiles(tx, workspaceId);
  const home = await tx.profile.findFirst({
    where: { workspaceId, slug: DRAFTS_SLUG },
    select: { id: true, versions: { select: { number: true }, orderBy: { number: "desc" }, take: 1 } },
  });
  const profileId = home?.id ?? newId();
  if (home === null) {
    const facts = { slug: DRAFTS_SLUG, name: "Drafts", archivedAt: now, createdAt: now, updatedAt: now };
    await tx.profile.create({ data: { id: profileId, workspaceId, ...facts } });
  }
  await tx.profileVersion.deleteMany({ where: { profileId, createdAt: { lt: until } } });
  // Kept anew when it is old: it has to outlive the delivery that is about to be made.
  const same = await tx.profileVersion.findFirst({
    where: { profileId, definition, createdAt: { gte: new Date(now.getTime() - 86_400_000) } },
    select: { id: true },
  });
  if (same !== null) return same.id;
  const number = (home?.versions[0]?.number ?? 0) + 1;
  return insertVersion(tx, { profileId, number, definition, note: "", createdBy, createdAt: now });
}
