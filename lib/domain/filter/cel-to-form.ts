// Owns the way back from an expression to the form, for those that the form could have written.
import type { ASTNode } from "@marcbachmann/cel-js";
import { type FilterForm, type FilterRow, filterForm } from "./form";
import { formToCel } from "./form-to-cel";
import { parseFilter } from "./parse";
import { type FilterPath, pathOfNode } from "./path";
import { literalNumber, literalText } from "./syntax-tree";

/** The operands of a chain of `&&` or of `||`, in the order of the text. */
function operandsOf(node: ASTNode, operator: "&&" | "||"): ASTNode[] {
  const operands: ASTNode[] = [];
  let at = node;
  while (at.op === operator) {
    operands.unshift(at.args[1]);
    at = at.args[0];
  }
  return [at, ...operands];
}

function scalarOf(node: ASTNode): { value: string | number | boolean | null } | null {
  const value = literalText(node) ?? literalNumber(node);
  if (value !== null) return { value };
  if (node.op !== "value") return null;
  return typeof node.args === "boolean" || node.args === null ? { value: node.args } : null;
}

function listOf(node: ASTNode): (string | number)[] | null {
  if (node.op !== "list") return null;
  const values = node.args.map((item) => literalText(item) ?? literalNumber(item));
  return values.every((value) => value !== null) ? values : null;
}

const EQUALITIES = { "==": "equals", "!=": "not_equals" } as const;
const ORDERS = { ">": "greater", ">=": "at_least", "<": "less", "<=": "at_most" } as const;

function comparisonRow(node: ASTNode): FilterRow | null {
  if (node.op === "==" || node.op === "!=") {
    const path = pathOfNode(node.args[0]);
    const scalar = scalarOf(node.args[1]);
    return path && scalar && { operator: EQUALITIES[node.op], path, ...scalar };
  }
  if (node.op !== ">" && node.op !== ">=" && node.op !== "<" && node.op !== "<=") return null;
  const [left, right] = node.args;
  const value = literalNumber(right);
  if (value === null) return null;
  if (left.op === "call" && left.args[0] === "size" && left.args[1][0] !== undefined) {
    const parent = pathOfNode(left.args[1][0]);
    return parent && { operator: "exists", path: [...parent, value] };
  }
  const path = pathOfNode(left);
  return path && { operator: ORDERS[node.op], path, value };
}

function membershipRow(node: Extract<ASTNode, { op: "in" }>): FilterRow | null {
  const [left, right] = node.args;
  const name = literalText(left);
  if (name !== null) {
    const parent = pathOfNode(right) ?? (isAttributes(right) ? ["attributes"] : null);
    return parent && { operator: "exists", path: [...parent, name] };
  }
  const path = pathOfNode(left);
  const values = listOf(right);
  return path && values && { operator: "one_of", path, values };
}

/** `attributes` alone is no path of the form, but where an attribute with an odd name is asked for. */
const isAttributes = (node: ASTNode) =>
  node.op === "." &&
  node.args[0].op === "id" &&
  node.args[0].args === "event" &&
  node.args[1] === "attributes";

function callRow(node: Extract<ASTNode, { op: "call" }>): FilterRow | null {
  const [name, args] = node.args;
  const [first, second, third] = args;
  const firstPath = first === undefined ? null : pathOfNode(first);
  if (firstPath === null) return null;
  if (name === "has") return { operator: "exists", path: firstPath };
  const path: FilterPath | null = second === undefined ? null : pathOfNode(second);
  if (path === null || third === undefined) return null;
  const threshold = literalNumber(third);
  if (name === "rises_above" || name === "falls_below") {
    return threshold === null ? null : { operator: name, path, previous: firstPath, threshold };
  }
  if (name !== "crosses") return null;
  const thresholds = threshold === null ? listOf(third) : [threshold];
  const numbers = thresholds?.filter((value) => typeof value === "number") ?? [];
  return { operator: "crosses", path, previous: firstPath, thresholds: numbers };
}

function methodRow(node: Extract<ASTNode, { op: "rcall" }>): FilterRow | null {
  const [name, receiver, [argument]] = node.args;
  const path = pathOfNode(receiver);
  const value = literalText(argument);
  if (path === null || value === null) return null;
  if (name === "contains") return { operator: "contains", path, value };
  return name === "startsWith" ? { operator: "starts_with", path, value } : null;
}

function rowOf(node: ASTNode): FilterRow | null {
  switch (node.op) {
    case "call":
      return callRow(node);
    case "rcall":
      return methodRow(node);
    case "in":
      return membershipRow(node);
    default:
      return comparisonRow(node);
  }
}

/**
 * The form that writes exactly this text, or null. An empty text is the form without rows; a single row comes back
 * with `combine: "all"`.
 */
export function celToForm(text: string): FilterForm | null {
  if (text === "") return { combine: "all", rows: [] };
  const parsed = parseFilter(text);
  if (!parsed.ok) return null;
  const combine = parsed.ast.op === "||" ? "any" : "all";
  const rows: FilterRow[] = [];
  for (const operand of operandsOf(parsed.ast, combine === "any" ? "||" : "&&")) {
    const row = rowOf(operand);
    if (row === null) return null;
    rows.push(row);
  }
  const form: FilterForm = { combine, rows };
  // The tree says nothing of spaces, comments and brackets: what would be written must be what stands there.
  return filterForm.safeParse(form).success && formToCel(form) === text ? form : null;
}
