// Owns the reads behind polling a subject's events: up to which moment nothing can be missing any more, and the events.
//
// An event's `created_at` is taken while its transaction holds the lock `endpoints of <environment>` (shared), which it
// keeps until it has committed. So whoever holds that lock now may still commit events that are as old as its transaction,
// and everybody else's will be younger than this moment. That makes the horizon below: what is older is complete.
import { Prisma } from "../db/generated/client";
import type { Database } from "./database";
import type { EventRow } from "./event-reads";

/** Stored times are rounded to milliseconds. */
const ROUNDING_MS = 5;
/** For a holder whose transaction's age cannot be seen: older than the timeouts of statements let it become. */
const UNSEEN_AGE_SECONDS = 60;

/** Events of the environment that are older than this are all visible to statements that begin after this one. */
export async function readHorizon(db: Database, environmentId: string): Promise<Date> {
  const rows = await db.prisma.$queryRaw<{ horizon: Date }[]>`
    SELECT LEAST(
        now(),
        min(a.xact_start),
        CASE WHEN bool_or(l.pid IS NOT NULL AND a.xact_start IS NULL AND (a.state IS NULL OR a.state = 'disabled'))
          THEN now() - make_interval(secs => ${UNSEEN_AGE_SECONDS}) END
      ) - make_interval(secs => ${ROUNDING_MS / 1000}) AS horizon
    FROM (SELECT hashtextextended('endpoints of ' || ${environmentId}, 0) AS key) k
    LEFT JOIN pg_locks l ON l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND l.classid = ((k.key >> 32) & 4294967295)::oid AND l.objid = (k.key & 4294967295)::oid
    LEFT JOIN pg_stat_activity a ON a.pid = l.pid`;
  const [row] = rows;
  if (row === undefined) throw new Error("the horizon has no row");
  return row.horizon;
}

/** A place between events: after the one with this time and id. */
export type SubjectPosition = { createdAt: Date; id: string };

export type SubjectFilter = { environmentId: string; subject: string; type?: string | undefined };

/** Events about the subject after the position and before the horizon, oldest first; tests are left out. */
export function listSubjectEvents(
  db: Database,
  { environmentId, subject, type }: SubjectFilter,
  { after, horizon, take }: { after: SubjectPosition; horizon: Date; take: number },
): Promise<EventRow[]> {
  const ofType = type === undefined ? Prisma.empty : Prisma.sql`AND type = ${type}`;
  return db.prisma.$queryRaw<EventRow[]>`
    SELECT id, type, tenant, subject, attributes, data_size AS "dataSize", is_test AS "isTest",
      delivery_count AS "deliveryCount", occurred_at AS "occurredAt", created_at AS "createdAt",
      payload_cleared_at AS "payloadClearedAt"
    FROM event
    WHERE environment_id = ${environmentId} AND subject = ${subject} AND NOT is_test ${ofType}
      AND created_at >= ${after.createdAt} AND created_at < ${horizon}
      AND (created_at, id) > (${after.createdAt}, ${after.id})
    ORDER BY created_at, id LIMIT ${take}`;
}

/** Payloads by event id; null where retention has cleared one. */
export async function readPayloads(
  db: Database,
  environmentId: string,
  ids: readonly string[],
): Promise<Map<string, Buffer | null>> {
  const rows = await db.prisma.event.findMany({
    where: { environmentId, id: { in: [...ids] } },
    select: { id: true, data: true },
  });
  return new Map(
    rows.map(({ id, data }) => [
      id,
      data === null ? null : Buffer.from(data.buffer, data.byteOffset, data.byteLength),
    ]),
  );
}
