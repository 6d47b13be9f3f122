// Owns the commit of events that end callbacks. The end is written in the transaction of the event: no crash can part them,
// and no event that is accepted later goes to a callback that has ended.
import type { Database } from "../../repositories/database";
import { type CallbackEnd, endCallbacks, lockRouting } from "../../repositories/hot-path/end-callbacks";
import { insertEvents, type WrittenEvent } from "../../repositories/hot-path/ingest-statement";
import { type HotClient, inHotTransaction } from "../../repositories/hot-path/transaction";
import { createGroupCommit, type GroupCommit } from "../group-commit";
import type { PreparedEvent } from "./prepared-event";

/** Each group takes the lock of changes and makes every process read what changed: some ten groups a second are enough. */
const LINGER_MS = 25;
const MAX_GROUP = 100;
const MAX_QUEUED = 4_000;

/** What a prepared event ends. */
function endsOf({ row, ends, receivedAtMs }: PreparedEvent): CallbackEnd[] {
  return ends.map((endpointId) => ({
    environmentId: row.environmentId,
    endpointId,
    eventId: row.id,
    atMs: receivedAtMs,
  }));
}

/**
 * Writes events in the caller's transaction and ends what those that were written end. The lock of changes comes first, so
 * that nothing is matched with the old routing afterwards.
 */
export async function insertFinalEvents(
  client: HotClient,
  prepared: readonly PreparedEvent[],
): Promise<WrittenEvent[]> {
  await lockRouting(client, [...new Set(prepared.map(({ row }) => row.environmentId))]);
  const results = await insertEvents(
    client,
    prepared.map(({ row }) => row),
  );
  await endCallbacks(client, prepared.filter((_, index) => results[index]?.written === true).flatMap(endsOf));
  return results;
}

async function writeGroup(db: Database, group: readonly PreparedEvent[]): Promise<WrittenEvent[]> {
  // Of two events that end the same callback the second one comes too late: it is matched again, without the callback.
  const ended = new Set<string>();
  const first = group.filter(({ ends }) => {
    if (ends.some((id) => ended.has(id))) return false;
    for (const id of ends) ended.add(id);
    return true;
  });
  const results = await inHotTransaction(db, (client) => insertFinalEvents(client, first));
  const byEvent = new Map(first.map((prepared, index) => [prepared, results[index]]));
  return group.map((prepared) => {
    const { environmentId, id } = prepared.row;
    return (
      byEvent.get(prepared) ?? {
        environmentId,
        id,
        fresh: false,
        version: null,
        keyed: false,
        written: false,
      }
    );
  });
}

/** Group commit of events that end callbacks; each item's result is that of the insert statement. */
export function createFinalCommitter(db: Database): GroupCommit<PreparedEvent, WrittenEvent> {
  return createGroupCommit({
    write: (group) => writeGroup(db, group),
    maxItems: MAX_GROUP,
    lingerMs: LINGER_MS,
    maxInFlight: 1,
    maxQueued: MAX_QUEUED,
  });
}
