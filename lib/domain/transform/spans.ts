// Owns JSON values as spans of the bytes they came in. A value stays one span until a rule goes into it, then it becomes its
// members or items, each of them spans again. Written back, everything that no rule moved is the bytes that came.
import { scanEntries } from "@/lib/domain/json/scan";
import type { ByteWriter } from "./byte-writer";
import { TransformError } from "./errors";
import { decodeString } from "./json-text";
import type { NameStep, PlaceStep } from "./step";

/** What ingest accepts and receivers get: arrays and objects nest at most this deep. */
export const MAX_DEPTH = 128;

const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const NOTHING = new Uint8Array(0);

/** Bytes [start, end) as they came. */
export type Span = { readonly kind: "span"; bytes: Uint8Array; start: number; end: number };
/** An object or array that was opened. `tail` is the white space before its closing bracket. */
export type Container = { readonly kind: "object" | "array"; entries: Entry[]; tail: Span };
export type Value = Span | Container;

/** A member or an item. Its head is white space, key, colon and white space (of an item: white space only). */
export type Entry = {
  head: Uint8Array;
  headStart: number;
  keyStart: number;
  keyEnd: number;
  headEnd: number;
  /** The name when escapes spell it, null when none does, undefined while nobody has looked. */
  escapedName: string | null | undefined;
  value: Value;
  /** White space between the value and its comma. */
  trail: Span;
};

/** Bytes [start, end) as a value of the tree. */
export function spanOf(bytes: Uint8Array, start = 0, end = bytes.length): Span {
  return { kind: "span", bytes, start, end };
}

export const EMPTY = spanOf(NOTHING);

/** A member (for a name) or an item (for an index) that we write: no white space. */
export function newEntry(step: PlaceStep, value: Value): Entry {
  const head = step.kind === "name" ? step.head : NOTHING;
  const keyEnd = Math.max(0, head.length - 1);
  return {
    head,
    headStart: 0,
    keyStart: 0,
    keyEnd,
    headEnd: head.length,
    escapedName: undefined,
    value,
    trail: EMPTY,
  };
}

/** The object or array in an entry, opened; null for any other value. Throws JsonScanError when it is not JSON. */
export function openContainer(entry: Entry): Container | null {
  const { value } = entry;
  if (value.kind !== "span") return value;
  const { bytes, start, end } = value;
  const first = bytes[start];
  if (first !== OPEN_BRACE && first !== OPEN_BRACKET) return null;
  const entries: Entry[] = [];
  const scanned = scanEntries(bytes, start, MAX_DEPTH, (headStart, keyStart, keyEnd, from, to, trailEnd) => {
    const trail = to === trailEnd ? EMPTY : spanOf(bytes, to, trailEnd);
    entries.push({
      head: bytes,
      headStart,
      keyStart,
      keyEnd,
      headEnd: from,
      escapedName: undefined,
      value: spanOf(bytes, from, to),
      trail,
    });
  });
  if (scanned.end !== end)
    throw new TransformError("invalid_json", "The event has text behind its JSON value.");
  const kind = first === OPEN_BRACE ? "object" : "array";
  const container: Container = { kind, entries, tail: spanOf(bytes, scanned.tailStart, scanned.end - 1) };
  entry.value = container;
  return container;
}

/** True when the key of an entry spells the name, whatever escapes it uses. */
function isNamed({ name, plain }: NameStep, entry: Entry): boolean {
  const { head, keyStart, keyEnd } = entry;
  const length = keyEnd - keyStart - 2;
  if (plain !== null) {
    // An escape takes more bytes than the character it stands for.
    if (length < plain.length) return false;
    if (length === plain.length) {
      for (let i = 0; i < length; i++) if (head[keyStart + 1 + i] !== plain[i]) return false;
      return true;
    }
  }
  if (entry.escapedName === undefined) {
    entry.escapedName = hasEscape(head, keyStart, keyEnd) ? decodeString(head, keyStart, keyEnd) : null;
  }
  return entry.escapedName === name;
}

function hasEscape(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] === BACKSLASH) return true;
  return false;
}

/** The member or item that a step leads to; of several members with one name the last, as every JSON parser reads it. */
export function findEntry({ entries }: Container, step: PlaceStep): Entry | null {
  if (step.kind === "index") return entries[step.index] ?? null;
  for (let i = entries.length - 1; i >= 0; i--) {
    const entry = entries[i];
    if (entry !== undefined && isNamed(step, entry)) return entry;
  }
  return null;
}

/** All members of a name, or the one item. */
export function findEntries({ entries }: Container, step: PlaceStep): Entry[] {
  if (step.kind === "name") return entries.filter((entry) => isNamed(step, entry));
  const item = entries[step.index];
  return item === undefined ? [] : [item];
}

/** A copy that later changes to either side do not reach the other from. */
export function cloneValue(value: Value): Value {
  if (value.kind === "span") return value;
  return { ...value, entries: value.entries.map((entry) => ({ ...entry, value: cloneValue(entry.value) })) };
}

/** Bytes of a value as it will be written. */
export function sizeOf(value: Value): number {
  if (value.kind === "span") return value.end - value.start;
  let size = 2 + sizeOf(value.tail) + Math.max(0, value.entries.length - 1);
  for (const entry of value.entries) size += sizeOfEntry(entry);
  return size;
}

/** Bytes of a member or item without its comma. */
export function sizeOfEntry(entry: Entry): number {
  return entry.headEnd - entry.headStart + sizeOf(entry.value) + sizeOf(entry.trail);
}

function write(writer: ByteWriter, value: Value): void {
  if (value.kind === "span") {
    writer.span(value.bytes, value.start, value.end);
    return;
  }
  const isObject = value.kind === "object";
  writer.byte(isObject ? OPEN_BRACE : OPEN_BRACKET);
  let isFirst = true;
  for (const entry of value.entries) {
    if (!isFirst) writer.byte(COMMA);
    isFirst = false;
    writeEntry(writer, entry);
  }
  write(writer, value.tail);
  writer.byte(isObject ? CLOSE_BRACE : CLOSE_BRACKET);
}

/** Writes a member or item as it stands. */
export function writeEntry(writer: ByteWriter, { head, headStart, headEnd, value, trail }: Entry): void {
  writer.span(head, headStart, headEnd);
  write(writer, value);
  if (trail !== EMPTY) write(writer, trail);
}
