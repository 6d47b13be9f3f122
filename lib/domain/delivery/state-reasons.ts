// Owns the sentence behind a delivery's state: why it is so and what happens next. Knows no storage and no clock.
import { ATTEMPT_ERROR_CLASSES, type AttemptErrorClass } from "./error-classes";
import { errorHint } from "./error-hints";
import type { DeliveryState } from "./states";

const REASONS: Record<string, string> = {
  schedule_exhausted: "Every planned attempt has failed. Nothing more is sent unless somebody replays it.",
  receiver_gone: "The receiver answered 410 Gone, so the endpoint was disabled and nothing more is sent.",
  payload_expired: "Retention cleared the payload before it could be delivered.",
  body_too_large: "The profile makes too large a body of this event, so nothing was sent.",
  transform_failed: "The field mapping cannot be applied to this event, so nothing was sent.",
  single_attempt: "A replay or test has one attempt, and it failed.",
  endpoint_paused:
    "The endpoint is paused. The delivery waits until somebody enables the endpoint or drops it.",
  endpoint_disabled:
    "The endpoint is disabled. The delivery waits until somebody enables the endpoint or drops it.",
  filter_unreadable:
    "The endpoint's filter cannot be read by this version, so nobody knows whether it wants the event. It waits for somebody to mend the filter and release it.",
  filter_too_costly:
    "The endpoint's filter takes too long for this event, so nobody knows whether it wants it. It waits for somebody to release or drop it.",
  endpoint_deleted: "The endpoint was deleted, so nothing more is sent.",
  dropped: "It was dropped when the endpoint was enabled again.",
  replayed: "It was made anew when the endpoint was enabled again; the new delivery is linked to this one.",
  no_longer_matches:
    "The endpoint no longer wants such events: its tenant or its event types were changed, so nothing was sent.",
};

const isErrorClass = (reason: string): reason is AttemptErrorClass =>
  (ATTEMPT_ERROR_CLASSES as readonly string[]).includes(reason);

/** A sentence for the state, or null when the word says it all. A reason written by a person is given as it is. */
export function explainState(state: DeliveryState, reason: string | null): string | null {
  if (reason === null) return null;
  const known = REASONS[reason];
  if (known !== undefined) return known;
  if (isErrorClass(reason)) return errorHint(reason).title;
  // A machine's word that this version does not know is still better read than hidden.
  const text = /^[a-z_]+$/.test(reason) ? reason.replaceAll("_", " ") : reason;
  const sentence = `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  return state === "cancelled" || !sentence.endsWith(".") ? `${sentence.replace(/\.$/, "")}.` : sentence;
}
