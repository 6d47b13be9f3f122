// Owns the reads of event rows for people and API callers. Payloads are read one at a time, never in lists.
import { Prisma } from "../db/generated/client";
import type { Database, Tx } from "./database";

type Reader = Database["prisma"] | Tx;

export type EventRow = {
  id: string;
  type: string;
  tenant: string | null;
  subject: string | null;
  attributes: Record<string, string> | null;
  dataSize: number;
  isTest: boolean;
  deliveryCount: number;
  occurredAt: Date;
  createdAt: Date;
  payloadClearedAt: Date | null;
};

export type EventFilter = {
  environmentId: string;
  id?: string | undefined;
  type?: string | undefined;
  subject?: string | undefined;
  tenant?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
};

/** Position in the list: events of one millisecond are ordered by id. */
export type EventPosition = { createdAt: Date; id: string };

const COLUMNS = Prisma.sql`
  id, type, tenant, subject, attributes, data_size AS "dataSize", is_test AS "isTest",
  delivery_count AS "deliveryCount", occurred_at AS "occurredAt", created_at AS "createdAt",
  payload_cleared_at AS "payloadClearedAt"`;

/** Events that meet every part of the filter, newest first, older than `before` when given; at most `take`. */
export function listEvents(
  db: Reader,
  filter: EventFilter,
  page: { before?: EventPosition | undefined; take: number },
): Promise<EventRow[]> {
  const where = [Prisma.sql`environment_id = ${filter.environmentId}`];
  if (filter.id !== undefined) where.push(Prisma.sql`id = ${filter.id}`);
  if (filter.type !== undefined) where.push(Prisma.sql`type = ${filter.type}`);
  if (filter.subject !== undefined) where.push(Prisma.sql`subject = ${filter.subject}`);
  if (filter.tenant !== undefined) where.push(Prisma.sql`tenant = ${filter.tenant}`);
  if (filter.from !== undefined) where.push(Prisma.sql`created_at >= ${filter.from}`);
  if (filter.to !== undefined) where.push(Prisma.sql`created_at <= ${filter.to}`);
  if (page.before !== undefined) {
    where.push(Prisma.sql`(created_at, id) < (${page.before.createdAt}, ${page.before.id})`);
  }
  return db.$queryRaw<EventRow[]>`
    SELECT ${COLUMNS} FROM event WHERE ${Prisma.join(where, " AND ")}
    ORDER BY created_at DESC, id DESC LIMIT ${page.take}`;
}

/** One event of the environment with its payload bytes, or null. */
export function findEvent(db: Reader, environmentId: string, id: string) {
  return db.event.findUnique({
    where: { environmentId_id: { environmentId, id } },
    omit: { requestHash: true },
  });
}
