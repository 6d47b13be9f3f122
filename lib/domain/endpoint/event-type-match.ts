// Owns which subscription patterns an event type meets: exact, `group.*`, or `*`. Knows no storage.
import { z } from "zod";

const NAME = /^[a-zA-Z0-9_-]+(\.[a-zA-Z0-9_-]+)*$/;
const MAX_NAME_LENGTH = 256;

/** The name of an event type as a producer may publish it: dotted, no wildcard. */
export const eventTypeName = z
  .string()
  .min(1)
  .max(MAX_NAME_LENGTH)
  .regex(NAME, "must be dotted words of letters, digits, _ and -, such as order.paid");

/** What an endpoint may subscribe to: a name, `group.*` or `*`. */
export const eventTypePattern = z
  .string()
  .min(1)
  .max(MAX_NAME_LENGTH)
  .refine((value) => value === "*" || NAME.test(value.endsWith(".*") ? value.slice(0, -2) : value), {
    message: "must be an event type such as order.paid, a group such as order.*, or *",
  });

/** Every pattern that matches the given type, most general first: `a.b.c` → `*`, `a.*`, `a.b.*`, `a.b.c`. */
export function patternsFor(type: string): string[] {
  const patterns = ["*"];
  for (let dot = type.indexOf("."); dot !== -1; dot = type.indexOf(".", dot + 1)) {
    patterns.push(`${type.slice(0, dot)}.*`);
  }
  patterns.push(type);
  return patterns;
}

/** True when one of the patterns covers the type. */
export function matchesEventType(patterns: readonly string[], type: string): boolean {
  return patterns.some(
    (pattern) =>
      pattern === "*" ||
      pattern === type ||
      (pattern.endsWith(".*") && type.startsWith(pattern.slice(0, -1)) && type.length > pattern.length - 1),
  );
}

/**
 * True when an event reaches an endpoint: its tenant's endpoints and the workspace's own (no tenant),
 * never another tenant's; an event without a tenant reaches only the workspace's own.
 */
export function matchesTenant(endpointTenant: string | null, eventTenant: string | null): boolean {
  return endpointTenant === null || endpointTenant === eventTenant;
}
