// Owns comparing: ==, !=, <, <=, >, >= and `in`, with a short way where one side is a literal.
import type { ASTNode } from "@marcbachmann/cel-js";
import type { Run } from "./run";
import { literalNumber, literalText } from "./syntax-tree";
import { describeValue, equal, Fault, isMap, order } from "./values";

/** `==` (or `!=`) of two parts. Values of different types are not equal, which is no fault. */
export function planEquality(wanted: boolean, left: Run, right: Run, rightNode: ASTNode): Run {
  const literal = literalText(rightNode) ?? literalNumber(rightNode);
  if (literal !== null) {
    const int = typeof literal === "number" && Number.isInteger(literal) ? BigInt(literal) : null;
    return (scope) => {
      const value = left(scope);
      if (value instanceof Fault) return value;
      return (value === literal || (int !== null && value === int)) === wanted;
    };
  }
  return (scope) => {
    const a = left(scope);
    if (a instanceof Fault) return a;
    const b = right(scope);
    if (b instanceof Fault) return b;
    return equal(a, b, scope.meter) === wanted;
  };
}

type Comparison = "<" | "<=" | ">" | ">=";

const HOLDS: Readonly<Record<Comparison, (sign: number) => boolean>> = {
  "<": (sign) => sign < 0,
  "<=": (sign) => sign <= 0,
  ">": (sign) => sign > 0,
  ">=": (sign) => sign >= 0,
};

/** `<`, `<=`, `>` or `>=` of two parts; a fault when the two have no order. */
export function planComparison(
  operator: Comparison,
  left: Run,
  right: Run,
  rightNode: ASTNode,
  quote: string,
): Run {
  const holds = HOLDS[operator];
  const limit = literalNumber(rightNode);
  return (scope) => {
    const a = left(scope);
    if (a instanceof Fault) return a;
    if (limit !== null && typeof a === "number" && !Number.isNaN(a))
      return holds(a < limit ? -1 : a > limit ? 1 : 0);
    const b = right(scope);
    if (b instanceof Fault) return b;
    const sign = order(a, b, scope.meter);
    if (sign !== undefined) return holds(sign);
    const detail = `${describeValue(a)} and ${describeValue(b)} cannot be compared with “${operator}”.`;
    return new Fault("type_mismatch", detail, quote);
  };
}

/** `value in list`, or `name in object`. */
export function planIn(item: Run, container: Run, quote: string): Run {
  return (scope) => {
    const value = item(scope);
    if (value instanceof Fault) return value;
    const list = container(scope);
    if (list instanceof Fault) return list;
    if (Array.isArray(list)) {
      for (const candidate of list as unknown[]) {
        scope.meter.pay(1);
        if (equal(value, candidate, scope.meter)) return true;
      }
      return false;
    }
    if (isMap(list)) {
      if (typeof value !== "string") return false;
      scope.meter.payRead(value);
      return Object.hasOwn(list, value);
    }
    return new Fault("type_mismatch", `“in” needs a list or an object, not ${describeValue(list)}.`, quote);
  };
}
