// Owns what cannot stand together in one profile, each with its place and its reason. Runs in the browser too.
import { checkCustomHeaders } from "@/lib/domain/endpoint/header-policy";
import type { ProfileDefinition } from "./definition-shape";
import { isAlwaysThere, parseText } from "./placeholder";
import {
  carriesSeveral,
  EXPIRES,
  type HmacScheme,
  type HttpSignatureScheme,
  REQUEST_TARGET,
  type SignatureScheme,
  schemeHeaders,
} from "./signature-scheme";

export type Contradiction = { path: readonly (string | number)[]; message: string };

/** Prefixes and names that are a profile's own to use for its signature and its hash, unlike an endpoint's headers. */
const SIGNATURE_NAMES = /^(webhook|svix)-|^(signature|authorization)$/;
const HASH_NAMES = /^(digest|content-digest|repr-digest)$/;
/** These would carry a secret, and a profile is not stored as one. */
const CREDENTIALS = /^(authorization|cookie|x-api-key)$/i;

/** Why the name belongs to Signpost or to HTTP, or null. */
function reservedProblem(name: string): string | null {
  const verdict = checkCustomHeaders({ [name]: "value" });
  return verdict.outcome === "refused" ? (verdict.errors[0]?.message ?? "This header cannot be set.") : null;
}

function* headerNameProblems(definition: ProfileDefinition): Generator<Contradiction> {
  const { headers, signature, content_hash } = definition;
  const seen = new Set([
    "content-type",
    "user-agent",
    ...(signature.kind === "http_signature" ? ["host"] : []),
  ]);
  const taken = (name: string): string | null => {
    const lower = name.toLowerCase();
    if (seen.has(lower)) return `the profile already sends "${lower}"`;
    seen.add(lower);
    return null;
  };
  for (const [field, name] of signatureNames(signature)) {
    const problem = taken(name) ?? (SIGNATURE_NAMES.test(name.toLowerCase()) ? null : reservedProblem(name));
    if (problem !== null) yield { path: ["signature", field], message: problem };
  }
  if (signature.kind === "standard") for (const name of schemeHeaders(signature)) seen.add(name);
  if (signature.kind === "http_signature" && signature.headers.includes("date")) seen.add("date");
  if (content_hash !== null) {
    const { header } = content_hash;
    const problem = taken(header) ?? (HASH_NAMES.test(header.toLowerCase()) ? null : reservedProblem(header));
    if (problem !== null) yield { path: ["content_hash", "header"], message: problem };
  }
  for (const [index, { name }] of headers.entries()) {
    const problem = CREDENTIALS.test(name)
      ? "credentials belong to an endpoint's own headers, which are stored encrypted; a profile is not"
      : (reservedProblem(name) ?? taken(name));
    if (problem !== null) yield { path: ["headers", index, "name"], message: problem };
  }
}

function signatureNames(scheme: SignatureScheme): [field: string, name: string][] {
  if (scheme.kind === "http_signature") return [["header", scheme.header]];
  if (scheme.kind !== "hmac") return [];
  const names: [string, string | null][] = [
    ["header", scheme.header],
    ["timestamp_header", scheme.timestamp_header],
    ["id_header", scheme.id_header],
  ];
  return names.flatMap(([field, name]): [string, string][] => (name === null ? [] : [[field, name]]));
}

function* hmacProblems(scheme: HmacScheme): Generator<Contradiction> {
  const sent = { timestamp: scheme.timestamp_header, id: scheme.id_header };
  for (const slot of ["timestamp", "id"] as const) {
    if (!scheme.content.includes(`{${slot}}`) || scheme.format.includes(`{${slot}}`)) continue;
    if (sent[slot] === null) {
      yield {
        path: ["signature", `${slot}_header`],
        message: `{${slot}} is signed but never sent, so that nobody could verify it: name a header for it, or put {${slot}} into the format`,
      };
    }
  }
  if (/\}\{/.test(scheme.format)) {
    yield {
      path: ["signature", "format"],
      message:
        "two values touch each other, so that nobody could tell them apart; put something between them",
    };
  }
  if (scheme.separator === null) return;
  const inside = scheme.each.replace("{signature}", "");
  if (inside.includes(scheme.separator) || /[0-9A-Za-z+/=]/.test(scheme.separator)) {
    yield {
      path: ["signature", "separator"],
      message: `"${scheme.separator}" may also occur inside a signature, so that a list could not be read`,
    };
  }
}

/** Names of headers that every request of the profile has when it is signed. */
function certainHeaders({ headers, content_hash }: ProfileDefinition): Set<string> {
  const names = new Set(["host", "date", "content-type"]);
  if (content_hash !== null) names.add(content_hash.header.toLowerCase());
  for (const { name, value } of headers) {
    const parsed = parseText(value, "header");
    const isCertain =
      parsed.outcome === "parsed" &&
      parsed.parts.some((part) => typeof part === "string" || isAlwaysThere(part)) &&
      parsed.parts.every((part) => typeof part === "string" || !part.optional || isAlwaysThere(part));
    // A value of any length may be left out for its length; those of fixed form never are.
    if (isCertain && !/event\.(subject|tenant|attributes|data)/.test(value)) names.add(name.toLowerCase());
  }
  return names;
}

function* httpSignatureProblems(
  scheme: HttpSignatureScheme,
  definition: ProfileDefinition,
): Generator<Contradiction> {
  const certain = certainHeaders(definition);
  for (const [index, name] of scheme.headers.entries()) {
    if (name === REQUEST_TARGET || name === EXPIRES || certain.has(name)) continue;
    yield {
      path: ["signature", "headers", index],
      message: `"${name}" is signed, but not every request of this profile has that header`,
    };
  }
  const hashHeader = definition.content_hash?.header.toLowerCase();
  if (hashHeader === undefined || !scheme.headers.includes(hashHeader)) {
    yield {
      path: ["signature", "headers"],
      message: "the body is not signed: give the profile a content hash and name its header here",
    };
  }
  if (scheme.headers.includes(EXPIRES) !== (scheme.expires_seconds !== null)) {
    yield {
      path: ["signature", "expires_seconds"],
      message: `an expiry counts only when it is signed: set expires_seconds and name ${EXPIRES} in headers, or neither`,
    };
  }
  const keyId = parseText(scheme.key_id, "header");
  if (keyId.outcome === "refused") yield { path: ["signature", "key_id"], message: keyId.message };
  else if (keyId.parts.some((part) => typeof part === "string" && /["\\]/.test(part))) {
    yield { path: ["signature", "key_id"], message: 'must not contain " or \\' };
  }
}

/** Which kinds of generated secrets a scheme can sign with. */
function secretKindsFor(scheme: SignatureScheme): readonly string[] {
  if (scheme.kind === "none") return ["none"];
  if (scheme.kind === "standard") return ["whsec", "ed25519"];
  return scheme.key === "utf8" ? ["whsec", "hex", "base64"] : [scheme.key];
}

/** Everything in a definition that contradicts something else in it. */
export function contradictions(definition: ProfileDefinition): Contradiction[] {
  const { signature, secret, rotation } = definition;
  const found: Contradiction[] = [...headerNameProblems(definition)];
  if (signature.kind === "hmac") found.push(...hmacProblems(signature));
  if (signature.kind === "http_signature") found.push(...httpSignatureProblems(signature, definition));
  const kinds = secretKindsFor(signature);
  if (!kinds.includes(secret.kind)) {
    found.push({
      path: ["secret", "kind"],
      message: `this signature cannot be made with a ${secret.kind} secret; it takes ${kinds.join(" or ")}`,
    });
  }
  if (rotation.overlap === "allowed" && !carriesSeveral(signature)) {
    found.push({
      path: ["rotation", "overlap"],
      message:
        "an overlap is not possible, because this signature carries one signature: the new secret replaces the old one at once (never)",
    });
  }
  if (rotation.overlap === "never" && rotation.default_overlap_seconds !== 0) {
    found.push({
      path: ["rotation", "default_overlap_seconds"],
      message: "must be 0 when there is no overlap",
    });
  }
  return found;
}
