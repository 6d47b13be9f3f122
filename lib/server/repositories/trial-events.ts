// Owns the reads of past events for trials of filters: first which ones, then their payloads a few at a time.
import { Prisma } from "../db/generated/client";
import type { Database } from "./database";

type Reader = Database["prisma"];

export type TrialFilter = {
  environmentId: string;
  /** Null: all. Patterns as endpoints subscribe to them. */
  eventTypes: readonly string[] | null;
  /** Empty: whatever they are about. */
  subjects: readonly string[];
  tenant: string | null;
};

function typeCondition(patterns: readonly string[]): Prisma.Sql {
  const names = patterns.filter((pattern) => !pattern.endsWith("*"));
  const groups = patterns.filter((pattern) => pattern.endsWith(".*")).map((pattern) => pattern.slice(0, -1));
  return Prisma.sql`(type = ANY(${names}::text[])
    OR EXISTS (SELECT 1 FROM unnest(${groups}::text[]) AS prefix WHERE starts_with(type, prefix)))`;
}

/**
 * Ids of the newest events that meet the filter, newest first, at most `take`, found among the newest `within` of the
 * environment. Tests and events whose payload is gone are left out.
 */
export async function findTrialEvents(
  db: Reader,
  { environmentId, eventTypes, subjects, tenant }: TrialFilter,
  { take, within }: { take: number; within: number },
): Promise<string[]> {
  const where = [Prisma.sql`NOT is_test AND payload_cleared_at IS NULL`];
  if (eventTypes !== null && !eventTypes.includes("*")) where.push(typeCondition(eventTypes));
  if (subjects.length > 0) where.push(Prisma.sql`subject = ANY(${[...subjects]}::text[])`);
  if (tenant !== null) where.push(Prisma.sql`tenant = ${tenant}`);
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM (
      SELECT id, type, tenant, subject, is_test, payload_cleared_at, created_at FROM event
      WHERE environment_id = ${environmentId} ORDER BY created_at DESC, id DESC LIMIT ${within}
    ) AS newest
    WHERE ${Prisma.join(where, " AND ")} ORDER BY created_at DESC, id DESC LIMIT ${take}`;
  return rows.map(({ id }) => id);
}

/** The events of these ids that still have their payload, in the order of the ids. */
export async function readTrialEvents(db: Reader, environmentId: string, ids: readonly string[]) {
  const rows = await db.event.findMany({
    where: { environmentId, id: { in: [...ids] }, payloadClearedAt: null },
    omit: { requestHash: true },
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
