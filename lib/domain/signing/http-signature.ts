// Owns HTTP signatures in the manner of draft-cavage-http-signatures: a list of headers is signed, and named in the
// signature's own header. docs/decisions says which reading of the draft this is.
import { createHmac, timingSafeEqual } from "node:crypto";
import { EXPIRES, type HttpSignatureScheme, REQUEST_TARGET } from "@/lib/domain/profile/signature-scheme";
import { pathOf } from "./hmac";
import { SecretError, type SigningKey } from "./keys";
import { type HeaderList, headerValue, skewProblem, type VerifyResult } from "./verify-result";

/** Where the draft itself puts a signature, its value begins with the name of the scheme. */
const AUTHORIZATION = "authorization";
const SCHEME = "Signature ";

export type HttpSignInput = {
  timestampMs: number;
  keys: readonly SigningKey[];
  method: string;
  url: string;
  /** The request's headers so far: those that are signed have to be among them, except host and date. */
  headers: HeaderList;
  /** Names the secret to the receiver. */
  keyId: string;
};

type Facts = { method: string; url: string; expires: string | null; header: (name: string) => string | null };

/** The string to sign, or the name of a part that is not there. */
function signingString(names: readonly string[], facts: Facts): { text: string } | { missing: string } {
  const lines: string[] = [];
  for (const name of names) {
    const value =
      name === REQUEST_TARGET
        ? `${facts.method.toLowerCase()} ${pathOf(facts.url)}`
        : name === EXPIRES
          ? facts.expires
          : facts.header(name);
    if (value === null) return { missing: name };
    lines.push(`${name}: ${value}`);
  }
  return { text: lines.join("\n") };
}

/** A value between double quotes: what could end it is percent-encoded. */
const quoted = (text: string) => `"${text.replace(/["\\]/g, (char) => (char === '"' ? "%22" : "%5C"))}"`;

/** `date` where it is signed, and the signature's header, made with the first key. */
export function signHttp(scheme: HttpSignatureScheme, input: HttpSignInput): [string, string][] {
  const key = input.keys.find(({ type }) => type === "hmac");
  if (key?.type !== "hmac") throw new SecretError("there is no secret to sign with");
  const seconds = Math.floor(input.timestampMs / 1000);
  const date = new Date(seconds * 1000).toUTCString();
  const expires = scheme.expires_seconds === null ? null : String(seconds + scheme.expires_seconds);
  const made = signingString(scheme.headers, {
    method: input.method,
    url: input.url,
    expires,
    header: (name) => {
      if (name === "date") return date;
      return headerValue(input.headers, name) ?? (name === "host" ? new URL(input.url).host : null);
    },
  });
  if ("missing" in made) throw new Error(`the header "${made.missing}" is to be signed but not sent`);
  const signature = createHmac(scheme.hash, key.key).update(made.text).digest(scheme.encoding);
  const params = [
    `keyId=${quoted(input.keyId)}`,
    `algorithm="hmac-${scheme.hash}"`,
    `headers="${scheme.headers.join(" ")}"`,
    ...(expires === null ? [] : [`expires=${expires}`]),
    `signature="${signature}"`,
  ].join(",");
  const prefix = scheme.header.toLowerCase() === AUTHORIZATION ? SCHEME : "";
  const signed: [string, string] = [scheme.header, prefix + params];
  return scheme.headers.includes("date") ? [["date", date], signed] : [signed];
}

const PARAM = /([A-Za-z]+)=(?:"([^"]*)"|(\d+))(?:,|$)/y;

/** The parameters of a signature's header, or null when it is not written as the draft has it. */
function parseParams(text: string): Map<string, string> | null {
  const params = new Map<string, string>();
  PARAM.lastIndex = 0;
  while (PARAM.lastIndex < text.length) {
    const match = PARAM.exec(text);
    const name = match?.[1];
    if (match === null || name === undefined || params.has(name)) return null;
    params.set(name, match[2] ?? match[3] ?? "");
  }
  return params;
}

export type HttpVerifyInput = {
  headers: HeaderList;
  keys: readonly SigningKey[];
  nowMs: number;
  toleranceSeconds: number;
  method: string;
  url: string;
};

/**
 * Checks a signature over exactly the parts that the scheme signs. That the body fits its hash is for the caller to check:
 * the signature covers the header only.
 */
export function verifyHttp(scheme: HttpSignatureScheme, input: HttpVerifyInput): VerifyResult {
  const name = scheme.header.toLowerCase();
  const needed = [name, ...scheme.headers.filter((part) => !part.startsWith("("))];
  const missing = needed.filter((part) => headerValue(input.headers, part) === null);
  if (missing.length > 0) return { outcome: "missing_headers", headers: missing };
  const malformed: VerifyResult = { outcome: "malformed_signature", header: name };
  const value = headerValue(input.headers, name) ?? "";
  const prefix = name === AUTHORIZATION ? SCHEME : "";
  const params = value.startsWith(prefix) ? parseParams(value.slice(prefix.length)) : null;
  const expires = params?.get("expires") ?? null;
  if (params?.get("headers") !== scheme.headers.join(" ")) return malformed;
  if (params.get("algorithm") !== `hmac-${scheme.hash}`) return malformed;
  if ((expires !== null) !== (scheme.expires_seconds !== null)) return malformed;

  if (scheme.headers.includes("date")) {
    const dateMs = Date.parse(headerValue(input.headers, "date") ?? "");
    if (Number.isNaN(dateMs)) return { outcome: "bad_timestamp" };
    const problem = skewProblem(dateMs, input.nowMs, input.toleranceSeconds);
    if (problem !== null) return problem;
  }
  const agoSeconds = expires === null ? 0 : Math.floor(input.nowMs / 1000) - Number(expires);
  if (agoSeconds > 0) return { outcome: "expired", agoSeconds };

  const made = signingString(scheme.headers, {
    method: input.method,
    url: input.url,
    expires,
    header: (part) => headerValue(input.headers, part),
  });
  if ("missing" in made) return malformed;
  const given = Buffer.from(params.get("signature") ?? "", scheme.encoding);
  const keyIndex = input.keys.findIndex((key) => {
    if (key.type !== "hmac") return false;
    const expected = createHmac(scheme.hash, key.key).update(made.text).digest();
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  return keyIndex === -1 ? { outcome: "no_match" } : { outcome: "verified", keyIndex };
}
