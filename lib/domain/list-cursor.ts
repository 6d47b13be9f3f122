// Owns the text of list cursors: opaque to clients, checked on the way back. A cursor only names a position;
// every query is scoped to its environment, so a foreign or invented one can never widen what is read.

/** An opaque cursor for the given position, such as an id or `time|id`. */
export function encodeCursor(position: string): string {
  return Buffer.from(`1.${position}`, "utf8").toString("base64url");
}

/** The position in a cursor, or null when the text was not made by `encodeCursor`. */
export function decodeCursor(cursor: string): string | null {
  if (!/^[A-Za-z0-9_-]{4,300}$/.test(cursor)) return null;
  const text = Buffer.from(cursor, "base64url").toString("utf8");
  // Encoding it again must give the same text, or trailing bits and broken UTF-8 would pass.
  if (!text.startsWith("1.") || encodeCursor(text.slice(2)) !== cursor) return null;
  return text.slice(2);
}
