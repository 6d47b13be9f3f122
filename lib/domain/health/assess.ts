// Owns the auto-disable rule: how far an endpoint has come on the way to being disabled, and what happens next. The page,
// the API and the evaluation all ask here, so that what people were told is what will be done.
import type { AutoDisableRule } from "../profile/definition-shape";
import { countedMs, isOngoing, type Span } from "./outage";

const HOUR_MS = 3_600_000;
/** Nobody needs to be warned longer ahead than this before an endpoint is disabled. */
const MAX_NOTICE_MS = 24 * HOUR_MS;

/** What is stored about an endpoint; times are Unix milliseconds. */
export type HealthFacts = {
  failingSinceMs: number | null;
  warnedPercent: number;
  /** The `failingSinceMs` that the warnings were about. */
  warnedSinceMs: number | null;
  /** The first of those warnings. */
  warnedAtMs: number | null;
};

export type HealthAssessment = {
  failing: boolean;
  /** How long it has been failing, without our own outages. */
  failingMs: number;
  /** How much of our own outages was left out. */
  leftOutMs: number;
  /** The share of the rule's time that has passed, 0 to 100, whole; null without a rule or while it is well. */
  percent: number | null;
  /** The highest stage of the rule that has been reached; 0 for none. */
  stage: number;
  nextWarning: { percent: number; atMs: number } | null;
  /** When it will be disabled if nothing succeeds; null when it will not be, or nobody can say while we have an outage. */
  disableAtMs: number | null;
  /** The time is over, and the notice too. */
  isDue: boolean;
};

const WELL: HealthAssessment = {
  failing: false,
  failingMs: 0,
  leftOutMs: 0,
  percent: null,
  stage: 0,
  nextWarning: null,
  disableAtMs: null,
  isDue: false,
};

/** Milliseconds that must lie between the first warning and the end: what the last stage leaves, at most a day. */
function noticeMs(rule: AutoDisableRule): number {
  const last = rule.warn_at_percent.at(-1);
  if (last === undefined) return 0;
  return Math.min(MAX_NOTICE_MS, (rule.after_hours * HOUR_MS * (100 - last)) / 100);
}

/** The warnings of the present failing; one that was well meanwhile starts anew. */
export function warnedPercentOf(facts: HealthFacts): number {
  return facts.warnedSinceMs === facts.failingSinceMs ? facts.warnedPercent : 0;
}

/** Where an endpoint stands at `nowMs`. `rule` is null for one that is never disabled by itself. */
export function assessHealth(
  facts: HealthFacts,
  rule: AutoDisableRule | null,
  outages: readonly Span[],
  nowMs: number,
): HealthAssessment {
  const since = facts.failingSinceMs;
  if (since === null) return WELL;
  const failingMs = countedMs(outages, since, nowMs);
  const leftOutMs = Math.max(0, nowMs - since - failingMs);
  const base = { ...WELL, failing: true, failingMs, leftOutMs };
  if (rule === null) return base;

  const wholeMs = rule.after_hours * HOUR_MS;
  const stages = rule.warn_at_percent;
  const warned = warnedPercentOf(facts);
  const firstWarningMs =
    warned > 0 && facts.warnedAtMs !== null
      ? countedMs(outages, since, facts.warnedAtMs)
      : Math.max(failingMs, ((stages[0] ?? 0) * wholeMs) / 100);
  // Nobody is disabled without having been told: after a first warning that comes late, the notice is waited for.
  const endMs = stages.length === 0 ? wholeMs : Math.max(wholeMs, firstWarningMs + noticeMs(rule));
  const stillOpen = isOngoing(outages);
  const at = (counted: number) => nowMs + Math.max(0, counted - failingMs);
  const next = stages.find((percent) => percent > warned && (percent * wholeMs) / 100 > failingMs);
  return {
    ...base,
    percent: Math.min(100, Math.floor((failingMs * 100) / wholeMs)),
    stage: stages.filter((percent) => failingMs * 100 >= percent * wholeMs).at(-1) ?? 0,
    nextWarning: next === undefined || stillOpen ? null : { percent: next, atMs: at((next * wholeMs) / 100) },
    disableAtMs: stillOpen ? null : at(endMs),
    isDue: failingMs >= endMs && (stages.length === 0 || warned > 0),
  };
}
