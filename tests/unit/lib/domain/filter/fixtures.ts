import { compileFilter, type Filter, type FilterVerdict } from "@/lib/domain/filter/compile";
import { type FilterEvent, filterEventOf, type RawFilterEvent } from "@/lib/domain/filter/event";

export const rawEvent = (data: unknown, changes: Partial<RawFilterEvent> = {}): RawFilterEvent => ({
  id: "evt_1",
  type: "score.updated",
  tenant: null,
  subject: "0xAbc",
  timestamp: new Date("2026-03-15T14:30:00.250Z"),
  attributes: { region: "eu" },
  environment: "live",
  data: typeof data === "string" ? data : JSON.stringify(data),
  ...changes,
});

/** An event with this payload: a value to be written as JSON, or a text that is JSON already. */
export const eventWith = (data: unknown, changes: Partial<RawFilterEvent> = {}): FilterEvent =>
  filterEventOf(rawEvent(data, changes));

export function filterOf(text: string): Filter {
  const compiled = compileFilter(text);
  if (!compiled.ok) throw new Error(`${text}: ${compiled.problems.map(({ message }) => message).join(" ")}`);
  return compiled.filter;
}

export const verdict = (text: string, event: FilterEvent): FilterVerdict => filterOf(text).matches(event);

/** "matched", or the reason why not. */
export function outcome(text: string, event: FilterEvent): string {
  const result = verdict(text, event);
  return result.matched ? "matched" : result.reason;
}
