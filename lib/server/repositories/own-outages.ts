// Owns the rows of our own outages: when no process ran, and when nothing got out.
import type { Span } from "@/lib/domain/health/outage";
import type { Database, Tx } from "./database";

type Client = Database["prisma"] | Tx;

export type OutageKind = "stopped" | "egress";

/** Outages that had not ended at `since`, as Unix milliseconds. */
export async function listOutages(client: Client, since: Date): Promise<Span[]> {
  const rows = await client.ownOutage.findMany({
    where: { OR: [{ endedAt: null }, { endedAt: { gt: since } }] },
    orderBy: { startedAt: "asc" },
  });
  return rows.map(({ startedAt, endedAt }) => ({
    startMs: startedAt.getTime(),
    endMs: endedAt?.getTime() ?? null,
  }));
}

/** Only one process at a time decides about outages; the lock ends with the transaction. */
export async function lockOutages(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('own outages', 0))`;
}

/** The outage of this kind that has not ended. */
export function findOpenOutage(client: Client, kind: OutageKind) {
  return client.ownOutage.findFirst({ where: { kind, endedAt: null } });
}

/** Writes an outage; without an end it is going on. */
export async function insertOutage(
  tx: Tx,
  outage: { kind: OutageKind; startedAt: Date; endedAt: Date | null },
): Promise<number> {
  return (await tx.ownOutage.create({ data: outage })).id;
}

export async function endOutage(tx: Tx, id: number, endedAt: Date): Promise<void> {
  await tx.ownOutage.updateMany({ where: { id, endedAt: null }, data: { endedAt } });
}

/** Removes outages that ended before any clock that could still be running began. */
export async function deleteOldOutages(tx: Tx, before: Date): Promise<void> {
  await tx.ownOutage.deleteMany({ where: { endedAt: { lt: before } } });
}
