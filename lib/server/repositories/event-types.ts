// Owns where names of event types are known from: the workspace's catalogue, recent events, subscriptions.
import type { Database } from "./database";

/** The latest events that are looked at: enough for a picker, and the same cost however many there are. */
const RECENT_EVENTS = 5_000;

/** Catalogue entries of the workspace. */
export function listCatalogueTypes(db: Database, workspaceId: string) {
  return db.prisma.eventType.findMany({
    where: { workspaceId },
    select: { name: true, description: true },
    orderBy: { name: "asc" },
    take: 1_000,
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

/** Every pattern that an endpoint of the environment subscribes to. */
export async function listSubscribedPatterns(db: Database, environmentId: string): Promise<string[]> {
  const rows = await db.prisma.$queryRaw<{ pattern: string }[]>`
    SELECT DISTINCT unnest(event_types) AS pattern FROM endpoint
    WHERE environment_id = ${environmentId} AND deleted_at IS NULL`;
  return rows.map((row) => row.pattern);
}

/** Adds names to the catalogue that are not in it yet. */
export async function insertEventTypes(
  client: Database["prisma"],
  rows: readonly { id: string; workspaceId: string; name: string }[],
): Promise<void> {
  await client.eventType.createMany({ data: [...rows], skipDuplicates: true });
}
