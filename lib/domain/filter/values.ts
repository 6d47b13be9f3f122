// Owns the values that filters compute with: what JSON gives, plus CEL's int (bigint), timestamp (Date) and duration.
import type { Meter } from "./meter";

/** A span of time in milliseconds. */
export class Duration {
  readonly ms: number;
  constructor(ms: number) {
    this.ms = ms;
  }
}

/** Why a part of an expression has no value. It travels like a value, because `||` and `exists` may not need that part. */
export class Fault {
  readonly reason: "missing_member" | "type_mismatch";
  readonly #detail: string;
  readonly #quote: string | null;
  /** `quote` is the part of the expression that is meant, when the detail does not name it. */
  constructor(reason: "missing_member" | "type_mismatch", detail: string, quote: string | null = null) {
    this.reason = reason;
    this.#detail = detail;
    this.#quote = quote;
  }

  /** A sentence for people; put together on demand, because a loop may make many faults that nobody reads. */
  get detail(): string {
    return this.#quote === null ? this.#detail : `${this.#quote}: ${this.#detail}`;
  }

  /** The same fault, told of a part of the expression. */
  at(quote: string): Fault {
    return new Fault(this.reason, this.#detail, quote);
  }
}

export type JsonMap = Readonly<Record<string, unknown>>;

export const isNumeric = (value: unknown): value is number | bigint =>
  typeof value === "number" || typeof value === "bigint";

/** True for a JSON object. Whatever its members are called, `constructor` included, it stays one. */
export const isMap = (value: unknown): value is JsonMap =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Date) &&
  !(value instanceof Duration);

/** What a value is, in words for people: "a number", "text", … */
export function describeValue(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "string") return "text";
  if (typeof value === "boolean") return "true or false";
  if (isNumeric(value)) return "a number";
  if (Array.isArray(value)) return "a list";
  if (value instanceof Date) return "a time";
  if (value instanceof Duration) return "a duration";
  return "an object";
}

// JSON nests at most 128 deep here and an expression adds a few levels; deeper is not worth a stack.
const DEEPEST_EQUAL = 200;

/**
 * CEL's equality: values of different types are not equal, numbers compare by their value whether int or double.
 * Pays for every pair it looks at.
 */
export function equal(a: unknown, b: unknown, meter: Meter, depth = 0): boolean {
  if (typeof a === "string" || typeof b === "string") {
    if (typeof a !== "string" || typeof b !== "string" || a.length !== b.length) return false;
    meter.payCompare(a, b);
    return a === b;
  }
  // biome-ignore lint/suspicious/noDoubleEquals: only == compares a bigint with a number by value.
  if (isNumeric(a) && isNumeric(b)) return a == b;
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (a instanceof Date) return b instanceof Date && a.getTime() === b.getTime();
  if (a instanceof Duration) return b instanceof Duration && a.ms === b.ms;
  if (depth >= DEEPEST_EQUAL) return false;
  return Array.isArray(a) || Array.isArray(b)
    ? Array.isArray(a) && Array.isArray(b) && equalLists(a, b, meter, depth)
    : isMap(a) && isMap(b) && equalMaps(a, b, meter, depth);
}

function equalLists(a: readonly unknown[], b: readonly unknown[], meter: Meter, depth: number): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    meter.pay(1);
    if (!equal(a[i], b[i], meter, depth + 1)) return false;
  }
  return true;
}

/** V8 lists the members of a large object at about 100 ns each. */
const STEPS_PER_KEY = 8;

/** The names of an object's members, paid for. */
export function keysOf(map: JsonMap, meter: Meter): string[] {
  const keys = Object.keys(map);
  meter.pay(keys.length * STEPS_PER_KEY);
  return keys;
}

function equalMaps(a: JsonMap, b: JsonMap, meter: Meter, depth: number): boolean {
  const keys = keysOf(a, meter);
  if (keys.length !== keysOf(b, meter).length) return false;
  for (const key of keys) {
    meter.pay(4);
    if (!Object.hasOwn(b, key) || !equal(a[key], b[key], meter, depth + 1)) return false;
  }
  return true;
}

/**
 * Below zero, zero or above zero as `a` comes before, with or after `b`; undefined when the two have no order.
 * Text is ordered by UTF-16 code units.
 */
export function order(a: unknown, b: unknown, meter: Meter): number | undefined {
  // Without the last question, a NaN (0.0 / 0.0) would be as large as every number.
  // biome-ignore lint/suspicious/noDoubleEquals: only == compares a bigint with a number by value.
  if (isNumeric(a) && isNumeric(b)) return a < b ? -1 : a > b ? 1 : a == b ? 0 : undefined;
  if (typeof a === "string" && typeof b === "string") {
    meter.payCompare(a, b);
    return a < b ? -1 : a > b ? 1 : 0;
  }
  if (a instanceof Date && b instanceof Date) return a.getTime() - b.getTime();
  if (a instanceof Duration && b instanceof Duration) return a.ms - b.ms;
  if (typeof a === "boolean" && typeof b === "boolean") return Number(a) - Number(b);
  return undefined;
}
