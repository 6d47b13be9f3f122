// Owns the way from text to a syntax tree: the length limit, and the library's parser.
import { type ASTNode, ParseError, type ParseResult } from "@marcbachmann/cel-js";
import { environment } from "./language";
import { MAX_FILTER_LENGTH } from "./limits";
import { type FilterProblem, problemOf } from "./problems";

export type ParsedFilter =
  | { ok: true; ast: ASTNode; check: ParseResult["check"] }
  | { ok: false; problem: FilterProblem };

/** The syntax tree of an expression, or where it stops being one. */
export function parseFilter(text: string): ParsedFilter {
  if (text.trim() === "") {
    return { ok: false, problem: { message: "The expression is empty.", position: 0, end: text.length } };
  }
  if (text.length > MAX_FILTER_LENGTH) {
    const message = `The expression has ${text.length} characters; at most ${MAX_FILTER_LENGTH} are allowed.`;
    return { ok: false, problem: { message, position: MAX_FILTER_LENGTH, end: text.length } };
  }
  try {
    const parsed = environment.parse(text);
    return { ok: true, ast: parsed.ast, check: parsed.check };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return { ok: false, problem: problemOf(error, text) };
  }
}
