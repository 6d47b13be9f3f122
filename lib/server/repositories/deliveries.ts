// Owns the reads and the guarded state changes of delivery rows for people and API callers. The hot path (ingest,
// claims, outcomes) has its own statements in hot-path.ts. Every statement is scoped to one environment.
import type { DeliveryState, DeliveryTrigger } from "@/lib/domain/delivery/states";
import { ID_PREFIXES, makeId } from "@/lib/domain/ids";
import { Prisma } from "../db/generated/client";
import type { Database, Tx } from "./database";

type Reader = Database["prisma"] | Tx;

export type DeliveryRow = {
  id: string;
  eventId: string;
  eventType: string;
  endpointId: string;
  endpointUrl: string;
  trigger: DeliveryTrigger;
  replayOf: string | null;
  state: DeliveryState;
  stateReason: string | null;
  attemptCount: number;
  step: number;
  nextAttemptAt: Date | null;
  inFlight: boolean;
  lastStatus: number | null;
  lastErrorClass: string | null;
  lastDurationMs: number | null;
  createdAt: Date;
  updatedAt: Date;
  completedAt: Date | null;
};

export type DeliveryFilter = {
  environmentId: string;
  states?: readonly DeliveryState[] | undefined;
  endpointId?: string | undefined;
  eventId?: string | undefined;
  type?: string | undefined;
  trigger?: DeliveryTrigger | undefined;
  /** Matches the delivery's or the event's id. */
  id?: string | undefined;
  ids?: readonly string[] | undefined;
  /** Inclusive bounds of the last status. */
  status?: { min: number; max: number } | undefined;
  errorClass?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
};

const COLUMNS = Prisma.sql`
  d.id, d.event_id AS "eventId", d.event_type AS "eventType", d.endpoint_id AS "endpointId",
  e.url AS "endpointUrl", d.trigger, d.replay_of AS "replayOf", d.state, d.state_reason AS "stateReason",
  d.attempt_count AS "attemptCount", d.step, d.next_attempt_at AS "nextAttemptAt",
  (d.state = 'pending' AND d.lease_until IS NOT NULL AND d.lease_until > now()) AS "inFlight",
  d.last_status AS "lastStatus", d.last_error_class AS "lastErrorClass", d.last_duration_ms AS "lastDurationMs",
  d.created_at AS "createdAt", d.updated_at AS "updatedAt", d.completed_at AS "completedAt"`;

/** Ids are made on the application's clock, `created_at` on the database's: this much may lie between them. */
const CLOCK_MARGIN_MS = 10 * 60 * 1000;
/** UUIDv7 has 48 bits for milliseconds. */
const MAX_ID_MS = 2 ** 48 - 1;

/** The smallest or largest delivery id of a moment: time filters become ranges of the id index. */
function idBound(ms: number, side: "lowest" | "highest"): string {
  const clamped = Math.min(Math.max(ms, 0), MAX_ID_MS);
  const id = makeId("delivery", clamped, new Uint8Array(10).fill(side === "lowest" ? 0 : 255));
  // makeId stamps version bits, so the bound is cut to the time part: 10 characters hold the 48 bits.
  const time = id.slice(0, ID_PREFIXES.delivery.length + 1 + 10);
  return side === "lowest" ? time : `${time}~`;
}

function conditions(filter: DeliveryFilter): Prisma.Sql[] {
  const where = [Prisma.sql`d.environment_id = ${filter.environmentId}`];
  const { states, status } = filter;
  if (states !== undefined) {
    where.push(Prisma.sql`d.state = ANY (${[...states]}::text[])`);
    // Said as a constant, so that a cached plan may use the partial index on states that are not `succeeded`.
    if (!states.includes("succeeded")) where.push(Prisma.sql`d.state <> 'succeeded'`);
  }
  if (filter.endpointId !== undefined) where.push(Prisma.sql`d.endpoint_id = ${filter.endpointId}`);
  if (filter.eventId !== undefined) where.push(Prisma.sql`d.event_id = ${filter.eventId}`);
  if (filter.type !== undefined) where.push(Prisma.sql`d.event_type = ${filter.type}`);
  if (filter.trigger !== undefined) {
    where.push(Prisma.sql`d.trigger = ${filter.trigger}`);
    if (filter.trigger !== "event") where.push(Prisma.sql`d.trigger <> 'event'`);
  }
  if (filter.id !== undefined) where.push(Prisma.sql`(d.id = ${filter.id} OR d.event_id = ${filter.id})`);
  if (filter.ids !== undefined) where.push(Prisma.sql`d.id = ANY (${[...filter.ids]}::text[])`);
  if (status !== undefined) {
    where.push(Prisma.sql`d.last_status BETWEEN ${status.min}::int AND ${status.max}::int`);
    if (status.min >= 300) where.push(Prisma.sql`d.last_status >= 300`);
  }
  if (filter.errorClass !== undefined) where.push(Prisma.sql`d.last_error_class = ${filter.errorClass}`);
  if (filter.from !== undefined) {
    const bound = idBound(filter.from.getTime() - CLOCK_MARGIN_MS, "lowest");
    where.push(Prisma.sql`d.id >= ${bound} AND d.created_at >= ${filter.from}`);
  }
  if (filter.to !== undefined) {
    const bound = idBound(filter.to.getTime() + CLOCK_MARGIN_MS, "highest");
    where.push(Prisma.sql`d.id <= ${bound} AND d.created_at <= ${filter.to}`);
  }
  return where;
}

/** Deliveries that meet every part of the filter, newest first, older than `beforeId` when given; at most `take`. */
export function listDeliveries(
  db: Reader,
  filter: DeliveryFilter,
  page: { beforeId?: string | undefined; take: number },
): Promise<DeliveryRow[]> {
  const where = conditions(filter);
  if (page.beforeId !== undefined) where.push(Prisma.sql`d.id < ${page.beforeId}`);
  return db.$queryRaw<DeliveryRow[]>`
    SELECT ${COLUMNS}
    FROM (SELECT * FROM delivery d WHERE ${Prisma.join(where, " AND ")} ORDER BY d.id DESC LIMIT ${page.take}) d
    JOIN endpoint e ON e.id = d.endpoint_id
    ORDER BY d.id DESC`;
}

/** One delivery of the environment, or null. */
export async function findDelivery(
  db: Reader,
  environmentId: string,
  id: string,
): Promise<DeliveryRow | null> {
  const rows = await db.$queryRaw<DeliveryRow[]>`
    SELECT ${COLUMNS} FROM delivery d JOIN endpoint e ON e.id = d.endpoint_id
    WHERE d.id = ${id} AND d.environment_id = ${environmentId}`;
  return rows[0] ?? null;
}

/** The event (payload included) and the endpoint of a delivery; null when retention was quicker. */
export async function findDeliveryParents(
  db: Reader,
  environmentId: string,
  eventId: string,
  endpointId: string,
  id: string,
) {
  const [event, endpoint, wire] = await Promise.all([
    db.event.findUnique({
      where: { environmentId_id: { environmentId, id: eventId } },
      select: { type: true, occurredAt: true, tenant: true, subject: true, attributes: true, data: true },
    }),
    db.endpoint.findFirst({
      where: { id: endpointId, environmentId },
      select: {
        state: true,
        stateReason: true,
        description: true,
        deletedAt: true,
        retryPolicy: true,
        environment: { select: { kind: true } },
      },
    }),
    db.delivery.findFirst({
      where: { id, environmentId },
      select: { profileVersionId: true, transformId: true },
    }),
  ]);
  return event === null || endpoint === null || wire === null ? null : { event, endpoint, wire };
}

/** The replays made from a delivery, oldest first, at most 100. */
export function listReplaysOf(db: Reader, environmentId: string, id: string) {
  return db.delivery.findMany({
    where: { environmentId, replayOf: id },
    select: { id: true, state: true, createdAt: true },
    orderBy: { id: "asc" },
    take: 100,
  });
}

/** Makes a waiting delivery due at once; false when it is not waiting (final, held, or an attempt holds its lease). */
export async function makeDueNow(tx: Tx, environmentId: string, id: string): Promise<boolean> {
  const changed = await tx.$executeRaw`
    UPDATE delivery SET next_attempt_at = now(), claimable_at = now(), updated_at = now()
    WHERE id = ${id} AND environment_id = ${environmentId} AND state = 'pending'
      AND (lease_until IS NULL OR lease_until <= now())`;
  return changed === 1;
}

/** Ends a pending or held delivery; false when its state was final already. The lease of an attempt under way is left alone. */
export async function cancelOpenDelivery(
  tx: Tx,
  environmentId: string,
  id: string,
  reason: string,
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    UPDATE delivery SET state = 'cancelled', state_reason = ${reason}, next_attempt_at = NULL, claimable_at = NULL,
      updated_at = now(), completed_at = now()
    WHERE id = ${id} AND environment_id = ${environmentId} AND state IN ('pending', 'held')`;
  return changed === 1;
}
