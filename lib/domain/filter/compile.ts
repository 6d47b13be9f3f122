// Owns a filter's life: text in, a compiled filter or the problems out; then one verdict for each event. A filter has
// no state of its own, so it may be kept and used for any number of events at once; its text is its cache key.
import type { ASTNode } from "@marcbachmann/cel-js";
import { checkTree } from "./check";
import type { FilterEvent } from "./event";
import { Meter, TooCostly } from "./meter";
import { parseFilter } from "./parse";
import { compilePattern, type Pattern } from "./pattern";
import { Planner } from "./plan";
import type { FilterProblem } from "./problems";
import type { Run } from "./run";
import { childrenOf, literalText } from "./syntax-tree";
import { describeValue, Fault } from "./values";

/** Why an event does not pass: the expression is false, or it has no answer for this event. */
export const FILTER_REASONS = [
  "false",
  "missing_member",
  "type_mismatch",
  "not_boolean",
  "too_costly",
] as const;
export type FilterReason = (typeof FILTER_REASONS)[number];

/** `detail` is a sentence for people; it names parts of the expression, never values of the event. */
export type FilterVerdict = { matched: true } | { matched: false; reason: FilterReason; detail: string };

export type Filter = {
  readonly text: string;
  /** Whether the event passes. Never throws; takes at most `steps` steps, `STEP_BUDGET` unless given. */
  matches(event: FilterEvent, steps?: number): FilterVerdict;
};

export type CompiledFilter = { ok: true; filter: Filter } | { ok: false; problems: FilterProblem[] };

const MATCHED: FilterVerdict = Object.freeze({ matched: true });
const FALSE: FilterVerdict = Object.freeze({
  matched: false,
  reason: "false",
  detail: "The expression is false.",
});
const TOO_COSTLY: FilterVerdict = Object.freeze({
  matched: false,
  reason: "too_costly",
  detail: "Evaluating the expression for this event takes too many steps.",
});

function compilePatterns(ast: ASTNode): { patterns: Map<ASTNode, Pattern>; problems: FilterProblem[] } {
  const patterns = new Map<ASTNode, Pattern>();
  const problems: FilterProblem[] = [];
  const visit = (node: ASTNode): void => {
    const source = node.op === "rcall" && node.args[0] === "matches" ? node.args[2][0] : undefined;
    if (source !== undefined) {
      const pattern = compilePattern(literalText(source) ?? "");
      if ("refused" in pattern) {
        problems.push({ message: pattern.refused, position: source.start, end: source.end });
      } else {
        patterns.set(node, pattern);
      }
    }
    for (const child of childrenOf(node)) visit(child);
  };
  visit(ast);
  return { patterns, problems };
}

function verdictOf(value: unknown): FilterVerdict {
  if (value === true) return MATCHED;
  if (value === false) return FALSE;
  if (value instanceof Fault) return { matched: false, reason: value.reason, detail: value.detail };
  const detail = `The expression gives ${describeValue(value)}, not true or false.`;
  return { matched: false, reason: "not_boolean", detail };
}

function evaluate(run: Run, event: FilterEvent, steps: number | undefined): FilterVerdict {
  try {
    return verdictOf(run({ event, meter: new Meter(steps), items: [] }));
  } catch (error) {
    if (error instanceof TooCostly) return TOO_COSTLY;
    throw error;
  }
}

/** A filter from the text of a CEL expression over `event`, or everything that is wrong with the text. */
export function compileFilter(text: string): CompiledFilter {
  const parsed = parseFilter(text);
  if (!parsed.ok) return { ok: false, problems: [parsed.problem] };
  const problems = checkTree(parsed, text);
  if (problems.length > 0) return { ok: false, problems };
  const compiled = compilePatterns(parsed.ast);
  if (compiled.problems.length > 0) return { ok: false, problems: compiled.problems };
  const run = new Planner(text, compiled.patterns).plan(parsed.ast);
  return { ok: true, filter: { text, matches: (event, steps) => evaluate(run, event, steps) } };
}
