// Owns values as people type them into forms: what reads as JSON is that, anything else is text. Pure.

/** `json` is the exact JSON text of what was typed. */
export type LooseValue = {
  kind: "text" | "number" | "true or false" | "nothing" | "object" | "list";
  json: string;
};

function kindOf(value: unknown): LooseValue["kind"] {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return "list";
  if (typeof value === "number") return "number";
  if (typeof value === "boolean") return "true or false";
  return typeof value === "object" ? "object" : "text";
}

/** `12.50` is a number and keeps its digits, `"12.50"` and `twelve` are text, `null` is nothing. */
export function readLoose(typed: string): LooseValue {
  const text = typed.trim();
  try {
    const value: unknown = JSON.parse(text);
    return { kind: kindOf(value), json: text };
  } catch {
    return { kind: "text", json: JSON.stringify(typed) };
  }
}

/** What to type for this value. */
export function writeLoose(value: unknown): string {
  if (typeof value !== "string") return JSON.stringify(value);
  const read = readLoose(value);
  return read.kind === "text" && JSON.parse(read.json) === value ? value : JSON.stringify(value);
}

/** Parts between commas; a comma inside double quotes is none. */
export function splitLoose(typed: string): string[] {
  const parts = typed.match(/(?:"(?:[^"\\]|\\.)*"|[^,])+/g) ?? [];
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}
