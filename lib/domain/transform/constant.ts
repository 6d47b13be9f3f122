// Owns turning a constant that came as a JavaScript value into JSON text without losing anything on the way.

type JsonTextResult = { ok: true; text: string } | { ok: false; message: string };

class NotJson extends Error {}

/** The compact JSON text of a value nested at most `maxDepth` deep, or why it cannot be written exactly. */
export function valueToJson(value: unknown, maxDepth: number): JsonTextResult {
  try {
    return { ok: true, text: toText(value, maxDepth) };
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    return { ok: false, message: error.message };
  }
}

function toText(value: unknown, depth: number): string {
  if (value === null || typeof value === "boolean" || typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") return numberText(value);
  if (typeof value !== "object") throw new NotJson("must be a JSON value");
  if (depth === 0) throw new NotJson("is nested too deep");
  if (Array.isArray(value)) return `[${value.map((item) => toText(item, depth - 1)).join(",")}]`;
  const members = Object.entries(value).map(
    ([name, item]) => `${JSON.stringify(name)}:${toText(item, depth - 1)}`,
  );
  return `{${members.join(",")}}`;
}

/** Above 2^53 a JavaScript number may already be another one than was written, and it does not know -0 from 0 in JSON. */
function numberText(value: number): string {
  if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER || Object.is(value, -0)) {
    throw new NotJson("has a number that would not come through exactly; use value_json for it");
  }
  return JSON.stringify(value);
}
