// Plays the demo's last 24 hours in order of time: events occur, the receivers of ./behaviours answer, and the domain's
// own rule decides what each attempt means. So states, attempts and schedules agree by construction. Stores nothing.
import { judgeAttempt } from "@/lib/domain/delivery/classify";
import { matchesEventType, matchesTenant } from "@/lib/domain/endpoint/event-type-match";
import { makeId } from "@/lib/domain/ids";
import { makeEvent } from "./events";
import { DAY_MS, HOUR_MS } from "./past";
import {
  attemptRow,
  bodyOf,
  type DeliveryRow,
  eventRow,
  isoTime,
  type PastEndpoint,
  type PastEvent,
  type PastRows,
} from "./past-rows";
import { between, bytes, type Random } from "./random";

/** The live traffic takes over from here. */
const QUIET_MS = 20_000;
/** As for real retries: how long the sweep leaves a due delivery to the engine. */
const GRACE_MS = 15_000;
const REPLAYED_SHARE = 0.12;

export interface PastInput {
  readonly environmentId: string;
  readonly nowMs: number;
  readonly random: Random;
  readonly eventCount: number;
  readonly endpoints: readonly PastEndpoint[];
}

interface Job {
  readonly atMs: number;
  readonly event: PastEvent;
  readonly endpoint: PastEndpoint;
  readonly row: DeliveryRow;
}

/** A moment of the last 24 hours; the shop is busy from seven to ten and quiet at night (UTC). */
function pickMoment({ nowMs, random }: PastInput): number {
  for (;;) {
    const atMs = nowMs - QUIET_MS - Math.floor(random() * (DAY_MS - 2 * QUIET_MS));
    const hour = (atMs % DAY_MS) / HOUR_MS;
    const busy = 0.3 + 0.7 * Math.max(0, Math.sin(((hour - 6) / 16) * Math.PI));
    if (random() < busy) return atMs;
  }
}

function makeEvents(input: PastInput): PastEvent[] {
  const moments = Array.from({ length: input.eventCount }, () => pickMoment(input)).sort((a, b) => a - b);
  return moments.map((atMs) => {
    const event = makeEvent(input.random);
    const id = makeId("event", atMs, bytes(input.random, 10));
    return { id, atMs, event, data: Buffer.from(JSON.stringify(event.data)) };
  });
}

function newDelivery(
  { environmentId, random }: PastInput,
  event: PastEvent,
  endpoint: PastEndpoint,
  atMs: number,
  replayOf: string | null,
): DeliveryRow {
  return {
    id: makeId("delivery", atMs, bytes(random, 10)),
    environment_id: environmentId,
    event_id: event.id,
    endpoint_id: endpoint.id,
    event_type: event.event.type,
    trigger: replayOf === null ? "event" : "replay",
    replay_of: replayOf,
    state: "pending",
    state_reason: null,
    attempt_count: 0,
    step: 0,
    next_attempt_at: isoTime(atMs),
    claimable_at: isoTime(atMs),
    lease_until: null,
    lease_token: 0,
    last_status: null,
    last_error_class: null,
    last_duration_ms: null,
    created_at: isoTime(atMs),
    updated_at: isoTime(atMs),
    completed_at: null,
  };
}

function hold(row: DeliveryRow, atMs: number): void {
  Object.assign(row, { state: "held", state_reason: "endpoint_paused", updated_at: isoTime(atMs) });
  Object.assign(row, { next_attempt_at: null, claimable_at: null });
}

/** Carries out one attempt. Gives the moment of the next one, or null when the delivery has ended. */
function attempt({ atMs, event, endpoint, row }: Job, rows: PastRows, random: Random): number | null {
  const answer = endpoint.behaviour?.({ eventId: event.id, body: bodyOf(event), atMs }) ?? null;
  const asked = answer?.headers.find(([name]) => name === "retry-after")?.[1];
  const retryAfterMs = asked === undefined ? null : Number(asked) * 1000;
  const verdict = judgeAttempt({
    result: answer === null ? { errorClass: "connection_refused" } : { status: answer.status },
    trigger: row.trigger,
    policy: endpoint.retryPolicy,
    step: row.step + 1,
    random: random(),
    retryAfterMs,
  });
  const { errorClass } = verdict;
  const made = { deliveryId: row.id, number: row.step + 1, atMs, answer, errorClass, retryAfterMs };
  const recorded = attemptRow(made, event, endpoint, random);
  rows.attempts.push(recorded);
  const endMs = atMs + Math.ceil(recorded.duration_ms);
  const nextMs = verdict.delayMs === null ? null : endMs + verdict.delayMs;
  row.step += 1;
  row.attempt_count = row.step;
  row.lease_token = row.step;
  row.state = verdict.state;
  row.state_reason = verdict.reason;
  row.last_status = answer?.status ?? null;
  row.last_error_class = errorClass;
  row.last_duration_ms = recorded.duration_ms;
  row.updated_at = isoTime(endMs);
  row.completed_at = nextMs === null ? isoTime(endMs) : null;
  row.next_attempt_at = nextMs === null ? null : isoTime(nextMs);
  row.claimable_at = nextMs === null ? null : isoTime(nextMs + GRACE_MS);
  return nextMs;
}

/** The rows of the last 24 hours. Attempts that are still to come are left to the running instance. */
export function simulatePast(input: PastInput): PastRows {
  const { environmentId, nowMs, random, endpoints } = input;
  const rows: PastRows = { events: [], deliveries: [], attempts: [] };
  const agenda: Job[] = [];
  const plan = (job: Job) => {
    agenda.push(job);
    agenda.sort((a, b) => b.atMs - a.atMs);
  };
  for (const event of makeEvents(input)) {
    const { type, tenant = null } = event.event;
    const wanted = endpoints.filter(
      (endpoint) =>
        endpoint.createdAtMs < event.atMs &&
        matchesEventType(endpoint.eventTypes, type) &&
        matchesTenant(endpoint.tenant, tenant),
    );
    rows.events.push(eventRow(environmentId, event, wanted.length));
    for (const endpoint of wanted) {
      const row = newDelivery(input, event, endpoint, event.atMs, null);
      rows.deliveries.push(row);
      plan({ atMs: event.atMs + between(random, 2, 12), event, endpoint, row });
    }
  }
  for (let job = agenda.pop(); job !== undefined; job = agenda.pop()) {
    const { atMs, event, endpoint, row } = job;
    if (atMs > nowMs - QUIET_MS / 2) {
      // Due soon: by then the rows have been written.
      const dueMs = Math.max(atMs, nowMs + QUIET_MS / 2);
      Object.assign(row, { next_attempt_at: isoTime(dueMs), claimable_at: isoTime(dueMs + GRACE_MS) });
      continue;
    }
    if (endpoint.heldSinceMs !== null && atMs >= endpoint.heldSinceMs) {
      hold(row, atMs);
      continue;
    }
    const nextMs = attempt(job, rows, random);
    if (nextMs !== null) plan({ ...job, atMs: nextMs });
    else if (row.state === "failed" && row.trigger === "event" && random() < REPLAYED_SHARE) {
      const replayMs = atMs + between(random, 10, 90) * 60_000;
      if (replayMs > nowMs - HOUR_MS / 4) continue;
      const replay = newDelivery(input, event, endpoint, replayMs, row.id);
      rows.deliveries.push(replay);
      plan({ atMs: replayMs + 3, event, endpoint, row: replay });
    }
  }
  return rows;
}
