// Owns looking a profile up by slug or id, built-in or own, as one kind of thing. A built-in one is what this release ships:
// its versions are those that endpoints have used, and a further one when the release has changed it since.
import { profileRef } from "@/lib/contracts/endpoints";
import { AppError } from "@/lib/domain/errors";
import { BUILT_IN_PROFILES, builtInProfile, DEFAULT_PROFILE } from "@/lib/domain/profile/built-in";
import type { BuiltInProfile } from "@/lib/domain/profile/built-in/built-in-profile";
import { type ProfileDefinition, profileDefinitionSchema } from "@/lib/domain/profile/definition";
import type { Database, Tx } from "@/lib/server/repositories/database";
import {
  findProfileRow,
  listBuiltInRows,
  listProfileRows,
  type ProfileRow,
  readDefinition,
} from "@/lib/server/repositories/profile-rows";

type Client = Database["prisma"] | Tx;

export type FoundVersion = {
  /** Null for a built-in's version that has no row yet, and for the default profile, which needs none. */
  id: number | null;
  number: number;
  note: string;
  createdBy: string | null;
  createdAt: Date | null;
};

export type FoundProfile = {
  /** Its row; null for a built-in one that nobody has used. */
  rowId: string | null;
  slug: string;
  name: string;
  description: string;
  builtIn: BuiltInProfile | null;
  basedOn: string | null;
  createdAt: Date | null;
  updatedAt: Date | null;
  archivedAt: Date | null;
  /** Newest first, at least one. */
  versions: readonly [FoundVersion, ...FoundVersion[]];
};

/** The answer for a profile that is unknown, malformed or of another workspace: always the same. */
export function profileNotFound(): AppError {
  return new AppError("not_found", "There is no such profile in this workspace.");
}

function ownProfile(row: ProfileRow): FoundProfile {
  const [newest, ...older] = row.versions;
  if (newest === undefined) throw new Error(`profile ${row.id} has no version`);
  const { id, slug, name, description, basedOn, createdAt, updatedAt, archivedAt } = row;
  return {
    rowId: id,
    slug,
    name,
    description,
    builtIn: null,
    basedOn,
    createdAt,
    updatedAt,
    archivedAt,
    versions: [newest, ...older],
  };
}

/** `isNewest` tells whether the row's newest version is what the release ships. */
function builtInAs(builtIn: BuiltInProfile, row: ProfileRow | undefined, isNewest: boolean): FoundProfile {
  const { slug, name, description } = builtIn;
  const stored = row?.versions ?? [];
  const shipped: FoundVersion = {
    id: null,
    number: (stored[0]?.number ?? 0) + 1,
    note: "",
    createdBy: null,
    createdAt: null,
  };
  const [newest = shipped, ...older] = isNewest ? stored : [shipped, ...stored];
  return {
    rowId: row?.id ?? null,
    slug,
    name,
    description,
    builtIn,
    basedOn: null,
    createdAt: null,
    updatedAt: null,
    archivedAt: null,
    versions: [newest, ...older],
  };
}

async function isShipped(client: Client, builtIn: BuiltInProfile, row: ProfileRow): Promise<boolean> {
  const newest = row.versions[0];
  return (
    newest !== undefined && (await readDefinition(client, newest.id)) === JSON.stringify(builtIn.definition)
  );
}

/** The built-in profiles in their order. */
export async function listBuiltIns(client: Client): Promise<FoundProfile[]> {
  const rows = new Map((await listBuiltInRows(client)).map((row) => [row.slug, row]));
  const found: FoundProfile[] = [];
  for (const builtIn of BUILT_IN_PROFILES) {
    const row = rows.get(builtIn.slug);
    found.push(builtInAs(builtIn, row, row !== undefined && (await isShipped(client, builtIn, row))));
  }
  return found;
}

/** The workspace's own profiles by name. */
export async function listOwn(
  client: Client,
  workspaceId: string,
  isArchived: boolean,
): Promise<FoundProfile[]> {
  return (await listProfileRows(client, workspaceId, isArchived)).map(ownProfile);
}

/** The profile that a slug or id names, archived ones too; null when there is none. */
export async function lookUpProfile(
  client: Client,
  workspaceId: string,
  ref: string,
): Promise<FoundProfile | null> {
  if (!profileRef.safeParse(ref).success) return null;
  const builtIn = builtInProfile(ref);
  if (builtIn !== null) {
    const [row] = builtIn === DEFAULT_PROFILE ? [] : await listBuiltInRows(client, ref);
    return builtInAs(builtIn, row, row !== undefined && (await isShipped(client, builtIn, row)));
  }
  const row = await findProfileRow(client, workspaceId, ref);
  return row === null ? null : ownProfile(row);
}

/** The same; throws `not_found`. */
export async function requireFoundProfile(
  client: Client,
  workspaceId: string,
  ref: string,
): Promise<FoundProfile> {
  const found = await lookUpProfile(client, workspaceId, ref);
  if (found === null) throw profileNotFound();
  return found;
}

export type ReadVersion = { version: FoundVersion; definition: ProfileDefinition };

/** A version with its definition, the newest unless `number` names one. Throws `not_found`. */
export async function readVersion(
  client: Client,
  profile: FoundProfile,
  number?: number,
): Promise<ReadVersion> {
  const version =
    number === undefined ? profile.versions[0] : profile.versions.find((one) => one.number === number);
  if (version === undefined) {
    throw new AppError(
      "not_found",
      `${profile.name} has no version ${number}; the newest is ${profile.versions[0].number}.`,
    );
  }
  if (version.id === null) {
    if (profile.builtIn === null) throw new Error(`version ${number} of ${profile.slug} has no row`);
    return { version, definition: profile.builtIn.definition };
  }
  const text = await readDefinition(client, version.id);
  if (text === null) throw new Error(`version ${version.id} of ${profile.slug} is missing`);
  return { version, definition: profileDefinitionSchema.parse(JSON.parse(text)) };
}

/** A definition as it is kept and compared: members always in the same order. */
export function definitionText(definition: ProfileDefinition): string {
  return JSON.stringify(profileDefinitionSchema.parse(definition));
}
