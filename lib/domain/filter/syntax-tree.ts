// Owns small questions about the library's syntax tree that several modules ask.
import type { ASTNode } from "@marcbachmann/cel-js";
import { type EventMember, isEventMember, MACROS, type MacroName } from "./language";

export type MethodNode = Extract<ASTNode, { op: "rcall" }>;

/** A call such as `list.exists(item, …)`: the list, the name of its items, and what is asked of each. */
export type MacroCall = { macro: MacroName; receiver: ASTNode; variable: string; bodies: ASTNode[] };

/** The parts of a node, in the order of the text. */
export function childrenOf(node: ASTNode): ASTNode[] {
  switch (node.op) {
    case "value":
    case "id":
      return [];
    case ".":
    case ".?":
      return [node.args[0]];
    case "call":
      return node.args[1];
    case "rcall":
      return [node.args[1], ...node.args[2]];
    case "list":
      return node.args;
    case "map":
      return node.args.flat();
    case "!_":
    case "-_":
      return [node.args];
    default:
      return [...node.args];
  }
}

/** The number of nodes below and including this one. */
export const sizeOf = (node: ASTNode): number =>
  childrenOf(node).reduce((sum, child) => sum + sizeOf(child), 1);

const isMacroName = (name: string): name is MacroName => (MACROS as readonly string[]).includes(name);

/** The parts of a macro call; null for every other node. */
export function macroOf(node: ASTNode): MacroCall | null {
  if (node.op !== "rcall" || !isMacroName(node.args[0])) return null;
  const [macro, receiver, [name, ...bodies]] = node.args;
  if (!isMacroName(macro) || name?.op !== "id" || bodies.length === 0) return null;
  return { macro, receiver, variable: name.args, bodies };
}

/** Which member of `event` a node is, as in `event.type`; null when it is something else. */
export function eventMemberOf(node: ASTNode): EventMember | null {
  if (node.op !== "." || node.args[0].op !== "id" || node.args[0].args !== "event") return null;
  return isEventMember(node.args[1]) ? node.args[1] : null;
}

/** The text when the node is a text literal. */
export const literalText = (node: ASTNode | undefined): string | null =>
  node?.op === "value" && typeof node.args === "string" ? node.args : null;

/** The number when the node is a number literal, with a minus sign or without. */
export function literalNumber(node: ASTNode): number | null {
  if (node.op === "-_") {
    const positive = literalNumber(node.args);
    return positive === null || node.args.op === "-_" ? null : -positive;
  }
  if (node.op !== "value") return null;
  if (typeof node.args === "bigint") return Number(node.args);
  return typeof node.args === "number" ? node.args : null;
}
