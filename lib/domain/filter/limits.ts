// Owns the bounds of a filter. They are counted, never timed, so the same filter and event always give the same answer.

/** Characters of an expression. */
export const MAX_FILTER_LENGTH = 2_000;
/** Nodes of the parsed expression. */
export const MAX_FILTER_NODES = 400;
/** How deep an expression may nest; a chain of `&&` or of `||` counts as one level. */
export const MAX_FILTER_DEPTH = 32;
/** Values in one list literal. */
export const MAX_LIST_LITERAL = 200;
/** How deep `all`, `exists`, `exists_one`, `filter` and `map` may stand in each other. */
export const MAX_MACRO_NESTING = 2;
/** Regular expressions in one filter. */
export const MAX_PATTERNS = 3;
/** Characters of one regular expression: what bounds the time to compile it. */
export const MAX_PATTERN_LENGTH = 200;
/** Instructions of one compiled regular expression, as re2js counts them. */
export const MAX_PATTERN_SIZE = 200;

/**
 * Steps that one evaluation may take before it ends as `too_costly`. A step is one node of a loop's body, or the
 * number of characters, members or items that take about as long: 10 ns when the code is warm, 80 ns when it is not.
 */
export const STEP_BUDGET = 100_000;

/** Steps that all filters of one event share: what one event may cost, however many endpoints filter it. */
const EVENT_STEPS = 4_000_000;

/**
 * Steps that each of `filters` evaluations for one event may take. The share depends on their number alone, never on what
 * another one has used: with 40 filters or fewer each has the whole budget, with 1,000 each has 4,000.
 */
export function stepsForEach(filters: number): number {
  return Math.min(STEP_BUDGET, Math.floor(EVENT_STEPS / Math.max(1, filters)));
}
