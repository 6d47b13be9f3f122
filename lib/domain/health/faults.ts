// Owns whose fault a failed attempt is: the receiver's, ours, or possibly the network's on our side.
import type { AttemptErrorClass } from "../delivery/error-classes";

/** Failures that say nothing about the receiver: they never count against an endpoint. */
const OWN_FAULTS: ReadonlySet<string> = new Set<AttemptErrorClass>([
  "interrupted",
  "secret_unreadable",
  "payload_expired",
  "target_not_allowed",
  "transform_failed",
  "internal_error",
]);

/** Failures without any HTTP answer: one of them may be the receiver's, all of them at once are our own network. */
const UNANSWERED: ReadonlySet<string> = new Set<AttemptErrorClass>([
  "dns_error",
  "connection_refused",
  "connect_timeout",
  "connection_reset",
  "connection_closed",
  "network_error",
  "tls_error",
  "timeout",
]);

/** True when the failure was caused by Signpost or its configuration. */
export function isOwnFault(errorClass: string): boolean {
  return OWN_FAULTS.has(errorClass);
}

/** The classes that `isOwnFault` knows, for queries. */
export const OWN_FAULT_CLASSES: readonly string[] = [...OWN_FAULTS];

/** True when no HTTP answer came, so that the attempt does not show that anything gets out of here. */
export function isUnanswered(errorClass: string): boolean {
  return UNANSWERED.has(errorClass);
}
