// Owns why an event does not go to an endpoint, in the order in which routing asks: end, type, tenant, subject, filter.
import type { FilterReason, FilterVerdict } from "../filter/compile";
import { matchesEventType, matchesTenant } from "./event-type-match";
import type { CallbackEnding } from "./kinds";

export const MISMATCH_CODES = [
  "callback_ended",
  "event_type",
  "tenant",
  "subject",
  "filter_false",
  "filter_missing_member",
  "filter_type_mismatch",
  "filter_not_boolean",
  "filter_unknown",
] as const;
export type MismatchCode = (typeof MISMATCH_CODES)[number];

/** `detail` is a sentence for people. */
export type Mismatch = { code: MismatchCode; detail: string };

export type ExplainedEndpoint = {
  tenant: string | null;
  eventTypes: readonly string[];
  subjects: readonly string[];
  hasFilter: boolean;
  /** What ended it, of a callback that has ended. */
  end: CallbackEnding | null;
};

export type ExplainedEvent = { type: string; tenant: string | null; subject: string | null };

/** What the filter says of the event; a sentence when that cannot be told (payload cleared, filter unreadable). */
export type FilterAnswer = FilterVerdict | { unknown: string };

const FILTER_CODES: Record<Exclude<FilterReason, "too_costly">, MismatchCode> = {
  false: "filter_false",
  missing_member: "filter_missing_member",
  type_mismatch: "filter_type_mismatch",
  not_boolean: "filter_not_boolean",
};

const quoted = (value: string) => `“${value}”`;

function tenantDetail(endpointTenant: string | null, eventTenant: string | null): string {
  const whose = `It belongs to tenant ${quoted(endpointTenant ?? "")}`;
  return eventTenant === null
    ? `${whose}; the event has no tenant, so it reaches your own endpoints only.`
    : `${whose}; the event is tenant ${quoted(eventTenant)}'s.`;
}

function subjectDetail({ subjects }: ExplainedEndpoint, subject: string | null): string {
  const wanted = subjects.length === 1 ? quoted(subjects[0] ?? "") : `one of ${subjects.length} subjects`;
  const had = subject === null ? "the event has no subject" : `the event is about ${quoted(subject)}`;
  return `It takes only events about ${wanted}; ${had}.`;
}

function endDetail({ by, atMs, eventId }: CallbackEnding): string {
  const at = new Date(atMs).toISOString();
  if (by === "expiry") return `Its callback expired at ${at}.`;
  return eventId === null
    ? `Its callback was unsubscribed at ${at}.`
    : `Its callback ended at ${at}, with the event ${eventId} of a final type.`;
}

/** The first reason but its filter; null when the event gets as far as that. */
function mismatchBeforeFilter(endpoint: ExplainedEndpoint, event: ExplainedEvent): Mismatch | null {
  if (endpoint.end !== null) return { code: "callback_ended", detail: endDetail(endpoint.end) };
  if (!matchesEventType(endpoint.eventTypes, event.type)) {
    return { code: "event_type", detail: `It does not subscribe to ${event.type}.` };
  }
  if (!matchesTenant(endpoint.tenant, event.tenant)) {
    return { code: "tenant", detail: tenantDetail(endpoint.tenant, event.tenant) };
  }
  const isAbout = event.subject !== null && endpoint.subjects.includes(event.subject);
  if (endpoint.subjects.length > 0 && !isAbout) {
    return { code: "subject", detail: subjectDetail(endpoint, event.subject) };
  }
  return null;
}

/** True when the event reaches the endpoint's filter: one of those that share the steps of the event. */
export function asksFilter(endpoint: ExplainedEndpoint, event: ExplainedEvent): boolean {
  return endpoint.hasFilter && mismatchBeforeFilter(endpoint, event) === null;
}

/**
 * The first reason why the event does not go to the endpoint with the settings given; null when it does. A filter that is
 * too costly is no reason: such deliveries are made and held. `askFilter` is called last, and only when there is one.
 */
export function explainMismatch(
  endpoint: ExplainedEndpoint,
  event: ExplainedEvent,
  askFilter: () => FilterAnswer,
): Mismatch | null {
  const mismatch = mismatchBeforeFilter(endpoint, event);
  if (mismatch !== null || !endpoint.hasFilter) return mismatch;
  const answer = askFilter();
  if ("unknown" in answer) return { code: "filter_unknown", detail: answer.unknown };
  if (answer.matched || answer.reason === "too_costly") return null;
  return { code: FILTER_CODES[answer.reason], detail: `Its filter does not pass: ${answer.detail}` };
}
