// Owns the kinds of endpoints, and whether a callback still takes events. Knows no storage.

/**
 * `endpoint`: made by a person or over the API. `subscription`: by webhooks/subscribe. `callback`: of one subject, with an
 * end.
 */
export const ENDPOINT_KINDS = ["endpoint", "subscription", "callback"] as const;
export type EndpointKind = (typeof ENDPOINT_KINDS)[number];

export const CALLBACK_STATUSES = ["active", "expired", "unsubscribed"] as const;
export type CallbackStatus = (typeof CALLBACK_STATUSES)[number];

/** `eventId` is the event of a final type that ended it; null when a person or a call did, or its expiry. */
export type CallbackEnding = { by: "expiry" | "unsubscription"; atMs: number; eventId: string | null };

/** What ended a callback first, and when; null while it takes events. Times are Unix milliseconds. */
export function callbackEnding(
  {
    expiresAtMs,
    unsubscribedAtMs,
    unsubscribedByEvent,
  }: { expiresAtMs: number | null; unsubscribedAtMs: number | null; unsubscribedByEvent: string | null },
  nowMs: number,
): CallbackEnding | null {
  const status = callbackStatus({ expiresAtMs, unsubscribedAtMs }, nowMs);
  if (status === "expired" && expiresAtMs !== null) return { by: "expiry", atMs: expiresAtMs, eventId: null };
  if (status === "active" || unsubscribedAtMs === null) return null;
  return { by: "unsubscription", atMs: unsubscribedAtMs, eventId: unsubscribedByEvent };
}

/** Whether a callback takes events at that moment, and if not, what ended it first. Times are Unix milliseconds. */
export function callbackStatus(
  { expiresAtMs, unsubscribedAtMs }: { expiresAtMs: number | null; unsubscribedAtMs: number | null },
  nowMs: number,
): CallbackStatus {
  const hasExpired = expiresAtMs !== null && nowMs >= expiresAtMs;
  if (unsubscribedAtMs === null) return hasExpired ? "expired" : "active";
  return hasExpired && expiresAtMs <= unsubscribedAtMs ? "expired" : "unsubscribed";
}
