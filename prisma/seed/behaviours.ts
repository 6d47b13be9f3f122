// How each of the demo's receivers answers, as plain functions: the live server (./receivers) and the seeded past
// (./simulate) use the same ones, so that both tell the same story. Knows no socket and no clock.
import { between, pick, type Random } from "./random";

export interface ReceivedDelivery {
  /** `webhook-id`: the same on every attempt. */
  readonly eventId: string;
  readonly body: Buffer;
  /** Unix milliseconds. */
  readonly atMs: number;
}

export interface ReceiverAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  /** How long the receiver thinks before it answers, in milliseconds. */
  readonly delayMs: number;
}

export type Behaviour = (received: ReceivedDelivery) => ReceiverAnswer;

export type ReceiverName =
  | "healthy"
  | "slow"
  | "flaky"
  | "recovering"
  | "rate-limited"
  | "picky"
  | "closing"
  | "moved";

const RATE_WINDOW_MS = 10_000;
const RATE_LIMIT = 5;
const FAILURES_BEFORE_RECOVERY = 3;

const JSON_TYPE: readonly [string, string] = ["content-type", "application/json"];

function json(
  status: number,
  value: unknown,
  delayMs: number,
  more: [string, string][] = [],
): ReceiverAnswer {
  return { status, headers: [JSON_TYPE, ...more], body: JSON.stringify(value), delayMs };
}

function createFlaky(random: Random): Behaviour {
  return () => {
    const delayMs = between(random, 20, 180);
    const luck = random();
    if (luck < 0.15) {
      const error = pick(random, ["deadlock detected, transaction rolled back", "worker ran out of memory"]);
      return json(500, { error, trace: `crm-${between(random, 1000, 9999)}` }, delayMs);
    }
    if (luck < 0.25) {
      const body =
        "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>\n";
      return { status: 502, headers: [["content-type", "text/html"]], body, delayMs };
    }
    return json(200, { ok: true, contact_synced: true }, delayMs);
  };
}

function createRecovering(random: Random): Behaviour {
  const failures = new Map<string, number>();
  return ({ eventId }) => {
    const failed = failures.get(eventId) ?? 0;
    if (failed < FAILURES_BEFORE_RECOVERY) {
      failures.set(eventId, failed + 1);
      return json(500, { error: "mail queue is starting", try: failed + 1 }, between(random, 10, 60));
    }
    failures.delete(eventId);
    return json(202, { queued: true }, between(random, 10, 60));
  };
}

function createRateLimited(random: Random): Behaviour {
  let taken: number[] = [];
  return ({ atMs }) => {
    taken = taken.filter((at) => at > atMs - RATE_WINDOW_MS);
    if (taken.length >= RATE_LIMIT) {
      const limits: [string, string][] = [
        ["retry-after", "8"],
        ["x-ratelimit-limit", String(RATE_LIMIT)],
        ["x-ratelimit-remaining", "0"],
      ];
      return json(
        429,
        { error: "rate_limited", limit: `${RATE_LIMIT} in 10 s` },
        between(random, 2, 9),
        limits,
      );
    }
    taken.push(atMs);
    return json(200, { stored: 1 }, between(random, 5, 40));
  };
}

function hasBatch(body: Buffer): boolean {
  try {
    return typeof JSON.parse(body.toString("utf8"))?.data?.batch === "string";
  } catch {
    return false;
  }
}

function createPicky(random: Random): Behaviour {
  return ({ body }) => {
    const delayMs = between(random, 15, 70);
    if (hasBatch(body)) return json(200, { accepted: true }, delayMs);
    const error = { field: "data.batch", code: "missing", message: "A batch number is required." };
    return json(422, { message: "Validation failed", errors: [error] }, delayMs);
  };
}

/** Answers `visits` times, then never wants to hear from us again. */
function createClosing(random: Random, visits: number): Behaviour {
  let left = visits;
  return () => {
    const delayMs = between(random, 8, 40);
    if (left <= 0)
      return json(410, { error: "The pop-up store has closed. Please remove this hook." }, delayMs);
    left--;
    return json(200, { ok: true }, delayMs);
  };
}

/** Fresh receivers. `closesAfter` is how many deliveries the closing one takes before it answers 410. */
export function createBehaviours(random: Random, closesAfter: number): Record<ReceiverName, Behaviour> {
  return {
    healthy: () =>
      json(200, { received: true, job: `job_${between(random, 1e6, 9e6)}` }, between(random, 4, 60)),
    slow: () => json(200, { booked: true }, between(random, 200, 900)),
    flaky: createFlaky(random),
    recovering: createRecovering(random),
    "rate-limited": createRateLimited(random),
    picky: createPicky(random),
    closing: createClosing(random, closesAfter),
    moved: () => ({
      status: 301,
      headers: [
        ["content-type", "text/plain"],
        ["location", "https://www.harbour-coffee.example/hooks/v2"],
      ],
      body: "Moved permanently\n",
      delayMs: between(random, 3, 15),
    }),
  };
}
