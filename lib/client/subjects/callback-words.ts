// Owns how a callback reads: whether it takes events, what will end it or has ended it.
import type { EndpointEndDto } from "@/lib/contracts/endpoints";
import { type CallbackStatus, callbackStatus } from "@/lib/domain/endpoint/kinds";

export const CALLBACK_WORDS: Record<CallbackStatus, string> = {
  active: "Active",
  expired: "Expired",
  unsubscribed: "Ended",
};

/** Whether it takes events at that moment. */
export function statusOf(end: EndpointEndDto, nowMs: number): CallbackStatus {
  const ms = (instant: string | null) => (instant === null ? null : Date.parse(instant));
  return callbackStatus(
    { expiresAtMs: ms(end.expires_at), unsubscribedAtMs: ms(end.unsubscribed_at) },
    nowMs,
  );
}

/** Why it takes nothing any more, as a sentence; null while it does. The moment stands elsewhere. */
export function endReason(end: EndpointEndDto, nowMs: number): string | null {
  const status = statusOf(end, nowMs);
  if (status === "active") return null;
  if (status === "expired") return "It has expired.";
  return end.unsubscribed_by_event === null
    ? "Somebody unsubscribed it."
    : "An event of a final type ended it.";
}

/** The address of a subject's page, below the environment's. A query, because a subject may contain anything. */
export function subjectPath(subject: string): string {
  return `/subjects?subject=${encodeURIComponent(subject)}`;
}

/**
 * The request that fetches a subject's events, for a terminal. The key stands in an environment variable; what the subject
 * contains cannot end the quotes.
 */
export function pollRequest(publicUrl: string, subject: string, cursor: string | null): string {
  const query = cursor === null ? "" : `?cursor=${encodeURIComponent(cursor)}`;
  const path = encodeURIComponent(subject).replaceAll("'", "%27");
  return `curl '${publicUrl}/api/v1/subjects/${path}/events${query}' \\\n  -H "Authorization: Bearer $SIGNPOST_KEY"`;
}
