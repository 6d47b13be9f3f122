// Owns the rows of the Inbox, the built-in test receiver: its address, what arrived, and the secrets to check it with.
import type { Inbox } from "../db/generated/client";
import type { Database, Tx } from "./database";

type Client = Database["prisma"] | Tx;

export type InboxRow = Inbox;

export type InboxMessageRow = {
  id: string;
  receivedAt: Date;
  method: string;
  path: string;
  headers: unknown;
  body: Uint8Array;
  bodySize: number;
  verification: unknown;
  respondedStatus: number;
};

export function findInbox(db: Client, environmentId: string): Promise<Inbox | null> {
  return db.inbox.findFirst({ where: { environmentId }, orderBy: { id: "asc" } });
}

/** What a sender's message needs of an inbox. */
export type InboxAddress = Pick<Inbox, "id" | "environmentId" | "token" | "respondStatus">;

/** The inboxes behind public addresses. The token is the only key a sender has. */
export function findInboxesByToken(db: Client, tokens: readonly string[]): Promise<InboxAddress[]> {
  // One text however many tokens: `in` would make a statement for each number of them.
  return db.$queryRaw<InboxAddress[]>`
    SELECT id, environment_id AS "environmentId", token, respond_status AS "respondStatus"
    FROM inbox WHERE token = ANY(${tokens})`;
}

export function insertInbox(
  db: Client,
  inbox: { id: string; environmentId: string; token: string },
): Promise<Inbox> {
  return db.inbox.create({ data: inbox });
}

export async function setInboxStatus(
  db: Client,
  environmentId: string,
  id: string,
  respondStatus: number,
): Promise<void> {
  await db.inbox.updateMany({ where: { id, environmentId }, data: { respondStatus } });
}

/** Endpoints of the environment that deliver to `url` (a query string may follow), with their live secrets. */
export function listInboxEndpoints(db: Client, environmentId: string, url: string, now: Date) {
  return db.endpoint.findMany({
    where: { environmentId, deletedAt: null, OR: [{ url }, { url: { startsWith: `${url}?` } }] },
    select: {
      id: true,
      headerNames: true,
      auth: { select: { headerName: true } },
      profileVersionId: true,
      secrets: {
        where: { OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
        select: { id: true, ciphertext: true, hint: true },
        orderBy: { id: "desc" },
      },
    },
    orderBy: { id: "asc" },
    take: 50,
  });
}

export type NewInboxMessage = Omit<InboxMessageRow, "headers" | "verification" | "body"> & {
  inboxId: string;
  headers: [string, string][];
  verification: object;
  body: Uint8Array;
};

/** Stores a message and drops the oldest above `keep`. */
export async function insertInboxMessage(db: Client, message: NewInboxMessage, keep: number): Promise<void> {
  await db.inboxMessage.create({
    data: { ...message, body: Uint8Array.from(message.body) },
    select: { id: true },
  });
  await db.$executeRaw`
    DELETE FROM inbox_message WHERE inbox_id = ${message.inboxId} AND id <= (
      SELECT id FROM inbox_message WHERE inbox_id = ${message.inboxId} ORDER BY id DESC OFFSET ${keep} LIMIT 1)`;
}

/** Messages newest first, each with at most `previewBytes` of its body. */
export function listInboxMessageRows(
  db: Client,
  environmentId: string,
  inboxId: string,
  page: { before: string | undefined; take: number; previewBytes: number },
): Promise<InboxMessageRow[]> {
  // Every id is greater than "imsg_", and smaller than the letter after it: one plan for first and later pages.
  const before = page.before ?? "imsg`";
  return db.$queryRaw<InboxMessageRow[]>`
    SELECT m.id, m.received_at AS "receivedAt", m.method, m.path, m.headers,
           substring(m.body FROM 1 FOR ${page.previewBytes}::int) AS body, m.body_size AS "bodySize",
           m.verification, m.responded_status AS "respondedStatus"
    FROM inbox_message m JOIN inbox i ON i.id = m.inbox_id
    WHERE m.inbox_id = ${inboxId} AND i.environment_id = ${environmentId} AND m.id < ${before}
    ORDER BY m.id DESC LIMIT ${page.take}`;
}

/** One whole message of the environment, or null. */
export function findInboxMessage(
  db: Client,
  environmentId: string,
  id: string,
): Promise<InboxMessageRow | null> {
  return db.inboxMessage.findFirst({ where: { id, inbox: { environmentId } } });
}

/** Removes all messages; gives how many there were. */
export async function deleteInboxMessages(
  db: Client,
  environmentId: string,
  inboxId: string,
): Promise<number> {
  const result = await db.inboxMessage.deleteMany({ where: { inboxId, inbox: { environmentId } } });
  return result.count;
}
