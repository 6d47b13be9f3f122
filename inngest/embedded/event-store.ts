// Owns how runs come into being: from events (each event id once in 24 hours) and from cron slots (each slot once,
// whichever process sees it first). Touches engine_event, engine_cron and engine_run only.
import type { Pool } from "pg";
import { uuidv7 } from "uuidv7";
import type { EngineFunction } from "@/inngest/embedded/function-config";
import type { IncomingEvent } from "@/inngest/embedded/link";

/** How long an event id is remembered (as in Inngest). */
export const DEDUPE_WINDOW_MS = 24 * 3_600_000;

type StoredEvent = IncomingEvent & { id: string };

const INSERT_EVENTS = `
WITH accepted AS (
  INSERT INTO engine_event (id, name, received_at)
  SELECT id, name, $3::timestamptz FROM unnest($1::text[], $2::text[]) AS incoming(id, name)
  ON CONFLICT (id) DO UPDATE SET name = excluded.name, received_at = excluded.received_at
    WHERE engine_event.received_at <= $4::timestamptz
  RETURNING id
)
INSERT INTO engine_run (id, function_id, event, claimable_at, created_at)
SELECT run.id, run.function_id, run.event::json, $3::timestamptz, $3::timestamptz
FROM unnest($5::uuid[], $6::text[], $7::text[], $8::text[]) AS run(id, function_id, event_id, event)
JOIN accepted ON accepted.id = run.event_id`;

/**
 * Stores events and one open run for each function that listens, in one statement. An event whose id was seen
 * within the last 24 hours starts nothing. Gives the event ids in the order of `events`.
 */
export async function insertEvents(
  pool: Pool,
  functions: readonly EngineFunction[],
  events: readonly IncomingEvent[],
  nowMs: number,
): Promise<{ ids: string[] }> {
  const stored = events.map<StoredEvent>((event) => ({ ...event, id: event.id ?? uuidv7() }));
  // Sorted, so that two processes storing the same ids wait for each other instead of deadlocking.
  const unique = [...new Map(stored.map((event) => [event.id, event])).values()].sort((a, b) =>
    a.id < b.id ? -1 : 1,
  );
  const runs = unique.flatMap((event) =>
    functions
      .filter((fn) => fn.events.has(event.name))
      .map((fn) => ({ id: uuidv7(), functionId: fn.id, eventId: event.id, event: eventJson(event, nowMs) })),
  );
  if (unique.length > 0) {
    await pool.query(INSERT_EVENTS, [
      unique.map((event) => event.id),
      unique.map((event) => event.name),
      new Date(nowMs),
      new Date(nowMs - DEDUPE_WINDOW_MS),
      runs.map((run) => run.id),
      runs.map((run) => run.functionId),
      runs.map((run) => run.eventId),
      runs.map((run) => run.event),
    ]);
  }
  return { ids: stored.map((event) => event.id) };
}

function eventJson(event: StoredEvent, nowMs: number): string {
  return JSON.stringify({
    id: event.id,
    name: event.name,
    data: event.data ?? {},
    ts: event.ts ?? nowMs,
    ...(event.v === undefined ? {} : { v: event.v }),
  });
}

const FIRE_SLOT = `
WITH fired AS (
  INSERT INTO engine_cron (function_id, expression, slot) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING slot
)
INSERT INTO engine_run (id, function_id, event, claimable_at, created_at)
SELECT $4::uuid, $1, $5::json, $6::timestamptz, $6::timestamptz FROM fired`;

/** Starts the run of one cron slot; false when another process (or an earlier call) already did. */
export async function fireCronSlot(
  pool: Pool,
  slot: { functionId: string; expression: string; at: Date },
  nowMs: number,
): Promise<boolean> {
  const event: StoredEvent = {
    id: uuidv7(),
    name: "inngest/scheduled.timer",
    data: { cron: slot.expression },
    ts: slot.at.getTime(),
  };
  const result = await pool.query(FIRE_SLOT, [
    slot.functionId,
    slot.expression,
    slot.at,
    uuidv7(),
    eventJson(event, nowMs),
    new Date(nowMs),
  ]);
  return result.rowCount === 1;
}

/** Deletes what nobody needs any more: finished runs, forgotten event ids, old slots. At most `limit` rows of each. */
export async function prune(pool: Pool, nowMs: number, keepFinishedMs: number, limit = 5_000): Promise<void> {
  const dedupeEnd = new Date(nowMs - DEDUPE_WINDOW_MS);
  await pool.query(
    "DELETE FROM engine_run WHERE id IN (SELECT id FROM engine_run WHERE finished_at <= $1 ORDER BY finished_at LIMIT $2)",
    [new Date(nowMs - keepFinishedMs), limit],
  );
  await pool.query(
    "DELETE FROM engine_event WHERE id IN (SELECT id FROM engine_event WHERE received_at <= $1 ORDER BY received_at LIMIT $2)",
    [dedupeEnd, limit],
  );
  await pool.query("DELETE FROM engine_cron WHERE slot <= $1", [dedupeEnd]);
}
