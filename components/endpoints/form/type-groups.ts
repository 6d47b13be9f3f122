// Owns how event types are offered: in groups by their first word, filtered by what was typed.

import type { EventTypeDto } from "@/lib/contracts/event-types";
import { matchesEventType } from "@/lib/domain/endpoint/event-type-match";

export type TypeGroup = {
  /** First word of the names. */
  name: string;
  /** `order.*`; null for names without a dot, which no wildcard covers together. */
  pattern: string | null;
  types: EventTypeDto[];
};

/** Groups by first word, archived types left out; a search keeps names and descriptions that contain it. */
export function groupTypes(types: readonly EventTypeDto[], search: string): TypeGroup[] {
  const wanted = search.trim().toLowerCase();
  const groups = new Map<string, EventTypeDto[]>();
  for (const type of types) {
    if (type.archived_at !== null) continue;
    if (wanted !== "" && !`${type.name} ${type.description}`.toLowerCase().includes(wanted)) continue;
    const group = type.name.includes(".") ? type.name.slice(0, type.name.indexOf(".")) : "";
    groups.set(group, [...(groups.get(group) ?? []), type]);
  }
  return [...groups]
    .map(([name, members]) => ({ name, pattern: name === "" ? null : `${name}.*`, types: members }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The pattern that covers a type without naming it, or null: then the type's own box decides. */
export function coveringPattern(patterns: readonly string[], type: string): string | null {
  return patterns.find((pattern) => pattern !== type && matchesEventType([pattern], type)) ?? null;
}

/** Adds or removes one pattern; adding a wildcard drops what it covers, so a list never says a thing twice. */
export function togglePattern(patterns: readonly string[], pattern: string, on: boolean): string[] {
  const rest = patterns.filter((existing) => existing !== pattern);
  if (!on) return rest;
  if (!pattern.endsWith("*")) return [...rest, pattern];
  const prefix = pattern.slice(0, -1);
  return [...rest.filter((existing) => pattern !== "*" && !existing.startsWith(prefix)), pattern];
}
