// Owns signatures whose form is data: which bytes are signed, how the digest is written, and which headers carry it.
import { createHmac, timingSafeEqual } from "node:crypto";
import {
  HMAC_CONTENT_SLOTS,
  HMAC_FORMAT_SLOTS,
  type HmacScheme,
  parseBraces,
} from "@/lib/domain/profile/signature-scheme";
import { SecretError, type SigningKey } from "./keys";
import { type HeaderList, headerValue, skewProblem, type VerifyResult } from "./verify-result";

type Parts = readonly (string | { slot: string })[];

/** A scheme with its templates cut up; made once, because schemes are values. */
type Prepared = {
  content: Parts;
  format: Parts;
  eachBefore: string;
  eachAfter: string;
  /** Matches the signature header; groups are named after their slots. */
  pattern: RegExp;
};

const prepared = new WeakMap<HmacScheme, Prepared>();

function cut(text: string, slots: readonly string[]): Parts {
  const parsed = parseBraces(text, slots);
  if (parsed.outcome === "refused") throw new Error(parsed.message);
  return parsed.parts;
}

const SLOT_PATTERNS: Record<string, string> = {
  id: "(?<id>[A-Za-z0-9_-]{1,128})",
  timestamp: "(?<timestamp>\\d{1,16})",
  signatures: "(?<signatures>.+)",
};

function prepare(scheme: HmacScheme): Prepared {
  const known = prepared.get(scheme);
  if (known !== undefined) return known;
  const format = cut(scheme.format, HMAC_FORMAT_SLOTS);
  const source = format
    .map((part) =>
      typeof part === "string" ? part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&") : SLOT_PATTERNS[part.slot],
    )
    .join("");
  const [eachBefore = "", eachAfter = ""] = scheme.each.split("{signature}");
  const made = {
    content: cut(scheme.content, HMAC_CONTENT_SLOTS),
    format,
    eachBefore,
    eachAfter,
    pattern: new RegExp(`^${source}$`),
  };
  prepared.set(scheme, made);
  return made;
}

/** Everything that a scheme can sign besides the headers. */
export type SignedRequest = { body: Uint8Array; method: string; url: string };

function contentSlot(slot: string, facts: SignedRequest & { id: string; timestamp: string }): string {
  switch (slot) {
    case "id":
      return facts.id;
    case "timestamp":
      return facts.timestamp;
    case "method":
      return facts.method;
    case "url":
      return facts.url;
    default:
      return pathOf(facts.url);
  }
}

/** Path and query of a URL, which may also be given without its origin. */
export function pathOf(url: string): string {
  const { pathname, search } = new URL(url, "http://localhost");
  return pathname + search;
}

function digest(
  scheme: HmacScheme,
  content: Parts,
  key: Uint8Array,
  facts: SignedRequest & { id: string; timestamp: string },
): Buffer {
  const hmac = createHmac(scheme.hash, key);
  for (const part of content) {
    if (typeof part === "string") hmac.update(part);
    else hmac.update(part.slot === "body" ? facts.body : contentSlot(part.slot, facts));
  }
  return hmac.digest();
}

export type HmacSignInput = SignedRequest & {
  id: string;
  timestampMs: number;
  keys: readonly SigningKey[];
};

/** The headers of an HMAC signature. A scheme that carries one signature is made with the first key. */
export function signHmac(scheme: HmacScheme, input: HmacSignInput): [string, string][] {
  const { content, format, eachBefore, eachAfter } = prepare(scheme);
  const timestamp = String(
    scheme.timestamp_unit === "ms" ? input.timestampMs : Math.floor(input.timestampMs / 1000),
  );
  const facts = { id: input.id, timestamp, body: input.body, method: input.method, url: input.url };
  const keys = input.keys.filter((key) => key.type === "hmac");
  if (keys.length === 0) throw new SecretError("there is no secret to sign with");
  const signatures = (scheme.separator === null ? keys.slice(0, 1) : keys)
    .map(({ key }) => eachBefore + digest(scheme, content, key, facts).toString(scheme.encoding) + eachAfter)
    .join(scheme.separator ?? "");
  const value = format
    .map((part) => {
      if (typeof part === "string") return part;
      return part.slot === "signatures" ? signatures : part.slot === "id" ? input.id : timestamp;
    })
    .join("");
  const headers: [string, string][] = [];
  if (scheme.id_header !== null) headers.push([scheme.id_header, input.id]);
  if (scheme.timestamp_header !== null) headers.push([scheme.timestamp_header, timestamp]);
  headers.push([scheme.header, value]);
  return headers;
}

export type HmacVerifyInput = SignedRequest & {
  headers: HeaderList;
  keys: readonly SigningKey[];
  nowMs: number;
  toleranceSeconds: number;
};

/** One given signature as bytes, or null when it is not written as the scheme writes it. */
function signatureBytes(scheme: HmacScheme, text: string): Buffer | null {
  const { eachBefore, eachAfter } = prepare(scheme);
  if (!text.startsWith(eachBefore) || !text.endsWith(eachAfter)) return null;
  const inner = text.slice(eachBefore.length, text.length - eachAfter.length);
  const bytes = Buffer.from(inner, scheme.encoding);
  const again = bytes.toString(scheme.encoding);
  return again === (scheme.encoding === "hex" ? inner.toLowerCase() : inner) ? bytes : null;
}

/** Checks an HMAC signature as a receiver would. The timestamp is looked at only where it is signed. */
export function verifyHmac(scheme: HmacScheme, input: HmacVerifyInput): VerifyResult {
  const { content, pattern } = prepare(scheme);
  const signsSlot = (slot: string) => content.some((part) => typeof part !== "string" && part.slot === slot);
  const given = headerValue(input.headers, scheme.header);
  const groups = given === null ? undefined : pattern.exec(given)?.groups;
  const value = (slot: "id" | "timestamp", header: string | null) =>
    groups?.[slot] ?? (header === null ? null : headerValue(input.headers, header));
  const id = value("id", scheme.id_header);
  const timestamp = value("timestamp", scheme.timestamp_header);
  const needed: [string | null, string | null][] = [
    [scheme.header, given],
    [signsSlot("id") ? scheme.id_header : null, id],
    [signsSlot("timestamp") ? scheme.timestamp_header : null, timestamp],
  ];
  const missing = needed.flatMap(([name, found]) => (name !== null && !found ? [name.toLowerCase()] : []));
  if (missing.length > 0) return { outcome: "missing_headers", headers: missing };
  if (groups === undefined) return { outcome: "malformed_signature", header: scheme.header.toLowerCase() };
  if (signsSlot("timestamp")) {
    if (timestamp === null || !/^\d{1,16}$/.test(timestamp)) return { outcome: "bad_timestamp" };
    const timestampMs = Number(timestamp) * (scheme.timestamp_unit === "ms" ? 1 : 1000);
    const problem = skewProblem(timestampMs, input.nowMs, input.toleranceSeconds);
    if (problem !== null) return problem;
  }
  const list = groups.signatures ?? "";
  const signatures = (scheme.separator === null ? [list] : list.split(scheme.separator)).flatMap((text) => {
    const bytes = signatureBytes(scheme, text.trim());
    return bytes === null ? [] : [bytes];
  });
  if (signatures.length === 0) return { outcome: "malformed_signature", header: scheme.header.toLowerCase() };
  const facts = {
    id: id ?? "",
    timestamp: timestamp ?? "",
    body: input.body,
    method: input.method,
    url: input.url,
  };
  for (const [keyIndex, key] of input.keys.entries()) {
    if (key.type !== "hmac") continue;
    const expected = digest(scheme, content, key.key, facts);
    // Unequal lengths would make timingSafeEqual throw; a digest's length is no secret.
    if (signatures.some((bytes) => bytes.length === expected.length && timingSafeEqual(bytes, expected))) {
      return { outcome: "verified", keyIndex };
    }
  }
  return { outcome: "no_match" };
}
