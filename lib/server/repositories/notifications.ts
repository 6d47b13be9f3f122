// Owns the outbox: one row for each message to one destination, from waiting to its end. Every change says which state it
// expects, so that a repeat changes nothing.
import type { ChannelVia } from "@/lib/domain/alerts/kinds";
import type { Notification } from "../db/generated/client";
import type { Database, Tx } from "./database";

type Client = Database["prisma"] | Tx;

export type NotificationRow = Notification;

export type NewNotification = {
  id: string;
  workspaceId: string;
  alertId: string | null;
  channelId: string | null;
  userId: string | null;
  via: ChannelVia;
  kind: string;
  destination: string;
  recipient: string;
  state: "waiting" | "ready";
  createdAt: Date;
};

/** Adds messages; one that exists for the same alert and destination stays as it is. */
export async function insertNotifications(tx: Tx, rows: readonly NewNotification[]): Promise<void> {
  await tx.notification.createMany({ data: [...rows], skipDuplicates: true });
}

export type WaitingFilter = {
  now: Date;
  /** Milliseconds between two messages of each kind to one reader; kinds that are missing have no window. */
  windows: readonly { kind: string; ms: number }[];
  /** Left out: these could not be composed a moment ago. */
  except: readonly string[];
  take: number;
};

/** Waiting messages whose window is open: what is critical first, then the oldest. */
export async function listWaiting(client: Client, filter: WaitingFilter): Promise<NotificationRow[]> {
  const { now, windows, except, take } = filter;
  const found = await client.$queryRaw<{ id: string }[]>`
    SELECT n.id FROM notification n
    LEFT JOIN alert a ON a.id = n.alert_id
    LEFT JOIN unnest(${windows.map(({ kind }) => kind)}::text[], ${windows.map(({ ms }) => ms)}::float8[]) AS w(kind, ms)
      ON w.kind = n.kind
    WHERE n.state = 'waiting' AND n.id <> ALL(${[...except]}::text[])
      -- Programs are no readers: a webhook gets each alert by itself.
      AND (n.via = 'webhook' OR w.kind IS NULL OR NOT EXISTS (
        SELECT 1 FROM notification c WHERE c.destination = n.destination AND c.kind = n.kind
          AND c.composed_at > ${now}::timestamptz - w.ms * interval '1 millisecond'))
    ORDER BY a.severity = 'critical' DESC NULLS LAST, n.id LIMIT ${take}`;
  const ids = found.map(({ id }) => id);
  const rows = await client.notification.findMany({ where: { id: { in: ids } } });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** When each of these readers was last written to about each kind, since `since`. */
export async function lastComposed(
  client: Client,
  destinations: readonly string[],
  since: Date,
): Promise<{ destination: string; kind: string; at: Date }[]> {
  const groups = await client.notification.groupBy({
    by: ["destination", "kind"],
    where: { destination: { in: [...destinations] }, composedAt: { gte: since } },
    _max: { composedAt: true },
  });
  return groups.flatMap(({ destination, kind, _max }) =>
    _max.composedAt === null ? [] : [{ destination, kind, at: _max.composedAt }],
  );
}

export type Composed = {
  state: "ready" | "kept";
  recipient: string;
  subject: string;
  bodyText: string | null;
  bodyHtml: string | null;
  payload: string | null;
};

/** Makes a waiting row the message for all of `ids`; false when it was composed meanwhile. */
export async function markComposed(
  tx: Tx,
  leadId: string,
  ids: readonly string[],
  composed: Composed,
  now: Date,
): Promise<boolean> {
  const { count } = await tx.notification.updateMany({
    where: { id: leadId, state: "waiting" },
    data: {
      ...composed,
      composedAt: now,
      nextAttemptAt: composed.state === "ready" ? now : null,
      finishedAt: composed.state === "kept" ? now : null,
    },
  });
  if (count === 0) return false;
  await tx.notification.updateMany({
    where: { id: { in: ids.filter((id) => id !== leadId) }, state: "waiting" },
    data: { state: "folded", foldedInto: leadId, finishedAt: now },
  });
  return true;
}

/** Gives up messages that nobody is to get any more: these, or a channel's but for those to some destinations. */
export async function cancelNotifications(
  tx: Tx,
  where: { ids: readonly string[] } | { channelId: string; butTo?: readonly string[] },
  now: Date,
): Promise<void> {
  await tx.notification.updateMany({
    where: {
      ...("ids" in where
        ? { id: { in: [...where.ids] } }
        : { channelId: where.channelId, destination: { notIn: [...(where.butTo ?? [])] } }),
      state: { in: ["waiting", "ready"] },
    },
    data: { state: "cancelled", finishedAt: now, nextAttemptAt: null },
  });
}

/** Takes composed messages that are due, what is critical first; until `leaseEnd` nobody else does, and then again if no outcome was noted. */
export function claimReady(
  client: Client,
  now: Date,
  leaseEnd: Date,
  take: number,
): Promise<NotificationRow[]> {
  return client.$queryRaw<{ id: string }[]>`
    UPDATE notification SET attempts = attempts + 1, next_attempt_at = ${leaseEnd}
    WHERE id IN (SELECT n.id FROM notification n LEFT JOIN alert a ON a.id = n.alert_id
                 WHERE n.state = 'ready' AND n.next_attempt_at <= ${now}
                 ORDER BY a.severity = 'critical' DESC NULLS LAST, n.next_attempt_at LIMIT ${take}
                 FOR UPDATE OF n SKIP LOCKED)
    RETURNING id`.then((rows) =>
    client.notification.findMany({ where: { id: { in: rows.map(({ id }) => id) } }, orderBy: { id: "asc" } }),
  );
}

/** Leases messages to whoever has just written them: the engine takes them only if that one comes to grief. */
export async function leaseToWriter(tx: Tx, ids: readonly string[], leaseEnd: Date): Promise<void> {
  await tx.notification.updateMany({
    where: { id: { in: [...ids] }, state: "ready" },
    data: { nextAttemptAt: leaseEnd, attempts: 1 },
  });
}

/** The states of these messages, by id. */
export async function statesOf(client: Client, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await client.notification.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, state: true },
  });
  return new Map(rows.map(({ id, state }) => [id, state]));
}

export function findNotification(client: Client, id: string): Promise<NotificationRow | null> {
  return client.notification.findUnique({ where: { id } });
}

export type Outcome =
  | { state: "sent" }
  | { state: "kept" }
  | { state: "cancelled" }
  | { state: "failed"; error: string }
  | { state: "ready"; error: string; nextAttemptAt: Date };

/** Notes that a composed message goes to another address than it was written for. */
export async function changeRecipient(client: Client, id: string, recipient: string): Promise<void> {
  await client.notification.updateMany({ where: { id, state: "ready" }, data: { recipient } });
}

/** Notes what became of an attempt. */
export async function markOutcome(client: Client, id: string, outcome: Outcome, now: Date): Promise<void> {
  const again = outcome.state === "ready";
  await client.notification.updateMany({
    where: { id, state: "ready" },
    data: {
      state: outcome.state,
      lastError: "error" in outcome ? outcome.error : null,
      nextAttemptAt: again ? outcome.nextAttemptAt : null,
      finishedAt: again ? null : now,
    },
  });
}

const MAILS = { via: "email", state: { notIn: ["waiting", "folded"] } };

export type MailFilter = {
  workspaceId: string;
  state?: string | undefined;
  before?: string | undefined;
  take: number;
};

/** Mails that have been written, newest first, without their bodies. */
export function listMailRows(client: Client, filter: MailFilter) {
  return client.notification.findMany({
    where: {
      workspaceId: filter.workspaceId,
      ...MAILS,
      ...(filter.state && { state: filter.state }),
      ...(filter.before && { id: { lt: filter.before } }),
    },
    omit: { bodyText: true, bodyHtml: true, payload: true },
    orderBy: { id: "desc" },
    take: filter.take,
  });
}

export function findMail(client: Client, workspaceId: string, id: string): Promise<NotificationRow | null> {
  return client.notification.findFirst({ where: { id, workspaceId, ...MAILS } });
}

/** Lets a mail that was kept or has failed go out again; false when it is neither. */
export async function sendAgain(
  client: Client,
  workspaceId: string,
  id: string,
  now: Date,
): Promise<boolean> {
  const { count } = await client.notification.updateMany({
    where: { id, workspaceId, via: "email", state: { in: ["kept", "failed"] } },
    data: { state: "ready", attempts: 0, nextAttemptAt: now, finishedAt: null, lastError: null },
  });
  return count === 1;
}

/** The newest message of each channel that has been tried, kept or given up. */
export async function lastOfChannels(
  client: Client,
  channelIds: readonly string[],
): Promise<Map<string, NotificationRow>> {
  const rows = await client.notification.findMany({
    where: {
      channelId: { in: [...channelIds] },
      state: { in: ["sent", "failed", "kept", "ready"] },
    },
    distinct: ["channelId"],
    orderBy: [{ channelId: "asc" }, { id: "desc" }],
  });
  return new Map(rows.flatMap((row) => (row.channelId === null ? [] : [[row.channelId, row]])));
}

/** Removes messages from before `before`; those of alerts go with their alerts. */
export async function deleteOldNotifications(client: Client, before: Date): Promise<void> {
  await client.notification.deleteMany({ where: { createdAt: { lt: before } } });
}
