// Owns the reading of an envelope: JSON text whose string leaves may be placeholders. Gives a tree that keeps member order
// and the literals as they were typed. Runs in the browser too.
import { JsonScanError, scanValue } from "@/lib/domain/json/scan";
import { type JsonToken, tokenizeJson } from "@/lib/domain/json/tokens";
import { dataPaths, type Placeholder, parseText, type TextPart } from "./placeholder";

export const MAX_ENVELOPE_LENGTH = 16_384;
/** Each of these may copy all of the data; how large the body gets is bounded when it is made (`body-limit.ts`). */
const MAX_DATA_PLACEHOLDERS = 32;
const MAX_PLACEHOLDERS = 100;
const MAX_DEPTH = 32;

export type EnvelopeNode =
  /** JSON text without a placeholder, as it was typed. */
  | { kind: "literal"; json: string }
  /** A string that is one placeholder: becomes that JSON value. */
  | { kind: "value"; placeholder: Placeholder }
  /** Text around placeholders: becomes a JSON string. */
  | { kind: "text"; parts: readonly TextPart[] }
  /** `key` is JSON text, quotes included. */
  | { kind: "object"; members: readonly { key: string; node: EnvelopeNode }[] }
  | { kind: "array"; items: readonly EnvelopeNode[] };

export type ParsedEnvelope =
  | { outcome: "parsed"; root: EnvelopeNode; placeholders: readonly Placeholder[] }
  | { outcome: "refused"; message: string };

class Refusal extends Error {}

const isAllData = (value: { kind: string; path?: readonly string[] }) =>
  value.kind === "data" && value.path?.length === 0;

/** Where the text stops being JSON; by our own scanner, so that every browser and Node says the same. */
function whyNotJson(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const lineAt = (end: number) => bytes.subarray(0, end).filter((byte) => byte === 0x0a).length + 1;
  try {
    const end = scanValue(bytes, 0, MAX_DEPTH + 1);
    return `the envelope is not JSON: line ${lineAt(end)}: there is text behind its end`;
  } catch (error) {
    if (!(error instanceof JsonScanError)) throw error;
    const words = error.message.replace(/ at byte \d+$/, "");
    return `the envelope is not JSON: line ${lineAt(error.position)}: ${words}`;
  }
}

/** Reads the tokens of one valid JSON text; the position is kept in the reader. */
function createReader(tokens: readonly JsonToken[]) {
  const placeholders: Placeholder[] = [];
  let at = 0;
  const next = (): JsonToken => tokens[at++] ?? { kind: "space", text: "" };
  const refuse = (path: readonly string[], message: string): never => {
    throw new Refusal(path.length === 0 ? message : `in "${path.join(".")}": ${message}`);
  };

  function readString(token: JsonToken, path: readonly string[]): EnvelopeNode {
    const parsed = parseText(JSON.parse(token.text) as string, "envelope");
    if (parsed.outcome === "refused") return refuse(path, parsed.message);
    const found = parsed.parts.filter((part) => typeof part !== "string");
    if (found.length === 0) return { kind: "literal", json: token.text };
    placeholders.push(...found);
    const [only] = parsed.parts;
    if (parsed.parts.length === 1 && only !== undefined && typeof only !== "string") {
      return { kind: "value", placeholder: only };
    }
    if (found.some(({ ref, fallback }) => isAllData(ref) || (fallback !== null && isAllData(fallback)))) {
      return refuse(path, "all of event.data can only stand by itself, without text around it");
    }
    return { kind: "text", parts: parsed.parts };
  }

  function readMembers(path: readonly string[]): EnvelopeNode {
    const members: { key: string; node: EnvelopeNode }[] = [];
    const seen = new Set<string>();
    for (let token = next(); token.text !== "}"; token = next()) {
      if (token.kind === "comma") continue;
      const name = JSON.parse(token.text) as string;
      if (seen.has(name)) refuse(path, `"${name}" is given twice`);
      if (name.includes("{{")) refuse(path, `"${name}": a member's name cannot be a placeholder`);
      seen.add(name);
      members.push({ key: token.text, node: readNode([...path, name]) });
    }
    return { kind: "object", members };
  }

  function readItems(path: readonly string[]): EnvelopeNode {
    const items: EnvelopeNode[] = [];
    while (tokens[at]?.text !== "]") {
      if (tokens[at]?.kind === "comma") at++;
      items.push(readNode([...path, String(items.length)]));
    }
    at++;
    return { kind: "array", items };
  }

  function readNode(path: readonly string[]): EnvelopeNode {
    if (path.length > MAX_DEPTH) refuse([], `the envelope is nested more than ${MAX_DEPTH} deep`);
    const token = next();
    if (token.kind === "string") return readString(token, path);
    if (token.text === "{") return readMembers(path);
    if (token.text === "[") return readItems(path);
    return { kind: "literal", json: token.text };
  }

  return { readNode, placeholders };
}

function checkPlaceholders(root: EnvelopeNode, placeholders: readonly Placeholder[]): string | null {
  const optionalRoot =
    (root.kind === "value" && root.placeholder.optional) ||
    (root.kind === "text" && root.parts.some((part) => typeof part !== "string" && part.optional));
  if (optionalRoot) return "the whole body cannot be left out; remove the question mark";
  if (placeholders.length > MAX_PLACEHOLDERS) {
    return `the envelope has ${placeholders.length} placeholders; at most ${MAX_PLACEHOLDERS} are allowed`;
  }
  const data = placeholders.flatMap((placeholder) => dataPaths([placeholder])).length;
  if (data > MAX_DATA_PLACEHOLDERS) {
    return `event.data is used ${data} times; at most ${MAX_DATA_PLACEHOLDERS} times are allowed`;
  }
  return null;
}

/** The envelope as a tree, or what is wrong with it and where. */
export function parseEnvelope(text: string): ParsedEnvelope {
  if (text.length > MAX_ENVELOPE_LENGTH) {
    return { outcome: "refused", message: `the envelope is longer than ${MAX_ENVELOPE_LENGTH} characters` };
  }
  const tokens = tokenizeJson(text);
  if (tokens === null) return { outcome: "refused", message: whyNotJson(text) };
  const reader = createReader(tokens.filter(({ kind }) => kind !== "space" && kind !== "colon"));
  try {
    const root = reader.readNode([]);
    const problem = checkPlaceholders(root, reader.placeholders);
    if (problem !== null) return { outcome: "refused", message: problem };
    return { outcome: "parsed", root, placeholders: reader.placeholders };
  } catch (error) {
    if (error instanceof Refusal) return { outcome: "refused", message: error.message };
    throw error;
  }
}
