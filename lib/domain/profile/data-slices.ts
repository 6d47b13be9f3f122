// Owns the cutting of members out of an event's data: as the bytes that came, in one pass, however many are wanted.
// Nothing is parsed or serialised again, so numbers, key order, duplicates and escapes stay as they are.
import { scanValue } from "@/lib/domain/json/scan";

/** More than ingest accepts: data that was accepted is never refused here. */
const MAX_DEPTH = 1_000;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COMMA = 0x2c;

type Branch = { slot: number | null; children: Map<string, Branch> };

/** The slice of each path in the plan's order, null where the data has no such member. */
export type Slices = readonly (Uint8Array | null)[];

export type SlicePlan = {
  /** Where the path's slice stands in what `cut` gives; -1 for a path that is not in the plan. */
  slotOf(path: readonly string[]): number;
  /** `data` is valid JSON. A member that occurs twice counts as `JSON.parse` has it: the last one. */
  cut(data: Uint8Array): Slices;
};

function skipSpace(b: Uint8Array, start: number): number {
  let i = start;
  for (;;) {
    const c = b[i];
    if (c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09) i++;
    else return i;
  }
}

/** The name in bytes [start, end), quotes included. */
function readName(b: Uint8Array, start: number, end: number): string {
  const raw = Buffer.from(b.buffer, b.byteOffset + start, end - start);
  return raw.includes(BACKSLASH)
    ? (JSON.parse(raw.toString("utf8")) as string)
    : raw.toString("utf8", 1, raw.length - 1);
}

function forget(branch: Branch, found: (Uint8Array | null)[]): void {
  if (branch.slot !== null) found[branch.slot] = null;
  for (const child of branch.children.values()) forget(child, found);
}

/** Notes what the branch wants of the value at `at`, and gives the offset behind it. Recursion ends with the paths. */
function walk(b: Uint8Array, at: number, branch: Branch, found: (Uint8Array | null)[]): number {
  const start = skipSpace(b, at);
  const isContainer = b[start] === OPEN_BRACE || b[start] === OPEN_BRACKET;
  const end =
    branch.children.size > 0 && isContainer
      ? walkChildren(b, start, branch, found)
      : scanValue(b, start, MAX_DEPTH);
  if (branch.slot !== null) found[branch.slot] = b.subarray(start, end);
  return end;
}

function walkChildren(b: Uint8Array, start: number, branch: Branch, found: (Uint8Array | null)[]): number {
  const isObject = b[start] === OPEN_BRACE;
  const close = isObject ? CLOSE_BRACE : CLOSE_BRACKET;
  let i = skipSpace(b, start + 1);
  for (let index = 0; b[i] !== close; index++) {
    let name = String(index);
    if (isObject) {
      if (b[i] !== QUOTE) throw new Error(`a member name was expected at byte ${i} of the data`);
      const end = scanValue(b, i, 0);
      name = readName(b, i, end);
      i = skipSpace(b, end) + 1;
    }
    const child = branch.children.get(name);
    if (child === undefined) {
      i = scanValue(b, i, MAX_DEPTH);
    } else {
      forget(child, found);
      i = walk(b, i, child, found);
    }
    i = skipSpace(b, i);
    if (b[i] === COMMA) i = skipSpace(b, i + 1);
    else if (b[i] !== close) throw new Error(`"," was expected at byte ${i} of the data`);
  }
  return i + 1;
}

/** Prepares the cutting of these members; items of arrays are named by their index. */
export function planSlices(paths: readonly (readonly string[])[]): SlicePlan {
  const root: Branch = { slot: null, children: new Map() };
  const slots = new Map<string, number>();
  for (const path of paths) {
    let branch = root;
    for (const segment of path) {
      const child = branch.children.get(segment) ?? { slot: null, children: new Map() };
      branch.children.set(segment, child);
      branch = child;
    }
    branch.slot ??= slots.size;
    slots.set(path.join("."), branch.slot);
  }
  const nothing: Slices = [];
  const onlyRoot = root.children.size === 0;
  return {
    slotOf: (path) => slots.get(path.join(".")) ?? -1,
    cut(data) {
      if (slots.size === 0) return nothing;
      // All of the data as it stands, white space around it included.
      if (onlyRoot) return [data];
      const found: (Uint8Array | null)[] = new Array(slots.size).fill(null);
      walk(data, 0, root, found);
      if (root.slot !== null) found[root.slot] = data;
      return found;
    },
  };
}
