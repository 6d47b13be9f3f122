// Owns whose fault a failed attempt is: the receiver's, ours, or possibly that of the network on our side.
import type { AttemptErrorClass } from "../delivery/error-classes";

/** Failures that say nothing about the receiver: they never count against an endpoint. */
const OWN_FAULTS: ReadonlySet<string> = new Set<AttemptErrorClass>([
  "interrupted",
  "secret_unreadable",
  "payload_expired",
  "target_not_allowed",
  "transform_failed",
  "body_too_large",
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
  "proxy_error",
  "tls_error",
  "timeout",
  "auth_failed",
]);

/** What a failed attempt says: something about the receiver, something about our way out, or nothing. */
export type Fault = "receiver" | "egress" | "own";

/**
 * Whose fault it is. `reachedTarget` is true when an address of the receiver had been dialled, or asked of the egress
 * proxy: a proxy error before that is the proxy's own.
 */
export function faultOf(errorClass: string, reachedTarget: boolean): Fault {
  if (OWN_FAULTS.has(errorClass)) return "own";
  return errorClass === "proxy_error" && !reachedTarget ? "egress" : "receiver";
}

/** The classes that count against no endpoint, for queries. */
export const OWN_FAULT_CLASSES: readonly string[] = [...OWN_FAULTS];

/** True when no HTTP answer came, so that the attempt does not show that anything gets out of here. */
export function isUnanswered(errorClass: string): boolean {
  return UNANSWERED.has(errorClass);
}
