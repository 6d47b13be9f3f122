// Owns the question whether anything gets out of here at all. When several receivers that were well begin to fail without an
// answer, and nobody answers any more, that is our own network and none of theirs.
import { isUnanswered } from "./faults";

const MINUTE_MS = 60_000;
/** So many different receivers must fall silent together: two may share a host or a data centre. */
export const MIN_SILENT_RECEIVERS = 3;
/** The success of an endpoint that is well may be a minute older in the database than in truth. */
const UNSEEN_SUCCESS_MS = MINUTE_MS;
/** They began to fail together, and they still do. */
const TOGETHER_MS = 60 * MINUTE_MS;
const STILL_MS = 15 * MINUTE_MS;
/** Only the silence of a receiver that had answered so shortly before it says anything about us: others may be dead. */
export const ANSWERED_BEFORE_MS = 60 * MINUTE_MS;

/** One endpoint that had an attempt lately; times are Unix milliseconds. */
export type EgressFact = {
  /** Scheme, host and port. */
  origin: string;
  failingSinceMs: number | null;
  lastFailureAtMs: number | null;
  lastErrorClass: string | null;
  lastSuccessAtMs: number | null;
};

export type EgressVerdict =
  | { verdict: "works" }
  /** Nothing has been answered since. */
  | { verdict: "down"; sinceMs: number }
  /** Too little was tried to say. */
  | { verdict: "unknown" };

function lastAnswerMs({ lastSuccessAtMs, lastFailureAtMs, lastErrorClass }: EgressFact): number {
  const refused = lastErrorClass !== null && !isUnanswered(lastErrorClass) ? (lastFailureAtMs ?? 0) : 0;
  return Math.max(lastSuccessAtMs ?? 0, refused);
}

/** Those that were well and fell silent together; none when they are too few, or when it may be their own doing. */
function fellSilent(silent: readonly EgressFact[], answeredAtMs: number, nowMs: number): EgressFact[] {
  const together = silent.filter(
    ({ failingSinceMs, lastSuccessAtMs }) =>
      failingSinceMs !== null &&
      failingSinceMs >= nowMs - TOGETHER_MS &&
      lastSuccessAtMs !== null &&
      lastSuccessAtMs >= failingSinceMs - ANSWERED_BEFORE_MS,
  );
  // As long as nobody has asked those again who answered last, they would perhaps still answer.
  const askedAgain = together.some(
    ({ lastSuccessAtMs }) => (lastSuccessAtMs ?? 0) >= answeredAtMs - UNSEEN_SUCCESS_MS,
  );
  const receivers = new Set(together.map(({ origin }) => origin)).size;
  return askedAgain && receivers >= MIN_SILENT_RECEIVERS ? together : [];
}

/**
 * What the endpoints of all workspaces say together. `openSinceMs` is the start of an outage that was found before: it
 * lasts until something is answered, however little is tried meanwhile.
 */
export function judgeEgress(
  facts: readonly EgressFact[],
  openSinceMs: number | null,
  nowMs: number,
): EgressVerdict {
  const answeredAtMs = facts.reduce((latest, fact) => Math.max(latest, lastAnswerMs(fact)), 0);
  if (openSinceMs !== null) {
    return answeredAtMs > openSinceMs ? { verdict: "works" } : { verdict: "down", sinceMs: openSinceMs };
  }
  const silent = facts.filter(
    (fact) =>
      fact.lastErrorClass !== null &&
      isUnanswered(fact.lastErrorClass) &&
      (fact.lastFailureAtMs ?? 0) > answeredAtMs + UNSEEN_SUCCESS_MS &&
      (fact.lastFailureAtMs ?? 0) >= nowMs - STILL_MS,
  );
  // The egress proxy itself could not be used: no receiver was involved.
  const blocked = silent.filter(
    (fact) => fact.lastErrorClass === "proxy_error" && fact.failingSinceMs === null,
  );
  const together = fellSilent(silent, answeredAtMs, nowMs);
  if (together.length > 0 || blocked.length > 0) {
    const begins = [
      ...together.map(({ failingSinceMs }) => failingSinceMs ?? nowMs),
      ...blocked.map(({ lastFailureAtMs }) => lastFailureAtMs ?? nowMs),
    ];
    return { verdict: "down", sinceMs: Math.max(answeredAtMs, Math.min(...begins)) };
  }
  return answeredAtMs > nowMs - STILL_MS ? { verdict: "works" } : { verdict: "unknown" };
}
