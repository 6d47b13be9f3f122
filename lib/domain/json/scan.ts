// Owns a strict walk over JSON bytes (RFC 8259) that tells where values start and end without building them.
// Nothing is decoded or re-serialised, so numbers, key order, duplicates and escapes stay as they came.

/** Where and why the bytes are not JSON. `too_deep` is a limit, not a syntax error. */
export class JsonScanError extends Error {
  override readonly name = "JsonScanError";
  readonly reason: "syntax" | "too_deep" | "duplicate_member";
  /** Byte offset. */
  readonly position: number;
  constructor(reason: "syntax" | "too_deep" | "duplicate_member", position: number, message: string) {
    super(message);
    this.reason = reason;
    this.position = position;
  }
}

/** A member of an object or an item of an array: its value stands in bytes [start, end). */
export type JsonSlice = { name: string; start: number; end: number };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COMMA = 0x2c;
const COLON = 0x3a;
const MINUS = 0x2d;
const ZERO = 0x30;

function fail(position: number, message: string): never {
  throw new JsonScanError("syntax", position, `${message} at byte ${position}`);
}

function skipSpace(b: Uint8Array, start: number): number {
  let i = start;
  for (;;) {
    const c = b[i];
    if (c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09) i++;
    else return i;
  }
}

const isDigit = (c: number | undefined): boolean => c !== undefined && c >= 0x30 && c <= 0x39;

function isHex(c: number | undefined): boolean {
  return c !== undefined && (isDigit(c) || (c >= 0x41 && c <= 0x46) || (c >= 0x61 && c <= 0x66));
}

/** `start` is at the opening quote; the answer is just behind the closing one. */
function scanString(b: Uint8Array, start: number): number {
  let i = start + 1;
  for (;;) {
    const c = b[i];
    if (c === undefined) fail(i, "the string does not end");
    if (c === QUOTE) return i + 1;
    if (c < 0x20) fail(i, "a control character must be escaped in a string");
    if (c !== BACKSLASH) {
      i++;
      continue;
    }
    const escaped = b[i + 1];
    if (escaped === 0x75) {
      for (let k = 2; k < 6; k++) if (!isHex(b[i + k])) fail(i, "\\u needs four hex digits");
      i += 6;
    } else if (escaped !== undefined && '"\\/bfnrt'.includes(String.fromCharCode(escaped))) {
      i += 2;
    } else {
      fail(i, "unknown escape in a string");
    }
  }
}

function scanDigits(b: Uint8Array, start: number): number {
  if (!isDigit(b[start])) fail(start, "a digit was expected");
  let i = start + 1;
  while (isDigit(b[i])) i++;
  return i;
}

function scanNumber(b: Uint8Array, start: number): number {
  let i = b[start] === MINUS ? start + 1 : start;
  i = b[i] === ZERO ? i + 1 : scanDigits(b, i);
  if (b[i] === 0x2e) i = scanDigits(b, i + 1);
  if (b[i] === 0x65 || b[i] === 0x45) {
    i++;
    if (b[i] === 0x2b || b[i] === MINUS) i++;
    i = scanDigits(b, i);
  }
  return i;
}

function scanWord(b: Uint8Array, start: number, word: string): number {
  for (let k = 0; k < word.length; k++) {
    if (b[start + k] !== word.charCodeAt(k)) fail(start, "a JSON value was expected");
  }
  return start + word.length;
}

function scanScalar(b: Uint8Array, i: number): number {
  const c = b[i];
  if (c === QUOTE) return scanString(b, i);
  if (c === 0x74) return scanWord(b, i, "true");
  if (c === 0x66) return scanWord(b, i, "false");
  if (c === 0x6e) return scanWord(b, i, "null");
  if (c === MINUS || isDigit(c)) return scanNumber(b, i);
  return fail(i, c === undefined ? "the JSON ends too early" : "a JSON value was expected");
}

/** `start` is at the name; the answer is just behind it. */
function scanKey(b: Uint8Array, start: number): number {
  if (b[start] !== QUOTE) fail(start, "a member name in double quotes was expected");
  return scanString(b, start);
}

function scanColon(b: Uint8Array, start: number): number {
  const colon = skipSpace(b, start);
  if (b[colon] !== COLON) fail(colon, "a colon was expected");
  return colon + 1;
}

function scanName(b: Uint8Array, start: number): number {
  return scanColon(b, scanKey(b, skipSpace(b, start)));
}

/**
 * The offset just behind the value that starts at `start` (white space allowed before it).
 * Arrays and objects may nest `maxDepth` deep. Iterative: depth never costs stack.
 */
export function scanValue(b: Uint8Array, start: number, maxDepth: number): number {
  const open: number[] = [];
  let i = start;
  for (;;) {
    i = skipSpace(b, i);
    const c = b[i];
    if (c === OPEN_BRACE || c === OPEN_BRACKET) {
      if (open.length >= maxDepth) {
        throw new JsonScanError("too_deep", i, `the JSON is nested more than ${maxDepth} deep`);
      }
      const close = c === OPEN_BRACE ? CLOSE_BRACE : CLOSE_BRACKET;
      const next = skipSpace(b, i + 1);
      if (b[next] !== close) {
        open.push(close);
        i = c === OPEN_BRACE ? scanName(b, next) : next;
        continue;
      }
      i = next + 1;
    } else {
      i = scanScalar(b, i);
    }
    // A value has just ended: close what ends here, or go on behind the comma.
    for (;;) {
      const close = open[open.length - 1];
      if (close === undefined) return i;
      i = skipSpace(b, i);
      if (b[i] === close) {
        open.pop();
        i++;
        continue;
      }
      if (b[i] !== COMMA) fail(i, `"," or "${String.fromCharCode(close)}" was expected`);
      i = close === CLOSE_BRACE ? scanName(b, i + 1) : i + 1;
      break;
    }
  }
}

/**
 * The members of the object that makes up bytes [start, end), in order. Throws `JsonScanError` for anything that is
 * not one object, is nested deeper than `maxDepth` (the object itself counts), or names a member twice.
 */
export function scanMembers(b: Uint8Array, start: number, end: number, maxDepth: number): JsonSlice[] {
  const members: JsonSlice[] = [];
  const seen = new Set<string>();
  let i = skipSpace(b, start);
  if (b[i] !== OPEN_BRACE) fail(i, "a JSON object was expected");
  i = skipSpace(b, i + 1);
  if (b[i] === CLOSE_BRACE) return endOf(b, i + 1, end, members);
  for (;;) {
    i = skipSpace(b, i);
    const valueStart = scanName(b, i);
    const name: string = JSON.parse(
      Buffer.from(b.buffer, b.byteOffset + i, scanString(b, i) - i).toString("utf8"),
    );
    if (seen.has(name)) throw new JsonScanError("duplicate_member", i, `"${name}" is given twice`);
    seen.add(name);
    const first = skipSpace(b, valueStart);
    const valueEnd = scanValue(b, first, maxDepth - 1);
    members.push({ name, start: first, end: valueEnd });
    i = skipSpace(b, valueEnd);
    if (b[i] === CLOSE_BRACE) return endOf(b, i + 1, end, members);
    if (b[i] !== COMMA) fail(i, '"," or "}" was expected');
    i++;
  }
}

/** The items of the array that makes up bytes [start, end), named by their index. Bounds as for `scanMembers`. */
export function scanItems(b: Uint8Array, start: number, end: number, maxDepth: number): JsonSlice[] {
  const items: JsonSlice[] = [];
  let i = skipSpace(b, start);
  if (b[i] !== OPEN_BRACKET) fail(i, "a JSON array was expected");
  i = skipSpace(b, i + 1);
  if (b[i] === CLOSE_BRACKET) return endOf(b, i + 1, end, items);
  for (;;) {
    const first = skipSpace(b, i);
    const valueEnd = scanValue(b, first, maxDepth - 1);
    items.push({ name: String(items.length), start: first, end: valueEnd });
    i = skipSpace(b, valueEnd);
    if (b[i] === CLOSE_BRACKET) return endOf(b, i + 1, end, items);
    if (b[i] !== COMMA) fail(i, '"," or "]" was expected');
    i++;
  }
}

/** Where the parts of one member or item stand. An item has no key: its `keyStart` and `keyEnd` are its `start`. */
export type VisitEntry = (
  leadStart: number,
  keyStart: number,
  keyEnd: number,
  start: number,
  end: number,
  trailEnd: number,
) => void;

/**
 * Visits the members or items of the object or array that starts at `start`, in order and with duplicates: `lead` is the
 * white space before it, `trail` the white space up to its comma. Returns where the white space before the closing
 * bracket starts, and the offset behind the bracket. Nothing is decoded. Depth as for `scanMembers`.
 */
export function scanEntries(
  b: Uint8Array,
  start: number,
  maxDepth: number,
  visit: VisitEntry,
): { tailStart: number; end: number } {
  const isObject = b[start] === OPEN_BRACE;
  if (!isObject && b[start] !== OPEN_BRACKET) fail(start, "a JSON object or array was expected");
  const close = isObject ? CLOSE_BRACE : CLOSE_BRACKET;
  let lead = start + 1;
  const first = skipSpace(b, lead);
  if (b[first] === close) return { tailStart: lead, end: first + 1 };
  for (;;) {
    const keyStart = skipSpace(b, lead);
    const keyEnd = isObject ? scanKey(b, keyStart) : keyStart;
    const valueStart = isObject ? skipSpace(b, scanColon(b, keyEnd)) : keyStart;
    const valueEnd = scanValue(b, valueStart, maxDepth - 1);
    const next = skipSpace(b, valueEnd);
    const isLast = b[next] === close;
    if (!isLast && b[next] !== COMMA) fail(next, `"," or "${String.fromCharCode(close)}" was expected`);
    visit(lead, keyStart, keyEnd, valueStart, valueEnd, isLast ? valueEnd : next);
    if (isLast) return { tailStart: valueEnd, end: next + 1 };
    lead = next + 1;
  }
}

function endOf(b: Uint8Array, after: number, end: number, slices: JsonSlice[]): JsonSlice[] {
  const i = skipSpace(b, after);
  if (i < end) fail(i, "unexpected text behind the JSON");
  return slices;
}
