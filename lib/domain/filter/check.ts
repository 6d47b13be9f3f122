// Owns what is wrong with a text: its syntax, our bounds and names, then the types. It stays free of the regular
// expression engine, so a form in the browser can check while somebody types.
import { inspectTree } from "./inspect";
import { type ParsedFilter, parseFilter } from "./parse";
import { type FilterProblem, problemOf } from "./problems";

/** The problems of a parsed expression; none when it may be compiled. */
export function checkTree(parsed: Extract<ParsedFilter, { ok: true }>, text: string): FilterProblem[] {
  const problems = inspectTree(parsed.ast);
  if (problems.length > 0) return problems;
  const { valid, type, error } = parsed.check();
  if (!valid) {
    return error ? [problemOf(error, text)] : [{ message: "Not valid.", position: 0, end: text.length }];
  }
  if (type === "bool" || type === "dyn") return [];
  const message = `A filter must be true or false; this is of type ${type}.`;
  return [{ message, position: 0, end: text.length }];
}

/** Everything that is wrong with a filter's text but its regular expressions, which only `compileFilter` reads. */
export function checkFilter(text: string): FilterProblem[] {
  const parsed = parseFilter(text);
  return parsed.ok ? checkTree(parsed, text) : [parsed.problem];
}
