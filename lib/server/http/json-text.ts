// Owns turning bytes into a JSON value strictly: valid UTF-8 without BOM, bounded depth, and an error that says where.
// Refuses to know schemas. JSON.parse decides what is valid; the scanner only counts depth and finds the mistake.
import { MAX_JSON_DEPTH } from "@/lib/contracts/events";
import { AppError } from "@/lib/domain/errors";

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Strict UTF-8 (RFC 8259, section 8.1: no byte order mark). Throws `invalid_utf8`. */
export function decodeUtf8(bytes: Uint8Array): string {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch (cause) {
    throw new AppError("invalid_utf8", "The body must be valid UTF-8.", { cause });
  }
  if (text.startsWith("\uFEFF")) {
    throw new AppError("invalid_utf8", "The body must not start with a byte order mark.");
  }
  return text;
}

/** True when arrays and objects are nested deeper than `max`; brackets inside strings do not count. */
export function isDeeperThan(text: string, max: number): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (inString) {
      if (char === 0x5c) i++;
      else if (char === 0x22) inString = false;
    } else if (char === 0x22) inString = true;
    else if (char === 0x7b || char === 0x5b) {
      if (++depth > max) return true;
    } else if (char === 0x7d || char === 0x5d) depth--;
  }
  return false;
}

// One character an alternative, never `+` inside `*`: an unterminated string must not backtrack exponentially.
const SPACE = /[ \t\n\r]*/y;
const SCALAR =
  /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** How far into `text` a valid JSON value reaches: the index of the first character that cannot belong to one. */
export function jsonErrorIndex(text: string): number {
  let at = 0;
  const eat = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at += found[0].length;
    return found !== null;
  };
  const take = (char: string) => {
    if (text[at] !== char) return false;
    at++;
    return true;
  };
  const key = () => {
    eat(SPACE);
    if (text[at] !== '"' || !eat(SCALAR)) return false;
    eat(SPACE);
    return take(":");
  };
  const open: string[] = [];
  for (;;) {
    eat(SPACE);
    if (take("{")) {
      eat(SPACE);
      if (!take("}")) {
        open.push("}");
        if (!key()) return at;
        continue;
      }
    } else if (take("[")) {
      eat(SPACE);
      if (!take("]")) {
        open.push("]");
        continue;
      }
    } else if (!eat(SCALAR)) return at;
    // A value has ended: close what ends here, or go on after a comma.
    for (;;) {
      eat(SPACE);
      const closer = open.at(-1);
      if (closer === undefined) return at;
      if (take(closer)) {
        open.pop();
        continue;
      }
      if (!take(",")) return at;
      if (closer === "}" && !key()) return at;
      break;
    }
  }
}

function describeError(text: string): string {
  const index = jsonErrorIndex(text);
  const before = text.slice(0, index);
  const line = before.split("\n").length;
  const column = index - before.lastIndexOf("\n");
  const what = index >= text.length ? "The body ends too early" : "The body is not valid JSON";
  return `${what}: line ${line}, column ${column} (position ${index}).`;
}

/** The value of a JSON text. Throws `invalid_json` with line, column and position, or `body_too_deep`. */
export function parseJsonText(text: string, maxDepth = MAX_JSON_DEPTH): unknown {
  if (isDeeperThan(text, maxDepth)) {
    throw new AppError("body_too_deep", `The body must not be nested deeper than ${maxDepth} levels.`);
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError("invalid_json", describeError(text), { cause });
  }
}
