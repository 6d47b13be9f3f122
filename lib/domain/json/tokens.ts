// Owns a tolerant reading of JSON text into tokens for people: printing and colouring. Every character of the text is in
// exactly one token, nothing is decoded, so numbers, escapes, duplicates and key order are shown as they came.

export type JsonTokenKind =
  | "space"
  | "open"
  | "close"
  | "comma"
  | "colon"
  | "key"
  | "string"
  | "number"
  | "literal";
export type JsonToken = { kind: JsonTokenKind; text: string };

const SPACE = /[ \t\n\r]+/y;
// One character an alternative: a long or unterminated string must not backtrack.
const STRING = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LITERAL = /true|false|null/y;
const PUNCTUATION: Record<string, JsonTokenKind> = {
  "{": "open",
  "[": "open",
  "}": "close",
  "]": "close",
  ",": "comma",
  ":": "colon",
};

/** The tokens of a JSON text, or null when it is not JSON (RFC 8259): then it is only text. */
export function tokenizeJson(text: string): JsonToken[] | null {
  const tokens: JsonToken[] = [];
  const grammar = createGrammar();
  let at = 0;
  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0] ?? null;
  };
  while (at < text.length) {
    const char = text[at] ?? "";
    const space = match(SPACE);
    const token: JsonToken | null =
      space !== null ? { kind: "space", text: space } : readToken(char, match, grammar.expectsKey());
    if (token === null || (token.kind !== "space" && !grammar.accept(token))) return null;
    tokens.push(token);
    at += token.text.length;
  }
  return grammar.isComplete() ? tokens : null;
}

function readToken(
  char: string,
  match: (pattern: RegExp) => string | null,
  isKey: boolean,
): JsonToken | null {
  const punctuation = PUNCTUATION[char];
  if (punctuation !== undefined) return { kind: punctuation, text: char };
  const kind: JsonTokenKind =
    char === '"' ? (isKey ? "key" : "string") : /[-\d]/.test(char) ? "number" : "literal";
  const text = match(char === '"' ? STRING : kind === "number" ? NUMBER : LITERAL);
  return text === null ? null : { kind, text };
}

/** What may come next. Iterative, so that no depth of nesting overflows the stack. */
function createGrammar() {
  type Want = "value" | "value-or-close" | "key" | "key-or-close" | "colon" | "comma-or-close" | "end";
  const open: string[] = [];
  let want: Want = "value";
  const ended = () => {
    want = open.length === 0 ? "end" : "comma-or-close";
    return true;
  };
  const close = (text: string) => {
    const isAllowed = want === "comma-or-close" || want === "value-or-close" || want === "key-or-close";
    if (!isAllowed || open.at(-1) !== (text === "}" ? "{" : "[")) return false;
    open.pop();
    return ended();
  };
  return {
    expectsKey: () => want === "key" || want === "key-or-close",
    isComplete: () => want === "end",
    accept({ kind, text }: JsonToken): boolean {
      const takesValue = want === "value" || want === "value-or-close";
      switch (kind) {
        case "open":
          if (!takesValue) return false;
          open.push(text);
          want = text === "{" ? "key-or-close" : "value-or-close";
          return true;
        case "close":
          return close(text);
        case "comma":
          if (want !== "comma-or-close") return false;
          want = open.at(-1) === "{" ? "key" : "value";
          return true;
        case "colon":
          if (want !== "colon") return false;
          want = "value";
          return true;
        case "key":
          want = "colon";
          return true;
        default:
          return takesValue && ended();
      }
    },
  };
}
