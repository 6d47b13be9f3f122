// Owns the shapes in which profiles leave the server, and the counting of who uses them.
import type {
  ProfileDetailDto,
  ProfileDto,
  ProfileVersionDto,
  SampleEventDto,
} from "@/lib/contracts/profiles";
import type { Actor } from "@/lib/domain/access/permissions";
import { DEFAULT_PROFILE } from "@/lib/domain/profile/built-in";
import type { SampleEvent } from "@/lib/domain/profile/built-in/built-in-profile";
import type { Database, Tx } from "@/lib/server/repositories/database";
import { countUse, namesOf, type VersionUse } from "@/lib/server/repositories/profile-rows";
import { type FoundProfile, type FoundVersion, lookUpProfile, readVersion } from "./find-profile";

type Client = Database["prisma"] | Tx;

/** Clones of clones are followed this far to find events to try them with. */
const MAX_ORIGINS = 10;

/** Which uses are this profile's. The default one has no rows: endpoints point at nothing then. */
function usesOf(profile: FoundProfile, uses: readonly VersionUse[]): VersionUse[] {
  return uses.filter(({ profileId }) =>
    profileId === null ? profile.slug === DEFAULT_PROFILE.slug : profileId === profile.rowId,
  );
}

const sum = (uses: readonly VersionUse[], where: "here" | "elsewhere") =>
  uses.reduce((total, use) => total + use[where], 0);

/** What lists show. */
export function toProfileDto(profile: FoundProfile, uses: readonly VersionUse[]): ProfileDto {
  const own = usesOf(profile, uses);
  const [{ number: version }] = profile.versions;
  return {
    id: profile.builtIn === null ? profile.rowId : null,
    slug: profile.slug,
    name: profile.name,
    description: profile.description,
    built_in: profile.builtIn !== null,
    based_on: profile.basedOn,
    version,
    endpoints: sum(own, "here"),
    endpoints_behind: sum(
      own.filter(({ number }) => number !== null && number < version),
      "here",
    ),
    endpoints_elsewhere: sum(own, "elsewhere"),
    created_at: profile.createdAt?.toISOString() ?? null,
    updated_at: profile.updatedAt?.toISOString() ?? null,
    archived_at: profile.archivedAt?.toISOString() ?? null,
  };
}

export function toSampleDto(sample: SampleEvent): SampleEventDto {
  return {
    id: sample.id,
    type: sample.type,
    timestamp: sample.timestamp,
    subject: sample.subject ?? null,
    tenant: sample.tenant ?? null,
    attributes: sample.attributes === undefined ? null : { ...sample.attributes },
    data_text: sample.data,
  };
}

/** Events to try a profile with: its own, those of what it was cloned from, else those of the default. */
export async function samplesOf(
  client: Client,
  workspaceId: string,
  profile: FoundProfile,
): Promise<readonly [SampleEvent, ...SampleEvent[]]> {
  let origin: FoundProfile | null = profile;
  for (let step = 0; origin !== null && step < MAX_ORIGINS; step++) {
    if (origin.builtIn !== null) return origin.builtIn.samples;
    origin = origin.basedOn === null ? null : await lookUpProfile(client, workspaceId, origin.basedOn);
  }
  return DEFAULT_PROFILE.samples;
}

export type VersionFacts = { names: ReadonlyMap<string, string>; uses: readonly VersionUse[] };

/** What is told of a version without its definition. */
export function toVersionDto(
  profile: FoundProfile,
  version: FoundVersion,
  { names, uses }: VersionFacts,
): ProfileVersionDto {
  const of = usesOf(profile, uses).filter(({ number }) => (number ?? 1) === version.number);
  return {
    number: version.number,
    note: version.note,
    author: version.createdBy === null ? null : (names.get(version.createdBy) ?? null),
    created_at: version.createdAt?.toISOString() ?? null,
    endpoints: sum(of, "here"),
  };
}

const authorsOf = (versions: readonly FoundVersion[]) => [
  ...new Set(versions.flatMap(({ createdBy }) => (createdBy === null ? [] : [createdBy]))),
];

/** Reads who wrote these versions and who uses them. One query after the other, because a transaction has one connection. */
export async function readFacts(
  client: Client,
  actor: Pick<Actor, "workspaceId" | "environmentId">,
  versions: readonly FoundVersion[],
): Promise<VersionFacts> {
  const uses = await countUse(client, actor.workspaceId, actor.environmentId);
  return { uses, names: await namesOf(client, actor.workspaceId, authorsOf(versions)) };
}

/** Everything about one profile. */
export async function toProfileDetail(
  client: Client,
  actor: Pick<Actor, "workspaceId" | "environmentId">,
  profile: FoundProfile,
): Promise<ProfileDetailDto> {
  const facts = await readFacts(client, actor, profile.versions);
  const { definition } = await readVersion(client, profile);
  const samples = await samplesOf(client, actor.workspaceId, profile);
  return {
    ...toProfileDto(profile, facts.uses),
    definition,
    versions: profile.versions.map((version) => toVersionDto(profile, version, facts)),
    samples: samples.map(toSampleDto),
  };
}
