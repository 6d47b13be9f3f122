// Owns what each rule does to a document. docs/decisions/0016 lists every case.
import type { RuleOutcome } from "./outcome";
import type { Entry, Span } from "./spans";
import type { PlaceStep, Step } from "./step";
import type { JsonTree } from "./tree";
import { find, findTarget, forEachPlace, put, take } from "./walk";

/** `scope` leads to the items that the rule goes over; the other steps start there. */
export type CompiledRule =
  | { op: "delete"; path: readonly Step[] }
  | ConstantRule
  | MoveRule
  | SplitRule
  | JoinRule;

type ConstantRule = {
  op: "set" | "default";
  scope: readonly Step[];
  to: readonly PlaceStep[];
  value: Span;
};
type MoveRule = {
  op: "rename" | "copy";
  scope: readonly Step[];
  from: readonly PlaceStep[];
  to: readonly PlaceStep[];
  /** False: what was read is taken out. */
  keep: boolean;
  /** True when the result may nest deeper than the input. */
  mayDeepen: boolean;
};
type SplitRule = {
  op: "split";
  scope: readonly Step[];
  from: readonly PlaceStep[];
  to: readonly (readonly PlaceStep[])[];
  separator: string;
  keep: boolean;
};
type JoinRule = {
  op: "join";
  scope: readonly Step[];
  from: readonly { steps: readonly PlaceStep[]; keep: boolean }[];
  to: readonly PlaceStep[];
  separator: string;
};

/** Applies one rule everywhere it applies. Throws `TransformError` when that makes too much or takes too long. */
export function runRule(tree: JsonTree, rule: CompiledRule, outcome: RuleOutcome): void {
  switch (rule.op) {
    case "delete":
      runDelete(tree, tree.root, rule.path, 0, outcome);
      break;
    case "set":
    case "default":
      forEachPlace(tree, tree.root, rule.scope, outcome, (place) => runConstant(tree, rule, place, outcome));
      break;
    case "rename":
    case "copy":
      forEachPlace(tree, tree.root, rule.scope, outcome, (place) => runMove(tree, rule, place, outcome));
      break;
    case "split":
      forEachPlace(tree, tree.root, rule.scope, outcome, (place) => runSplit(tree, rule, place, outcome));
      break;
    case "join":
      forEachPlace(tree, tree.root, rule.scope, outcome, (place) => runJoin(tree, rule, place, outcome));
      break;
  }
  tree.endEdit();
}

/** Goes through every duplicate: what a person deletes must not come back in a receiver that reads the first one. */
function runDelete(
  tree: JsonTree,
  entry: Entry,
  path: readonly Step[],
  at: number,
  outcome: RuleOutcome,
): void {
  const step = path[at];
  if (step === undefined) return;
  tree.visit();
  const container = tree.open(entry);
  const isLast = at === path.length - 1;
  const kind = step.kind === "name" ? "object" : "array";
  if (container?.kind !== kind) {
    const isScalar = container === null && step.kind !== "each";
    outcome.skip(isScalar ? "missing" : `not_an_${kind}`, path.slice(0, isScalar ? at + 1 : at));
    return;
  }
  const entries = step.kind === "each" ? container.entries : tree.findAll(container, step);
  if (entries.length === 0) {
    if (step.kind === "each") outcome.skip("no_items", path.slice(0, at));
    else outcome.skip("missing", path.slice(0, at + 1));
    return;
  }
  if (isLast) {
    for (const _ of entries) outcome.applied();
    tree.remove(container, entries);
    return;
  }
  for (const [index, child] of entries.entries()) {
    if (step.kind === "each") outcome.indices.push(index);
    runDelete(tree, child, path, at + 1, outcome);
    if (step.kind === "each") outcome.indices.pop();
  }
}

function runConstant(tree: JsonTree, rule: ConstantRule, place: Entry, outcome: RuleOutcome): void {
  const target = findTarget(tree, place, rule.scope, rule.to, outcome);
  if (target === null) return;
  if (rule.op === "default" && !("missing" in target)) {
    outcome.skip("already_there", [...rule.scope, ...rule.to]);
    return;
  }
  put(tree, target, rule.value, outcome);
  outcome.applied();
}

function runMove(tree: JsonTree, rule: MoveRule, place: Entry, outcome: RuleOutcome): void {
  const source = find(tree, place, rule.scope, rule.from, outcome);
  if (source === null) return;
  const target = findTarget(tree, place, rule.scope, rule.to, outcome);
  if (target === null) return;
  outcome.applied();
  if (!rule.keep && "missing" in target && source.container === target.container) {
    const [name, ...deeper] = target.missing;
    if (source.step?.kind === "name" && name?.kind === "name" && deeper.length === 0) {
      // The old name may stand there more than once: the others go.
      tree.removeOthers(target.container, source.step, source.entry);
      tree.rename(source.entry, name);
      return;
    }
  }
  // The target was found before anything is taken out, so indices mean the places they had before the rule.
  put(tree, target, rule.op === "copy" ? tree.clone(source.entry.value) : source.entry.value, outcome);
  if (!rule.keep) take(tree, source);
}

function runSplit(tree: JsonTree, rule: SplitRule, place: Entry, outcome: RuleOutcome): void {
  const source = find(tree, place, rule.scope, rule.from, outcome);
  if (source === null) return;
  const text = tree.textOf(source.entry);
  if (text === null || text.kind !== "string") {
    outcome.skip("not_text", [...rule.scope, ...rule.from]);
    return;
  }
  let isComplete = true;
  let isChanged = false;
  for (const [index, part] of splitAtMost(text.text, rule.separator, rule.to.length).entries()) {
    const target = findTarget(tree, place, rule.scope, rule.to[index] ?? [], outcome);
    if (target === null) isComplete = false;
    else {
      put(tree, target, tree.stringOf(part), outcome);
      isChanged = true;
    }
  }
  if (isChanged) outcome.applied();
  // A part that found no place is in the source only.
  if (isComplete && !rule.keep) take(tree, source);
}

/** At most `limit` parts; the last one is all the rest, separators included. */
function splitAtMost(text: string, separator: string, limit: number): string[] {
  const parts: string[] = [];
  let start = 0;
  while (parts.length < limit - 1) {
    const end = text.indexOf(separator, start);
    if (end === -1) break;
    parts.push(text.slice(start, end));
    start = end + separator.length;
  }
  parts.push(text.slice(start));
  return parts;
}

function runJoin(tree: JsonTree, rule: JoinRule, place: Entry, outcome: RuleOutcome): void {
  const parts: string[] = [];
  const taken = [];
  for (const { steps, keep } of rule.from) {
    const source = find(tree, place, rule.scope, steps);
    if (source === null) continue;
    const text = tree.textOf(source.entry);
    if (text === null) {
      outcome.skip("not_text", [...rule.scope, ...steps]);
      return;
    }
    // null says that there is nothing, as a missing field does.
    if (text.kind !== "null") parts.push(text.text);
    if (!keep) taken.push(source);
  }
  if (parts.length === 0) {
    outcome.skip("missing", [...rule.scope, ...(rule.from[0]?.steps ?? [])]);
    return;
  }
  const target = findTarget(tree, place, rule.scope, rule.to, outcome);
  if (target === null) return;
  put(tree, target, tree.stringOf(parts.join(rule.separator)), outcome);
  for (const source of taken) take(tree, source);
  outcome.applied();
}
