// Owns the path language of field mapping: a small part of JSONPath (RFC 9535). `$.a.b`, `$.items[0].x`,
// `$['odd name']`, and `[*]` for every item of an array. Text to segments and back; knows no documents.

export type PathSegment =
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "index"; readonly index: number }
  | { readonly kind: "each" };

/** From the root (`$`, no segments) down. */
export type JsonPath = readonly PathSegment[];

/** `position` counts UTF-16 units of the text from 0. */
export type PathParse = { ok: true; path: JsonPath } | { ok: false; position: number; message: string };

export const MAX_PATH_LENGTH = 512;
const MAX_SEGMENTS = 32;
const MAX_INDEX = 999_999;

/** Names that need no quotes. Anything else, emoji and invisible characters too, is written `['…']`. */
const PLAIN_NAME = /[\p{L}\p{M}\p{N}_-]+/uy;
const INDEX = /(?:0|[1-9][0-9]*)/y;
const ESCAPES: Record<string, string> = {
  "'": "'",
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

class PathError extends Error {
  readonly position: number;
  constructor(position: number, message: string) {
    super(message);
    this.position = position;
  }
}

function fail(position: number, message: string): never {
  throw new PathError(position, message);
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

/** The path that a text stands for, or where and why it is none. */
export function parsePath(text: string): PathParse {
  try {
    return { ok: true, path: parse(text) };
  } catch (error) {
    if (!(error instanceof PathError)) throw error;
    return { ok: false, position: error.position, message: error.message };
  }
}

function parse(text: string): PathSegment[] {
  if (text[0] !== "$") fail(0, 'a path starts with "$", as in $.customer.email');
  if (text.length > MAX_PATH_LENGTH)
    fail(MAX_PATH_LENGTH, `a path has at most ${MAX_PATH_LENGTH} characters`);
  if (!text.isWellFormed()) fail(0, "half of a surrogate pair must be written as \\uXXXX in quotes");
  const segments: PathSegment[] = [];
  let at = 1;
  while (at < text.length) {
    if (segments.length === MAX_SEGMENTS) fail(at, `a path has at most ${MAX_SEGMENTS} steps`);
    const char = text[at];
    if (char !== "." && char !== "[") fail(at, unexpected(text, at));
    const [segment, next] = char === "." ? parseDotted(text, at + 1) : parseBracket(text, at + 1);
    segments.push(segment);
    at = next;
  }
  return segments;
}

function unexpected(text: string, at: number): string {
  const char = String.fromCodePoint(text.codePointAt(at) ?? 0);
  return `${JSON.stringify(char)} was not expected; a name with such characters is written in brackets and quotes, as in $['odd name']`;
}

function parseDotted(text: string, at: number): [PathSegment, number] {
  if (text[at] === ".") fail(at, '".." is not supported; write out each step');
  if (text[at] === "*") fail(at, '".*" is not supported; [*] stands for every item of an array');
  const name = matchAt(PLAIN_NAME, text, at);
  if (name === null) fail(at, at === text.length ? "a name is missing behind the dot" : unexpected(text, at));
  return [{ kind: "name", name }, at + name.length];
}

function parseBracket(text: string, at: number): [PathSegment, number] {
  const char = text[at];
  if (char === "*") return [{ kind: "each" }, closeBracket(text, at + 1)];
  if (char === "'" || char === '"') {
    const [name, next] = parseQuoted(text, at);
    return [{ kind: "name", name }, closeBracket(text, next)];
  }
  if (char === "-") fail(at, "an index counts from 0; from the end is not supported");
  const digits = matchAt(INDEX, text, at);
  if (digits === null) fail(at, "an index, * or a name in quotes was expected");
  if (Number(digits) > MAX_INDEX) fail(at, `an index is at most ${MAX_INDEX}`);
  return [{ kind: "index", index: Number(digits) }, closeBracket(text, at + digits.length)];
}

function closeBracket(text: string, at: number): number {
  if (text[at] !== "]") fail(at, '"]" was expected');
  return at + 1;
}

/** `start` is at the opening quote. Escapes are those of JSON, and \' for a single quote. */
function parseQuoted(text: string, start: number): [name: string, next: number] {
  const quote = text[start];
  let name = "";
  let at = start + 1;
  for (;;) {
    const char = text[at];
    if (char === undefined) fail(start, "the quoted name does not end");
    if (char === quote) return [name, at + 1];
    if (char < " ") fail(at, "a control character must be escaped");
    if (char !== "\\") {
      name += char;
      at++;
      continue;
    }
    const escaped = text[at + 1] ?? "";
    const hex = /^[0-9a-fA-F]{4}$/.exec(text.slice(at + 2, at + 6))?.[0];
    if (escaped === "u") {
      if (hex === undefined) fail(at, "\\u needs four hex digits");
      name += String.fromCharCode(Number.parseInt(hex, 16));
      at += 6;
    } else {
      const plain = Object.hasOwn(ESCAPES, escaped) ? ESCAPES[escaped] : undefined;
      if (plain === undefined) fail(at, "unknown escape");
      name += plain;
      at += 2;
    }
  }
}

/** The one canonical text of a path; `parsePath` reads it back to the same segments. */
export function formatPath(path: JsonPath): string {
  return `$${path.map(formatSegment).join("")}`;
}

function formatSegment(segment: PathSegment): string {
  if (segment.kind === "each") return "[*]";
  if (segment.kind === "index") return `[${segment.index}]`;
  const { name } = segment;
  return name !== "" && matchAt(PLAIN_NAME, name, 0) === name ? `.${name}` : `['${escapeName(name)}']`;
}

function escapeName(name: string): string {
  return name
    .replace(/[\\']/g, "\\$&")
    .replace(/\p{C}|\p{Zl}|\p{Zp}/gu, (char) =>
      Array.from({ length: char.length }, (_, at) => unicodeEscape(char.charCodeAt(at))).join(""),
    );
}

const unicodeEscape = (unit: number): string => `\\u${unit.toString(16).padStart(4, "0")}`;

/** True when both lead to the same place. */
export function isSamePath(a: JsonPath, b: JsonPath): boolean {
  return a.length === b.length && isWithin(a, b);
}

/** True when `inner` is `outer` or lies below it. */
export function isWithin(inner: JsonPath, outer: JsonPath): boolean {
  return outer.length <= inner.length && outer.every((segment, at) => isSameSegment(segment, inner[at]));
}

function isSameSegment(a: PathSegment, b: PathSegment | undefined): boolean {
  if (a.kind === "name") return b?.kind === "name" && a.name === b.name;
  if (a.kind === "index") return b?.kind === "index" && a.index === b.index;
  return b?.kind === "each";
}
