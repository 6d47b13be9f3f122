// Owns what a before/after view points at: which fields of two JSON texts differ, and where they stand in each.
import { type JsonToken, tokenizeJson } from "@/lib/domain/json/tokens";
import { formatPath, type PathSegment } from "./path";

/**
 * Tokens [start, end) of a text, white space not counted: the same numbers hold for the text as it came and for its
 * indented form (`prettyTokens`).
 */
export type TokenRange = { start: number; end: number };

/**
 * One difference. Added and removed fields come with their name, changed ones are the value alone. `path` is the place in
 * the text that has it (after, for changed ones).
 */
export type FieldChange =
  | { kind: "added"; path: string; after: TokenRange }
  | { kind: "removed"; path: string; before: TokenRange }
  | { kind: "changed"; path: string; before: TokenRange; after: TokenRange };

export type DiffPreview = { changes: FieldChange[]; isTruncated: boolean };

const DEFAULT_LIMIT = 500;
/** Deeper values are compared as a whole. */
const MAX_DEPTH = 128;

/** A member or item: `start` is its name (of an item, its value), `value` its value. */
type Child = { segment: PathSegment; start: number; value: number; end: number };

/** Tokens without white space; `ends[i]` is the offset behind the value that starts at token i. */
class Side {
  readonly tokens: JsonToken[];
  readonly #ends: number[];

  constructor(tokens: JsonToken[]) {
    this.tokens = tokens;
    const open: number[] = [];
    this.#ends = tokens.map((_, index) => index + 1);
    for (const [index, { kind }] of tokens.entries()) {
      if (kind === "open") open.push(index);
      else if (kind === "close") this.#ends[open.pop() ?? 0] = index + 1;
    }
  }

  range(start: number): TokenRange {
    return { start, end: this.#ends[start] ?? start };
  }

  /** What kind of container starts there, or null for a scalar. */
  bracketAt(start: number): string | null {
    const token = this.tokens[start];
    return token?.kind === "open" ? token.text : null;
  }

  children(start: number): Child[] {
    const children: Child[] = [];
    const end = this.range(start).end - 1;
    for (let at = start + 1; at < end; ) {
      const token = this.tokens[at];
      const isMember = token?.kind === "key";
      const value = isMember ? at + 2 : at;
      const segment: PathSegment = isMember
        ? { kind: "name", name: JSON.parse(token.text) }
        : { kind: "index", index: children.length };
      const behind = this.range(value).end;
      children.push({ segment, start: at, value, end: behind });
      at = behind + 1;
    }
    return children;
  }
}

function readSide(text: string): Side | null {
  const tokens = tokenizeJson(text);
  return tokens === null ? null : new Side(tokens.filter(({ kind }) => kind !== "space"));
}

/**
 * The differences between two JSON texts in reading order, at most `limit`; null when either is not JSON. Spelling counts
 * (1.0 is not 1), white space and the order of members do not. Members of the same name are compared in their order,
 * items from both ends inwards.
 */
export function diffPreview(before: string, after: string, limit = DEFAULT_LIMIT): DiffPreview | null {
  const [left, right] = [readSide(before), readSide(after)];
  if (left === null || right === null) return null;
  const comparison = new Comparison(left, right, limit);
  comparison.compare(0, 0, []);
  return { changes: comparison.changes, isTruncated: comparison.isTruncated };
}

class Comparison {
  readonly changes: FieldChange[] = [];
  isTruncated = false;
  readonly #left: Side;
  readonly #right: Side;
  readonly #limit: number;

  constructor(left: Side, right: Side, limit: number) {
    this.#left = left;
    this.#right = right;
    this.#limit = limit;
  }

  compare(left: number, right: number, path: readonly PathSegment[]): void {
    if (this.isTruncated || this.#isEqual(left, right)) return;
    const bracket = this.#left.bracketAt(left);
    if (bracket === null || bracket !== this.#right.bracketAt(right) || path.length === MAX_DEPTH) {
      const ranges = { before: this.#left.range(left), after: this.#right.range(right) };
      this.#add({ kind: "changed", path: formatPath(path), ...ranges });
      return;
    }
    const [before, after] = [this.#left.children(left), this.#right.children(right)];
    const pairs = bracket === "{" ? pairMembers(before, after) : this.#pairItems(before, after);
    for (const [old, now] of pairs) {
      if (old === null) this.#addAdded(now, path);
      else if (now === null) this.#addRemoved(old, path);
      else this.compare(old.value, now.value, [...path, now.segment]);
    }
  }

  #addRemoved({ segment, start, end }: Child, path: readonly PathSegment[]): void {
    this.#add({ kind: "removed", path: formatPath([...path, segment]), before: { start, end } });
  }

  #addAdded({ segment, start, end }: Child, path: readonly PathSegment[]): void {
    this.#add({ kind: "added", path: formatPath([...path, segment]), after: { start, end } });
  }

  #add(change: FieldChange): void {
    if (this.changes.length === this.#limit) this.isTruncated = true;
    else this.changes.push(change);
  }

  #isEqual(left: number, right: number): boolean {
    const [a, b] = [this.#left.range(left), this.#right.range(right)];
    if (a.end - a.start !== b.end - b.start) return false;
    for (let i = 0; i < a.end - a.start; i++) {
      if (this.#left.tokens[a.start + i]?.text !== this.#right.tokens[b.start + i]?.text) return false;
    }
    return true;
  }

  /** Equal items at both ends belong together, whatever was put in or taken out between them. */
  #pairItems(before: Child[], after: Child[]): Pair[] {
    const shorter = Math.min(before.length, after.length);
    const isEqual = (old: Child | undefined, now: Child | undefined) =>
      old !== undefined && now !== undefined && this.#isEqual(old.value, now.value);
    let head = 0;
    while (head < shorter && isEqual(before[head], after[head])) head++;
    let tail = 0;
    while (tail < shorter - head && isEqual(before.at(-1 - tail), after.at(-1 - tail))) tail++;
    const olds = before.slice(head, before.length - tail);
    const nows = after.slice(head, after.length - tail);
    return [
      ...olds.map((old, index): Pair => [old, nows[index] ?? null]),
      ...nows.slice(olds.length).map((now): Pair => [null, now]),
    ];
  }
}

type Pair = readonly [Child, Child | null] | readonly [null, Child];

/** Members by name; the nth of a name belongs to the nth. Those of the first text come first. */
function pairMembers(before: Child[], after: Child[]): Pair[] {
  const waiting = new Map<string, Child[]>();
  for (const child of after) {
    const name = nameOf(child);
    const same = waiting.get(name);
    if (same === undefined) waiting.set(name, [child]);
    else same.push(child);
  }
  for (const same of waiting.values()) same.reverse();
  const pairs = before.map((old): Pair => [old, waiting.get(nameOf(old))?.pop() ?? null]);
  const added = new Set([...waiting.values()].flat());
  return [...pairs, ...after.filter((child) => added.has(child)).map((now): Pair => [null, now])];
}

const nameOf = ({ segment }: Child): string => (segment.kind === "name" ? segment.name : "");
