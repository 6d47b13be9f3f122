// Owns the document that rules edit: its size stays exact through every edit, and its work is counted, so that growth and
// waste stop before they cost memory and time.
import { ByteWriter } from "./byte-writer";
import {
  ENTRY,
  HEAD,
  MAX_WORK,
  openCost,
  removeCost,
  searchCost,
  textCost,
  treeCost,
  VISIT,
  WRITE,
} from "./costs";
import { TransformError } from "./errors";
import { decodeString, decodeText, encodeString } from "./json-text";
import {
  type Container,
  cloneValue,
  EMPTY,
  type Entry,
  findEntries,
  findEntry,
  newEntry,
  openContainer,
  type Span,
  sizeOf,
  sizeOfEntry,
  spanOf,
  type Value,
  writeEntry,
} from "./spans";
import type { PlaceStep } from "./step";

const QUOTE = 0x22;
const LETTER_N = 0x6e;

export type ScalarText = { kind: "string" | "null" | "other"; text: string };

const isBracket = ({ bytes, start }: Span): boolean => bytes[start] === 0x7b || bytes[start] === 0x5b;
const isSpace = (c: number | undefined): boolean => c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09;

/** A document and its edits. Everything but `toBytes` throws `TransformError` `too_complex` when it goes on too long. */
export class JsonTree {
  readonly root: Entry;
  readonly #maxBytes: number;
  #size: number;
  #work = 0;
  /** What it may be at the end of the edit: what came in may be larger than the limit, but never grows. */
  #bound: number;

  /** Edits throw `TransformError` `too_large` once they pass the limit by as much again. */
  constructor(bytes: Uint8Array, maxBytes: number) {
    let start = 0;
    let end = bytes.length;
    while (isSpace(bytes[start])) start++;
    while (end > start && isSpace(bytes[end - 1])) end--;
    const value = spanOf(bytes, start, end);
    const trail = spanOf(bytes, end, bytes.length);
    this.root = {
      head: bytes,
      headStart: 0,
      keyStart: 0,
      keyEnd: 0,
      headEnd: start,
      escapedName: null,
      value,
      trail,
    };
    this.#maxBytes = maxBytes;
    this.#size = bytes.length;
    this.#bound = Math.max(maxBytes, bytes.length);
  }

  /** Ends the edits of one rule. Throws `TransformError` `too_large` when they have left the document too large. */
  endEdit(): void {
    if (this.#size > this.#bound) this.#refuse();
    this.#bound = Math.max(this.#maxBytes, this.#size);
  }

  /** The object or array in an entry, or null. Throws JsonScanError when it is not JSON. */
  open(entry: Entry): Container | null {
    const { value } = entry;
    if (value.kind !== "span") return value;
    if (!isBracket(value)) return null;
    this.#spend(openCost(value));
    const container = openContainer(entry);
    this.#spend(ENTRY * (container?.entries.length ?? 0));
    return container;
  }

  /** The member (of several with one name the last) or item that a step leads to, or null. */
  find(container: Container, step: PlaceStep): Entry | null {
    this.#spend(searchCost(container, step));
    return findEntry(container, step);
  }

  /** All members of a name, or the one item. */
  findAll(container: Container, step: PlaceStep): Entry[] {
    this.#spend(searchCost(container, step));
    return findEntries(container, step);
  }

  /** Notes that a rule goes to a place or looks for one. */
  visit(): void {
    this.#spend(VISIT);
  }

  /** A scalar as text, a number as it is spelled; null for an object or array. */
  textOf({ value }: Entry): ScalarText | null {
    if (value.kind !== "span" || isBracket(value)) return null;
    const { bytes, start, end } = value;
    this.#spend(textCost(end - start));
    const first = bytes[start];
    if (first === QUOTE) return { kind: "string", text: decodeString(bytes, start, end) };
    return { kind: first === LETTER_N ? "null" : "other", text: decodeText(bytes, start, end) };
  }

  /** A text as the value of an entry. */
  stringOf(text: string): Value {
    this.#spend(textCost(text.length));
    return spanOf(encodeString(text));
  }

  /** A copy that later changes to either side do not reach the other from. */
  clone(value: Value): Value {
    this.#sizeOf(value);
    return cloneValue(value);
  }

  /** Puts another value in the place of an entry's. */
  replace(entry: Entry, value: Value): void {
    this.#spend(WRITE);
    this.#grow(this.#sizeOf(value) - this.#sizeOf(entry.value));
    entry.value = value;
  }

  /** Puts a new member or item at the end; `missing` leads there from the container, making parents on its way. */
  append(container: Container, missing: readonly PlaceStep[], value: Value): void {
    this.#spend(WRITE * missing.length);
    const [first, ...rest] = missing;
    if (first === undefined) throw new Error("Nothing is missing.");
    const inner = rest.reduceRight((below: Value, step): Value => {
      const kind = step.kind === "name" ? "object" : "array";
      return { kind, entries: [newEntry(step, below)], tail: EMPTY };
    }, value);
    const entry = newEntry(first, inner);
    this.#grow(this.#sizeOfEntry(entry) + (container.entries.length === 0 ? 0 : 1));
    container.entries.push(entry);
  }

  /** Gives a member another name; its place, its value and the white space around it stay. */
  rename(entry: Entry, step: PlaceStep): void {
    if (step.kind !== "name") throw new Error("Items have no names.");
    this.#spend(HEAD);
    const name = step.head.subarray(0, -1);
    const head = concat(
      entry.head.subarray(entry.headStart, entry.keyStart),
      name,
      entry.head.subarray(entry.keyEnd, entry.headEnd),
    );
    this.#grow(name.length - (entry.keyEnd - entry.keyStart));
    const keyStart = entry.keyStart - entry.headStart;
    entry.head = head;
    entry.headStart = 0;
    entry.keyStart = keyStart;
    entry.keyEnd = keyStart + name.length;
    entry.headEnd = head.length;
    entry.escapedName = undefined;
  }

  /** Takes entries out of their container. */
  remove(container: Container, entries: readonly Entry[]): void {
    const { entries: before } = container;
    this.#spend(removeCost(container));
    const gone = new Set(entries);
    const after = before.filter((entry) => !gone.has(entry));
    if (after.length === before.length) return;
    for (const entry of before) if (gone.has(entry)) this.#grow(-this.#sizeOfEntry(entry));
    this.#grow(Math.max(0, after.length - 1) - (before.length - 1));
    // What becomes the first one starts as the first one did: `{"a": 1, "b": 2}` without a is `{"b": 2}`.
    const first = after[0];
    if (first !== undefined && before[0] !== undefined && before[0] !== first) this.#lead(first, before[0]);
    container.entries = after;
  }

  /** Takes the other members of that name out, so that every parser reads the one that was written. */
  removeOthers(container: Container, step: PlaceStep, kept: Entry): void {
    if (step.kind !== "name") return;
    const others = this.findAll(container, step).filter((entry) => entry !== kept);
    if (others.length > 0) this.remove(container, others);
  }

  /** The document as bytes. */
  toBytes(): Uint8Array {
    const writer = new ByteWriter(this.#size);
    writeEntry(writer, this.root);
    return writer.finish();
  }

  #sizeOf(value: Value): number {
    const size = sizeOf(value);
    if (value.kind !== "span") this.#spend(treeCost(size));
    return size;
  }

  #sizeOfEntry(entry: Entry): number {
    const size = sizeOfEntry(entry);
    if (entry.value.kind !== "span") this.#spend(treeCost(size));
    return size;
  }

  #lead(entry: Entry, model: Entry): void {
    this.#spend(HEAD);
    const lead = model.head.subarray(model.headStart, model.keyStart);
    const own = entry.keyStart - entry.headStart;
    const head = concat(lead, entry.head.subarray(entry.keyStart, entry.headEnd));
    this.#grow(lead.length - own);
    entry.keyEnd += lead.length - entry.keyStart;
    entry.keyStart = lead.length;
    entry.headStart = 0;
    entry.head = head;
    entry.headEnd = head.length;
  }

  #grow(bytes: number): void {
    this.#size += bytes;
    // Within a rule it may be larger for a moment: what is moved is written before it is taken out.
    if (this.#size > this.#bound + this.#maxBytes) this.#refuse();
  }

  #spend(work: number): void {
    this.#work += work;
    if (this.#work > MAX_WORK) {
      throw new TransformError(
        "too_complex",
        "The field mapping takes too many steps on this event; use fewer rules or fewer [*].",
      );
    }
  }

  #refuse(): never {
    throw new TransformError(
      "too_large",
      `The field mapping makes the event larger than ${this.#maxBytes} bytes.`,
    );
  }
}

function concat(...parts: Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
