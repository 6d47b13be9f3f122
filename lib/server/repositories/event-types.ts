// Owns the rows of the event type catalogue, and where else names of event types are known from.
import { Prisma } from "../db/generated/client";
import type { Database, Tx } from "./database";

type Client = Database["prisma"] | Tx;

/** The latest events that are looked at: enough for a picker, and the same cost however many there are. */
const RECENT_EVENTS = 5_000;
const MAX_LISTED = 2_000;

const ENTRY = {
  id: true,
  name: true,
  description: true,
  pack: true,
  archivedAt: true,
  createdAt: true,
} as const;
const WITH_EXAMPLE = { ...ENTRY, example: true, exampleSubject: true, exampleAttributes: true } as const;

export type CatalogueType = {
  id: string;
  name: string;
  description: string;
  pack: string | null;
  hasExample: boolean;
  archivedAt: Date | null;
};

/** Catalogue entries of the workspace by name, without their examples. */
export function listCatalogueTypes(db: Database, workspaceId: string): Promise<CatalogueType[]> {
  return db.prisma.$queryRaw<CatalogueType[]>`
    SELECT id, name, description, pack, example IS NOT NULL AS "hasExample", archived_at AS "archivedAt"
    FROM event_type WHERE workspace_id = ${workspaceId} ORDER BY name LIMIT ${MAX_LISTED}`;
}

/** An entry by its id or its name; null when there is none in the workspace. */
export function findEventType(client: Client, workspaceId: string, ref: string) {
  return client.eventType.findFirst({
    where: { workspaceId, OR: [{ id: ref }, { name: ref }] },
    select: WITH_EXAMPLE,
  });
}

export type EventTypeRow = NonNullable<Awaited<ReturnType<typeof findEventType>>>;

/** The entries with these names. */
export function listEventTypesNamed(client: Client, workspaceId: string, names: readonly string[]) {
  return client.eventType.findMany({
    where: { workspaceId, name: { in: [...names] } },
    select: WITH_EXAMPLE,
  });
}

export type ObservedType = { name: string; lastSeenAt: Date };

/** Types among the environment's latest events (tests left out) with the moment each was last seen. */
export function listObservedTypes(db: Database, environmentId: string): Promise<ObservedType[]> {
  return db.prisma.$queryRaw<ObservedType[]>`
    SELECT type AS name, max(created_at) AS "lastSeenAt"
    FROM (
      SELECT type, created_at, is_test FROM event WHERE environment_id = ${environmentId}
      ORDER BY created_at DESC, id DESC LIMIT ${RECENT_EVENTS}
    ) recent
    WHERE NOT is_test
    GROUP BY type`;
}

/** What each endpoint of the environment subscribes to; callbacks left out. */
export async function listSubscriptions(db: Database, environmentId: string): Promise<string[][]> {
  const rows = await db.prisma.endpoint.findMany({
    where: { environmentId, deletedAt: null, kind: { not: "callback" } },
    select: { eventTypes: true },
  });
  return rows.map((row) => row.eventTypes);
}

export type NewEventType = {
  id: string;
  workspaceId: string;
  name: string;
  description?: string;
  example?: string | null;
  exampleSubject?: string | null;
  exampleAttributes?: Readonly<Record<string, string>> | null;
  pack?: string | null;
};

const attributesOf = (value: NewEventType["exampleAttributes"]) =>
  value === undefined ? {} : { exampleAttributes: value === null ? Prisma.DbNull : { ...value } };

/** Adds entries whose names are not in the catalogue yet; gives how many. */
export async function insertEventTypes(client: Client, rows: readonly NewEventType[]): Promise<number> {
  const { count } = await client.eventType.createMany({
    data: rows.map(({ exampleAttributes, ...row }) => ({ ...row, ...attributesOf(exampleAttributes) })),
    skipDuplicates: true,
  });
  return count;
}

export type EventTypeChange = Omit<Partial<NewEventType>, "id" | "workspaceId" | "name"> & {
  archivedAt?: Date | null;
};

/** Changes the named columns of an entry. */
export async function updateEventType(
  tx: Tx,
  id: string,
  { exampleAttributes, ...change }: EventTypeChange,
): Promise<void> {
  await tx.eventType.update({
    where: { id },
    data: { ...change, ...attributesOf(exampleAttributes) },
    select: { id: true },
  });
}

/** Takes entries out of the catalogue by their names. */
export async function deleteEventTypes(tx: Tx, workspaceId: string, names: readonly string[]): Promise<void> {
  if (names.length > 0) await tx.eventType.deleteMany({ where: { workspaceId, name: { in: [...names] } } });
}

/** Holds an entry until the transaction ends, so that two changes of it follow each other. */
export async function lockEventType(tx: Tx, workspaceId: string, ref: string): Promise<EventTypeRow | null> {
  await tx.$queryRaw`
    SELECT id FROM event_type WHERE workspace_id = ${workspaceId} AND (id = ${ref} OR name = ${ref}) FOR NO KEY UPDATE`;
  return findEventType(tx, workspaceId, ref);
}
