// Owns the commit of a batch: one transaction, all events or none.
import { performance } from "node:perf_hooks";
import type { AcceptedEventDto } from "@/lib/contracts/events";
import { AppError, type FieldError } from "@/lib/domain/errors";
import type { ServiceContext } from "../../context";
import {
  findKnownEvent,
  findKnownKey,
  insertEvents,
  insertKey,
} from "../../repositories/hot-path/ingest-statement";
import { type HotClient, inHotTransaction } from "../../repositories/hot-path/transaction";
import { insertFinalEvents } from "./final-events";
import type { ParsedEvent } from "./parse-event";
import { sameOrRefuse } from "./pipeline";
import type { PreparedEvent } from "./prepared-event";

const BATCH_ROUTE = "POST /api/v1/events/batch";
const MAX_STALE_ROUNDS = 10;
/** Milliseconds for which one batch may keep the process to itself. */
const LONGEST_TURN_MS = 10;

type BatchAnswer = { answer: { data: AcceptedEventDto[] }; replayed: boolean };

/** Thrown to roll back a transaction whose endpoints changed under it. */
class StaleSnapshot extends Error {}

/** Thrown to roll back a batch in which events that should end callbacks turned out to be there already. */
class RepeatedFinals extends Error {
  constructor(readonly eventIds: readonly string[]) {
    super("repeated");
  }
}

/** Makes a whole batch durable, or gives the answer of the earlier request that it repeats. */
export async function commitBatch(
  ctx: ServiceContext,
  environmentId: string,
  batch: { events: ParsedEvent[]; hash: Buffer },
  idempotencyKey: string | null,
): Promise<BatchAnswer> {
  // Ids are chosen once, so that a second round writes the same events.
  const ids = batch.events.map((event) => event.input.id ?? ctx.newId("event"));
  const receivedAtMs = ctx.now();
  const repeated = new Set<string>();
  for (let round = 0; round < MAX_STALE_ROUNDS; round++) {
    const snapshot = await ctx.ingest.snapshotFor(environmentId);
    // In the order of the batch: what an event ends gets none of those after it.
    const ended = new Set<string>();
    const prepared: PreparedEvent[] = [];
    let turnBegan = performance.now();
    for (const [index, event] of batch.events.entries()) {
      // Filters may take long: others get their turn. A change meanwhile is found at the commit.
      if (performance.now() - turnBegan > LONGEST_TURN_MS) {
        await new Promise(setImmediate);
        turnBegan = performance.now();
      }
      const id = ids[index] ?? "";
      const one = ctx.ingest.prepare(snapshot, {
        environmentId,
        id,
        event,
        receivedAtMs,
        idempotencyKey: null,
        ended,
      });
      const ends = repeated.has(id) ? [] : one.ends;
      for (const endpointId of ends) ended.add(endpointId);
      prepared.push({ ...one, ends });
    }
    try {
      const { answer, fresh, isOutdated } = await inHotTransaction(ctx.db, (client) =>
        writeBatch(client, environmentId, batch, prepared, idempotencyKey),
      );
      if (isOutdated) ctx.ingest.snapshots.drop(environmentId, snapshot.version);
      for (const event of fresh) ctx.ingest.handOver(event);
      return { answer, replayed: fresh.length === 0 };
    } catch (error) {
      if (error instanceof RepeatedFinals) for (const id of error.eventIds) repeated.add(id);
      else if (error instanceof StaleSnapshot) ctx.ingest.snapshots.drop(environmentId, snapshot.version);
      else throw error;
    }
  }
  throw new AppError(
    "overloaded",
    "Endpoints are changing too fast to match this batch; try again shortly.",
    {
      retryAfterSeconds: 1,
    },
  );
}

type WrittenBatch = {
  answer: { data: AcceptedEventDto[] };
  fresh: PreparedEvent[];
  /** Endpoints have changed since the matching, in ways that do not concern these events. */
  isOutdated: boolean;
};

async function writeBatch(
  client: HotClient,
  environmentId: string,
  batch: { events: ParsedEvent[]; hash: Buffer },
  prepared: PreparedEvent[],
  idempotencyKey: string | null,
): Promise<WrittenBatch> {
  const data: AcceptedEventDto[] = prepared.map(({ row }) => ({
    id: row.id,
    deliveries: row.deliveries.length,
  }));
  if (idempotencyKey !== null) {
    const key = {
      environmentId,
      route: BATCH_ROUTE,
      key: idempotencyKey,
      requestHash: batch.hash,
      response: { data },
    };
    if (!(await insertKey(client, key))) {
      const known = await findKnownKey(client, environmentId, BATCH_ROUTE, idempotencyKey);
      if (known === null)
        throw new AppError("overloaded", "Please repeat the request.", { retryAfterSeconds: 1 });
      sameOrRefuse("key", known.requestHash, batch.hash);
      return { answer: known.response as { data: AcceptedEventDto[] }, fresh: [], isOutdated: false };
    }
  }
  const results = prepared.some(({ ends }) => ends.length > 0)
    ? await insertFinalEvents(client, prepared)
    : await insertEvents(
        client,
        prepared.map(({ row }) => row),
      );
  if (results.some((result) => !result.fresh)) throw new StaleSnapshot();
  const written = new Set(results.filter((result) => result.written).map((result) => result.id));
  const repeats = prepared.filter(({ row, ends }) => ends.length > 0 && !written.has(row.id));
  if (repeats.length > 0) throw new RepeatedFinals(repeats.map(({ row }) => row.id));
  const conflicts: FieldError[] = [];
  for (const [index, { row }] of prepared.entries()) {
    if (written.has(row.id)) continue;
    const known = await findKnownEvent(client, environmentId, row.id);
    if (known === null || !known.requestHash.equals(row.requestHash)) {
      conflicts.push({ path: `events[${index}].id`, message: "exists with different content" });
    } else {
      data[index] = { id: row.id, deliveries: known.deliveryCount };
    }
  }
  if (conflicts.length > 0) {
    throw new AppError(
      "event_id_conflict",
      "Some event ids exist with different content; nothing was written.",
      {
        errors: conflicts,
      },
    );
  }
  return {
    answer: { data },
    fresh: prepared.filter(({ row }) => written.has(row.id)),
    isOutdated: results.some((result, index) => result.version !== prepared[index]?.row.version),
  };
}
