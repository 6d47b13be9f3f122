// Owns making the invisible visible: control characters, bidirectional overrides and zero-width characters in text that
// came from outside become marks, so that nothing can hide or reorder what a person reads.

export type TextPart = { kind: "plain" | "escape"; text: string };

// C0 without tab and newline, DEL and C1, zero-width and bidi controls, line separators, lone surrogates, BOM.
const HIDDEN = new RegExp(
  [
    "[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f]",
    "[\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u2069\\ufeff\\ufff9-\\ufffb]",
    "[\\ud800-\\udbff](?![\\udc00-\\udfff])",
    "(?<![\\ud800-\\udbff])[\\udc00-\\udfff]",
  ].join("|"),
  "g",
);

/** `\u{202e}`, `\x1b`, `\r`: how a hidden character is written out. */
function escapeOf(char: string): string {
  const code = char.charCodeAt(0);
  if (code === 0x0d) return "\\r";
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, "0")}`;
  return `\\u{${code.toString(16)}}`;
}

/** The text in parts; joined, plain parts and escapes read as one line of truth. CRLF counts as a line end and stays plain. */
export function visibleParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(HIDDEN)) {
    const [char] = match;
    if (char === "\r" && text[match.index + 1] === "\n") continue;
    if (match.index > from) parts.push({ kind: "plain", text: text.slice(from, match.index) });
    parts.push({ kind: "escape", text: escapeOf(char) });
    from = match.index + char.length;
  }
  if (from < text.length) parts.push({ kind: "plain", text: text.slice(from) });
  return parts;
}

/** The same as one string, for titles and single lines. */
export function visibleText(text: string): string {
  return visibleParts(text)
    .map((part) => part.text)
    .join("");
}

/** One line for a subject or a name: nothing hidden, no line ends, no more than `max` characters. */
export function oneLine(text: string, max = 120): string {
  const line = visibleText(text.replace(/[\r\n\t\u2028\u2029]+/g, " ")).trim();
  const characters = [...line];
  return characters.length <= max ? line : `${characters.slice(0, max - 1).join("")}…`;
}
