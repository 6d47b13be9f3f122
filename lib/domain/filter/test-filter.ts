// Owns the trial of a filter against past events: "would have matched 12 of the last 100".
import { compileFilter, type FilterReason, type FilterVerdict } from "./compile";
import type { FilterEvent } from "./event";
import type { FilterProblem } from "./problems";

const DEFAULT_SAMPLES = 5;

export type FilterSample = { id: string; type: string; time: Date; verdict: FilterVerdict };

export type FilterTrial =
  | { outcome: "not_valid"; problems: FilterProblem[] }
  | {
      outcome: "tested";
      matched: number;
      of: number;
      /** How many events did not pass, by the reason. */
      reasons: Partial<Record<FilterReason, number>>;
      /** The first few events that pass and the first few that do not, in the order given. */
      matching: FilterSample[];
      others: FilterSample[];
    };

/** Counts which of the events would have passed, with up to `samples` of each kind. */
export function testFilter(
  text: string,
  events: Iterable<FilterEvent>,
  samples: number = DEFAULT_SAMPLES,
): FilterTrial {
  const compiled = compileFilter(text);
  if (!compiled.ok) return { outcome: "not_valid", problems: compiled.problems };
  const reasons: Partial<Record<FilterReason, number>> = {};
  const matching: FilterSample[] = [];
  const others: FilterSample[] = [];
  let matched = 0;
  let of = 0;
  for (const event of events) {
    const verdict = compiled.filter.matches(event);
    of++;
    if (verdict.matched) matched++;
    else reasons[verdict.reason] = (reasons[verdict.reason] ?? 0) + 1;
    const kept = verdict.matched ? matching : others;
    if (kept.length < samples) kept.push({ id: event.id, type: event.type, time: event.time, verdict });
  }
  return { outcome: "tested", matched, of, reasons, matching, others };
}
