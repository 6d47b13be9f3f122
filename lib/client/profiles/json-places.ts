// Owns where in a JSON text things stand: a member that a problem's path names, and the place where the text stops being
// JSON. Positions are characters, as editors count them.
import { JsonScanError, scanValue } from "@/lib/domain/json/scan";
import { type JsonToken, tokenizeJson } from "@/lib/domain/json/tokens";

export type TextRange = { from: number; to: number };

const MAX_DEPTH = 200;

/** Why and where the text is not JSON; null when it is. */
export function jsonProblem(text: string): (TextRange & { message: string }) | null {
  const bytes = new TextEncoder().encode(text);
  const at = (position: number) => new TextDecoder().decode(bytes.subarray(0, position)).length;
  const problem = (position: number, message: string) => {
    const from = Math.min(at(position), text.length);
    return { from, to: Math.min(from + 1, text.length), message };
  };
  try {
    const end = scanValue(bytes, 0, MAX_DEPTH);
    const rest = text.slice(at(end));
    return rest.trim() === ""
      ? null
      : problem(end + rest.length - rest.trimStart().length, "There is text behind the end.");
  } catch (error) {
    if (!(error instanceof JsonScanError)) throw error;
    const words = error.message.replace(/ at byte \d+$/, "");
    return problem(error.position, `${words.charAt(0).toUpperCase()}${words.slice(1)}.`);
  }
}

type Placed = JsonToken & TextRange;

function placedTokens(text: string): Placed[] | null {
  const tokens = tokenizeJson(text);
  if (tokens === null) return null;
  let from = 0;
  const placed = tokens.map((token) => {
    const start = from;
    from += token.text.length;
    return { ...token, from: start, to: from };
  });
  return placed.filter(({ kind }) => kind !== "space");
}

/** The index behind the value that begins at `at`. */
function skipValue(tokens: readonly Placed[], at: number): number {
  let depth = 0;
  let index = at;
  do {
    const kind = tokens[index]?.kind;
    if (kind === "open") depth++;
    if (kind === "close") depth--;
    index++;
  } while (depth > 0 && index < tokens.length);
  return index;
}

/** The index of the child's value in the container that begins at `at`; null when it has no such child. */
function findChild(tokens: readonly Placed[], at: number, name: string | number): number | null {
  const isObject = tokens[at]?.text === "{";
  let index = at + 1;
  for (let item = 0; index < tokens.length && tokens[index]?.kind !== "close"; item++) {
    let child: string | number = item;
    if (isObject) {
      child = JSON.parse(tokens[index]?.text ?? '""') as string;
      index += 2;
    }
    if (child === name) return index;
    index = skipValue(tokens, index);
    if (tokens[index]?.kind === "comma") index++;
  }
  return null;
}

/** Where the value at the path stands, or the nearest container of it; null for a text that is not JSON. */
export function placeOf(text: string, path: readonly PropertyKey[]): TextRange | null {
  const tokens = placedTokens(text);
  if (tokens === null) return null;
  let at = 0;
  for (const name of path) {
    const kind = tokens[at]?.kind;
    const child = kind === "open" ? findChild(tokens, at, name as string | number) : null;
    if (child === null) break;
    at = child;
  }
  const [first, last] = [tokens[at], tokens[skipValue(tokens, at) - 1]];
  if (first === undefined || last === undefined) return null;
  // A whole object would be underlined from end to end: its opening brace is enough.
  return { from: first.from, to: first.kind === "open" ? first.to : last.to };
}
