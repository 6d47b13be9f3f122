// Owns what the checker of the library does not know: our bounds, the names that exist here with a suggestion for the
// others, and literals whose value can only be wrong.
import type { ASTNode } from "@marcbachmann/cel-js";
import { closestName } from "./closest";
import { readDuration, readTimestamp } from "./conversions";
import { EVENT_MEMBERS, FUNCTIONS, isEventMember, MACROS, METHODS } from "./language";
import { MAX_FILTER_DEPTH, MAX_MACRO_NESTING, MAX_PATTERNS } from "./limits";
import type { FilterProblem } from "./problems";
import { childrenOf, literalNumber, literalText, type MethodNode, macroOf } from "./syntax-tree";

type Place = { depth: number; macros: number; variables: readonly string[] };

const METHODS_AND_MACROS: readonly string[] = [...METHODS, ...MACROS];
const NEEDS_TEXT: readonly string[] = ["contains", "startsWith", "endsWith", "matches"];
/** Members of payloads that people write as if they were members of the event. */
const EVENT_NAMES: readonly string[] = EVENT_MEMBERS;

const hint = (name: string, known: readonly string[]) => {
  const closest = closestName(name, known);
  return closest === null ? null : ` Did you mean “${closest}”?`;
};

class Inspector {
  readonly problems: FilterProblem[] = [];
  #patterns = 0;

  #report(node: ASTNode, message: string): void {
    this.problems.push({ message, position: node.start, end: node.end });
  }

  visit(node: ASTNode, place: Place): void {
    if (place.depth > MAX_FILTER_DEPTH) {
      this.#report(node, `The expression nests more than ${MAX_FILTER_DEPTH} deep.`);
      return;
    }
    switch (node.op) {
      case "value":
        this.#literal(node);
        break;
      case "id":
        this.#name(node, place);
        break;
      case ".":
        this.#member(node, place);
        break;
      case "map":
        this.#report(node, "Objects cannot be written in a filter.");
        break;
      case "call":
        this.#call(node);
        this.#children(node, place);
        break;
      case "rcall":
        this.#method(node, place);
        break;
      default:
        this.#children(node, place);
    }
  }

  #children(node: ASTNode, place: Place): void {
    for (const child of childrenOf(node)) {
      const sameChain = child.op === node.op && (child.op === "&&" || child.op === "||");
      this.visit(child, sameChain ? place : { ...place, depth: place.depth + 1 });
    }
  }

  #literal(node: ASTNode): void {
    const { args } = node;
    if (typeof args === "bigint") {
      if (!Number.isSafeInteger(Number(args))) {
        const message = `Whole numbers are exact up to ${Number.MAX_SAFE_INTEGER} only; send longer ones as text and compare text.`;
        this.#report(node, message);
      }
    } else if (typeof args === "object" && args !== null) {
      this.#report(node, "Bytes and unsigned numbers cannot be written in a filter.");
    }
  }

  #name(node: Extract<ASTNode, { op: "id" }>, place: Place): void {
    if (place.variables.includes(node.args)) return;
    if (node.args === "event") {
      this.#report(node, "Name a member, as in “event.type”.");
      return;
    }
    const suggestion = isEventMember(node.args)
      ? ` Did you mean “event.${node.args}”?`
      : hint(node.args, [...place.variables, "event"]);
    this.#report(
      node,
      `There is no “${node.args}”.${suggestion ?? " Everything starts with “event”, as in “event.data.amount”."}`,
    );
  }

  #member(node: Extract<ASTNode, { op: "." }>, place: Place): void {
    const [parent, name] = node.args;
    if (parent.op !== "id" || parent.args !== "event") {
      this.#children(node, place);
      return;
    }
    if (isEventMember(name)) return;
    const suggestion = hint(name, EVENT_NAMES) ?? ` The payload is “event.data”: try “event.data.${name}”.`;
    const problem = { message: `An event has no “${name}”.${suggestion}`, position: node.pos, end: node.end };
    this.problems.push(problem);
  }

  #call(node: Extract<ASTNode, { op: "call" }>): void {
    const [name, args] = node.args;
    if (!(FUNCTIONS as readonly string[]).includes(name)) {
      const method = METHODS_AND_MACROS.includes(name)
        ? ` Write it behind a value: “value.${name}(…)”.`
        : null;
      this.#report(node, `There is no function “${name}”.${method ?? hint(name, FUNCTIONS) ?? ""}`);
      return;
    }
    const [first] = args;
    const text = literalText(first);
    if (first !== undefined && text !== null && name === "timestamp" && readTimestamp(text) === null) {
      this.#report(first, "This is no time; write one such as “2026-01-31T08:00:00Z”.");
    }
    if (first !== undefined && text !== null && name === "duration" && readDuration(text) === null) {
      this.#report(first, "This is no duration; write one such as “90s”, “15m” or “1h30m”.");
    }
    const thresholds = args[2];
    if (name === "crosses" && thresholds?.op === "list") {
      const numbers = thresholds.args.every((item) => item.op !== "value" || literalNumber(item) !== null);
      if (!numbers || thresholds.args.length === 0) this.#report(thresholds, "Thresholds are numbers.");
    }
  }

  #method(node: MethodNode, place: Place): void {
    const [name, receiver, args] = node.args;
    const inside = { ...place, depth: place.depth + 1 };
    if (!METHODS_AND_MACROS.includes(name)) {
      this.visit(receiver, inside);
      const call = (FUNCTIONS as readonly string[]).includes(name) ? ` Write “${name}(…)”.` : null;
      this.#report(node, `There is no function “${name}”.${call ?? hint(name, METHODS_AND_MACROS) ?? ""}`);
      return;
    }
    const [first] = args;
    if (
      first !== undefined &&
      NEEDS_TEXT.includes(name) &&
      first.op === "value" &&
      literalText(first) === null
    ) {
      this.#report(first, `“${name}” needs a text in quotes.`);
    }
    if (name === "matches") this.#pattern(node);
    const macro = macroOf(node);
    if (macro === null && (MACROS as readonly string[]).includes(name)) {
      const example = `“list.${name}(item, item.price > 10)”`;
      this.#report(node, `“${name}” needs a name for the items and what is asked of each, as in ${example}.`);
      return;
    }
    if (macro === null) {
      this.#children(node, place);
      return;
    }
    this.visit(receiver, inside);
    if (macro.variable === "event") this.#report(node, "Choose another name than “event” for the items.");
    if (place.macros >= MAX_MACRO_NESTING) {
      this.#report(node, `Lists may be searched ${MAX_MACRO_NESTING} levels deep, not deeper.`);
      return;
    }
    const body = { ...inside, macros: place.macros + 1, variables: [...place.variables, macro.variable] };
    for (const part of macro.bodies) this.visit(part, body);
  }

  #pattern(node: MethodNode): void {
    this.#patterns++;
    if (this.#patterns > MAX_PATTERNS) this.#report(node, `At most ${MAX_PATTERNS} “matches” are allowed.`);
    if (literalText(node.args[2][0]) === null) {
      this.#report(node, "“matches” needs its regular expression as a text in quotes.");
    }
  }
}

/** Everything in the tree that a filter may not have, in the order of the text. */
export function inspectTree(ast: ASTNode): FilterProblem[] {
  const inspector = new Inspector();
  inspector.visit(ast, { depth: 1, macros: 0, variables: [] });
  return inspector.problems.sort((a, b) => a.position - b.position);
}
