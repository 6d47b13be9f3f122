// Owns the loops: all, exists, exists_one, filter and map over the items of a list or the member names of an object.
import type { MacroName } from "./language";
import type { Run, Scope } from "./run";
import { describeValue, Fault, isMap, keysOf } from "./values";

/** A loop, ready to run: what gives its items, where the current one stands, and what is asked of it. */
type Loop = { receiver: Run; slot: number; bodies: readonly Run[]; stepsPerItem: number; where: string };

type Each = (items: readonly unknown[], ask: (item: unknown, body: Run) => unknown, loop: Loop) => unknown;

const notBoolean = (value: unknown, where: string) =>
  value instanceof Fault
    ? value
    : new Fault("type_mismatch", `the condition must be true or false, not ${describeValue(value)}.`, where);

/** `exists` and `all`: one item decides; a fault counts only when none does, as with `||` and `&&`. */
const quantifier =
  (decisive: boolean): Each =>
  (items, ask, { bodies: [body], where }) => {
    if (body === undefined) return !decisive;
    let fault: Fault | null = null;
    for (const item of items) {
      const answer = ask(item, body);
      if (answer === decisive) return decisive;
      if (typeof answer !== "boolean") fault ??= notBoolean(answer, where);
    }
    return fault ?? !decisive;
  };

const existsOne: Each = (items, ask, { bodies: [body], where }) => {
  if (body === undefined) return false;
  let found = 0;
  for (const item of items) {
    const answer = ask(item, body);
    if (typeof answer !== "boolean") return notBoolean(answer, where);
    if (answer) found++;
  }
  return found === 1;
};

/** `filter(item, condition)`, `map(item, value)` and `map(item, condition, value)`. */
const collect =
  (isMapCall: boolean): Each =>
  (items, ask, { bodies, where }) => {
    const condition = isMapCall && bodies.length === 1 ? undefined : bodies[0];
    const transform = isMapCall ? bodies[bodies.length - 1] : undefined;
    const result: unknown[] = [];
    for (const item of items) {
      if (condition !== undefined) {
        const answer = ask(item, condition);
        if (typeof answer !== "boolean") return notBoolean(answer, where);
        if (!answer) continue;
      }
      const value = transform === undefined ? item : ask(item, transform);
      if (value instanceof Fault) return value;
      result.push(value);
    }
    return result;
  };

const KINDS: Readonly<Record<MacroName, Each>> = {
  all: quantifier(false),
  exists: quantifier(true),
  exists_one: existsOne,
  filter: collect(false),
  map: collect(true),
};

function itemsOf(value: unknown, { meter }: Scope): readonly unknown[] | null {
  if (Array.isArray(value)) return value as unknown[];
  return isMap(value) ? keysOf(value, meter) : null;
}

/** The part of a filter that runs a loop. Each item pays for every body before the first of them runs. */
export function planLoop(macro: MacroName, loop: Loop): Run {
  const each = KINDS[macro];
  const { receiver, slot, stepsPerItem, where } = loop;
  return (scope) => {
    const value = receiver(scope);
    if (value instanceof Fault) return value;
    const items = itemsOf(value, scope);
    if (items === null) {
      return new Fault("type_mismatch", `this needs a list, not ${describeValue(value)}.`, where);
    }
    return each(
      items,
      (item, body) => {
        scope.meter.pay(stepsPerItem);
        scope.items[slot] = item;
        return body(scope);
      },
      loop,
    );
  };
}
