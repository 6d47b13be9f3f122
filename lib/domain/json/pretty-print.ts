// Owns the indented form of a JSON text. It moves white space only: the same tokens come out, character for character.
import { type JsonToken, tokenizeJson } from "./tokens";

const INDENT = "  ";
/** Deeper than this, lines stop moving to the right: 128 levels would otherwise be mostly blanks. */
const MAX_INDENT = 24;

/** The tokens of `text` with white space for reading, or null when it is not JSON. */
export function prettyTokens(text: string): JsonToken[] | null {
  const tokens = tokenizeJson(text)?.filter((token) => token.kind !== "space");
  if (tokens === undefined) return null;
  const pretty: JsonToken[] = [];
  let depth = 0;
  const line = () => pretty.push({ kind: "space", text: `\n${INDENT.repeat(Math.min(depth, MAX_INDENT))}` });
  for (const [index, token] of tokens.entries()) {
    const previous = tokens[index - 1];
    const next = tokens[index + 1];
    if (token.kind === "close") {
      depth--;
      // An empty object or array stays on one line.
      if (previous?.kind !== "open") line();
    }
    pretty.push(token);
    if (token.kind === "open") {
      depth++;
      if (next?.kind !== "close") line();
    } else if (token.kind === "comma") line();
    else if (token.kind === "colon") pretty.push({ kind: "space", text: " " });
  }
  return pretty;
}

/** The indented text, or null when it is not JSON. */
export function prettyJson(text: string): string | null {
  return (
    prettyTokens(text)
      ?.map((token) => token.text)
      .join("") ?? null
  );
}
