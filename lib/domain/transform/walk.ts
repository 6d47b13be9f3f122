// Owns finding places in a document: the items a rule goes over, what it reads, and where it may write.
import type { RuleOutcome } from "./outcome";
import type { Container, Entry, Value } from "./spans";
import type { PlaceStep, Step } from "./step";
import type { JsonTree } from "./tree";

/** A value and what holds it; the root is held by nothing. */
export type Found = { container: Container | null; step: PlaceStep | null; entry: Entry };

/** Where a write goes: over a value, or to the end of a container (`missing` leads there, through parents to be made). */
export type Target = Found | { container: Container; missing: readonly PlaceStep[] };

const kindFor = (step: PlaceStep): Container["kind"] => (step.kind === "name" ? "object" : "array");

/** Visits every entry that the steps lead to; where there is none, the outcome says so. */
export function forEachPlace(
  tree: JsonTree,
  entry: Entry,
  scope: readonly Step[],
  outcome: RuleOutcome,
  visit: (entry: Entry) => void,
  at = 0,
): void {
  const step = scope[at];
  tree.visit();
  if (step === undefined) {
    visit(entry);
    return;
  }
  if (step.kind !== "each") {
    const found = find(tree, entry, scope.slice(0, at), [step], outcome);
    if (found !== null) forEachPlace(tree, found.entry, scope, outcome, visit, at + 1);
    return;
  }
  const container = tree.open(entry);
  if (container?.kind !== "array" || container.entries.length === 0) {
    outcome.skip(container?.kind === "array" ? "no_items" : "not_an_array", scope.slice(0, at));
    return;
  }
  for (const [index, item] of container.entries.entries()) {
    outcome.indices.push(index);
    forEachPlace(tree, item, scope, outcome, visit, at + 1);
    outcome.indices.pop();
  }
}

/** The value that the steps lead to from an entry, or null; with an outcome, that is told why. */
export function find(
  tree: JsonTree,
  start: Entry,
  scope: readonly Step[],
  steps: readonly PlaceStep[],
  outcome?: RuleOutcome,
): Found | null {
  tree.visit();
  let found: Found = { container: null, step: null, entry: start };
  for (const [at, step] of steps.entries()) {
    const container = tree.open(found.entry);
    if (container !== null && container.kind !== kindFor(step)) {
      outcome?.skip(`not_an_${kindFor(step)}`, [...scope, ...steps.slice(0, at)]);
      return null;
    }
    const entry = container === null ? null : tree.find(container, step);
    if (entry === null) {
      outcome?.skip("missing", [...scope, ...steps.slice(0, at + 1)]);
      return null;
    }
    found = { container, step, entry };
  }
  return found;
}

/** Where a value for these steps goes, or null when it cannot go there; the outcome is told why. Changes nothing. */
export function findTarget(
  tree: JsonTree,
  start: Entry,
  scope: readonly Step[],
  steps: readonly PlaceStep[],
  outcome: RuleOutcome,
): Target | null {
  tree.visit();
  let found: Found = { container: null, step: null, entry: start };
  for (const [at, step] of steps.entries()) {
    const container = tree.open(found.entry);
    if (container?.kind !== kindFor(step)) {
      outcome.skip(`not_an_${kindFor(step)}`, [...scope, ...steps.slice(0, at)]);
      return null;
    }
    const entry = tree.find(container, step);
    if (entry === null) {
      const missing = steps.slice(at);
      // An item can be added behind the last one only, and a new array starts with item 0.
      const gap = missing.findIndex(
        (next, depth) => next.kind === "index" && next.index > (depth === 0 ? container.entries.length : 0),
      );
      if (gap === -1) return { container, missing };
      outcome.skip("out_of_range", [...scope, ...steps.slice(0, at + gap + 1)]);
      return null;
    }
    found = { container, step, entry };
  }
  return found;
}

/** Writes a value there. A member that is written is then the only one of its name. */
export function put(tree: JsonTree, target: Target, value: Value, outcome: RuleOutcome): void {
  if ("missing" in target) {
    tree.append(target.container, target.missing, value);
    return;
  }
  const { container, step, entry } = target;
  tree.replace(entry, value);
  if (container !== null && step !== null) tree.removeOthers(container, step, entry);
  outcome.replaced();
}

/** Takes a value out; a member with all others of its name. The root stays. */
export function take(tree: JsonTree, { container, step, entry }: Found): void {
  if (container === null || step === null) return;
  tree.removeOthers(container, step, entry);
  tree.remove(container, [entry]);
}
