// Owns the rows of alerts: written in the transaction of what they tell, once for each dedupe key.
import type { AlertKind, Severity } from "@/lib/domain/alerts/kinds";
import type { Database, Tx } from "./database";

type Client = Database["prisma"] | Tx;

export type NewAlert = {
  id: string;
  workspaceId: string;
  environmentId: string | null;
  endpointId: string | null;
  kind: AlertKind;
  severity: Severity;
  dedupeKey: string;
  facts: object;
  createdAt: Date;
  /** Set from the start for what has no duration. */
  resolvedAt: Date | null;
};

/** Writes an alert unless its key exists in the workspace; true when it was written. */
export async function insertAlert(tx: Tx, alert: NewAlert): Promise<boolean> {
  const { count } = await tx.alert.createMany({ data: [alert], skipDuplicates: true });
  return count === 1;
}

/** Says that what open alerts of these kinds told about an endpoint is over. */
export async function resolveAlerts(
  tx: Tx,
  endpointId: string,
  kinds: readonly AlertKind[],
  now: Date,
): Promise<void> {
  await tx.alert.updateMany({
    where: { endpointId, kind: { in: [...kinds] }, resolvedAt: null },
    data: { resolvedAt: now },
  });
}

/** The same for open alerts whose key begins so. */
export async function resolveByPrefix(tx: Tx, prefix: string, now: Date): Promise<void> {
  await tx.alert.updateMany({
    where: { dedupeKey: { startsWith: prefix }, resolvedAt: null },
    data: { resolvedAt: now },
  });
}

/** A receiver that has shown a later certificate alone for so long has no other server with the old one. */
const SHOWN_MS = 3_600_000;

/**
 * Ends open alerts that nothing else ends: about endpoints that are deleted, and about certificates that were renewed or
 * taken away. Gives how many.
 */
export function resolveStale(client: Client, now: Date): Promise<number> {
  const shownSince = new Date(now.getTime() - SHOWN_MS);
  return client.$executeRaw`
    UPDATE alert a SET resolved_at = ${now}
    WHERE a.resolved_at IS NULL AND a.endpoint_id IS NOT NULL AND (
      NOT EXISTS (SELECT 1 FROM endpoint e WHERE e.id = a.endpoint_id AND e.deleted_at IS NULL)
      OR a.kind = 'certificate.expiring' AND NOT EXISTS (
        SELECT 1 FROM endpoint_health h
        WHERE h.endpoint_id = a.endpoint_id AND a.facts->>'whose' = 'receiver'
          AND (h.certificate_expires_at <= (a.facts->>'expires_at')::timestamptz OR h.certificate_seen_at > ${shownSince})
        UNION ALL
        SELECT 1 FROM endpoint_client_certificate c
        WHERE c.endpoint_id = a.endpoint_id AND a.facts->>'whose' = 'client'
          AND c.expires_at = (a.facts->>'expires_at')::timestamptz))`;
}

/** Says so by key, in every workspace. Gives the workspaces. */
export async function resolveByKey(tx: Tx, dedupeKey: string, now: Date): Promise<string[]> {
  const open = await tx.alert.findMany({
    where: { dedupeKey, resolvedAt: null },
    select: { workspaceId: true },
  });
  await tx.alert.updateMany({ where: { dedupeKey, resolvedAt: null }, data: { resolvedAt: now } });
  return open.map(({ workspaceId }) => workspaceId);
}

const WITH_PLACE = {
  environment: { select: { kind: true } },
  workspace: { select: { slug: true, name: true } },
} as const;

/** Alerts with where they happened, by id. */
export function findAlerts(client: Client, ids: readonly string[]) {
  return client.alert.findMany({ where: { id: { in: [...ids] } }, include: WITH_PLACE });
}

export type PlacedAlert = Awaited<ReturnType<typeof findAlerts>>[number];

/** Alerts that nobody has been told about yet: what is critical first, then the oldest. */
export async function listUnannounced(client: Client, take: number): Promise<PlacedAlert[]> {
  const found = await client.$queryRaw<{ id: string }[]>`
    SELECT id FROM alert WHERE announced_at IS NULL ORDER BY severity = 'critical' DESC, id LIMIT ${take}`;
  const ids = found.map(({ id }) => id);
  const byId = new Map((await findAlerts(client, ids)).map((alert) => [alert.id, alert]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** It has been decided who is told of these; gives those that nobody else had decided meanwhile. */
export async function markAnnounced(tx: Tx, ids: readonly string[], now: Date): Promise<Set<string>> {
  // Locked in one order, whoever else is deciding.
  const rows = await tx.$queryRaw<{ id: string }[]>`
    UPDATE alert a SET announced_at = ${now}
    FROM (SELECT id FROM alert WHERE id = ANY(${[...ids]}::text[]) AND announced_at IS NULL ORDER BY id FOR UPDATE) due
    WHERE a.id = due.id RETURNING a.id`;
  return new Set(rows.map(({ id }) => id));
}

export type AlertFilter = {
  workspaceId: string;
  /** Alerts of this environment, and of the workspace as a whole. */
  environmentId: string;
  kind?: AlertKind | undefined;
  endpointId?: string | undefined;
  /** Only what is not over. */
  open?: boolean | undefined;
  before?: string | undefined;
  take: number;
};

/** Alerts newest first, with how far telling them has come. */
export function listAlertRows(client: Client, filter: AlertFilter) {
  return client.alert.findMany({
    where: {
      workspaceId: filter.workspaceId,
      OR: [{ environmentId: filter.environmentId }, { environmentId: null }],
      ...(filter.kind && { kind: filter.kind }),
      ...(filter.endpointId && { endpointId: filter.endpointId }),
      ...(filter.open && { resolvedAt: null }),
      ...(filter.before && { id: { lt: filter.before } }),
    },
    include: { notifications: { select: { state: true, foldedInto: true } } },
    orderBy: { id: "desc" },
    take: filter.take,
  });
}

/** Removes alerts from before `before`, with the messages about them. */
export async function deleteOldAlerts(client: Client, before: Date): Promise<void> {
  await client.alert.deleteMany({ where: { createdAt: { lt: before } } });
}

/** Dedupe keys of these that exist. */
export async function findKnownKeys(client: Client, keys: readonly string[]): Promise<Set<string>> {
  const rows = await client.alert.findMany({
    where: { dedupeKey: { in: [...keys] } },
    select: { dedupeKey: true },
  });
  return new Set(rows.map(({ dedupeKey }) => dedupeKey));
}
