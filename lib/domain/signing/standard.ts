// Owns Standard Webhooks signatures over several keys: HMAC-SHA256 as v1, Ed25519 as v1a, mixed in one list
// (github.com/standard-webhooks/standard-webhooks, spec, "Signature scheme"). Svix differs in the headers' prefix only.
import { createHmac, sign, timingSafeEqual, verify } from "node:crypto";
import { SecretError, type SigningKey } from "./keys";
import { type HeaderList, headerValue, skewProblem, type VerifyResult } from "./verify-result";

export type StandardSignInput = {
  id: string;
  timestampMs: number;
  body: Uint8Array;
  /** The current one first; every one yields a signature. */
  keys: readonly SigningKey[];
};

function signature(key: SigningKey, head: string, body: Uint8Array): string {
  if (key.type === "hmac") {
    return `v1,${createHmac("sha256", key.key).update(head).update(body).digest("base64")}`;
  }
  if (key.privateKey === null) throw new SecretError("a public key cannot sign");
  return `v1a,${sign(null, Buffer.concat([Buffer.from(head), body]), key.privateKey).toString("base64")}`;
}

/** The three headers, their names beginning with the prefix: id, timestamp (Unix seconds), signature. */
export function signStandard(prefix: string, input: StandardSignInput): [string, string][] {
  const timestamp = String(Math.floor(input.timestampMs / 1000));
  const head = `${input.id}.${timestamp}.`;
  const [first, ...others] = input.keys;
  if (first === undefined) throw new SecretError("there is no secret to sign with");
  let value = signature(first, head, input.body);
  for (const key of others) value += ` ${signature(key, head, input.body)}`;
  return [
    [`${prefix}-id`, input.id],
    [`${prefix}-timestamp`, timestamp],
    [`${prefix}-signature`, value],
  ];
}

export type StandardVerifyInput = {
  headers: HeaderList;
  body: Uint8Array;
  keys: readonly SigningKey[];
  nowMs: number;
  toleranceSeconds: number;
};

function matches(key: SigningKey, given: string, head: string, body: Uint8Array): boolean {
  const comma = given.indexOf(",");
  const version = given.slice(0, comma);
  const bytes = Buffer.from(given.slice(comma + 1), "base64");
  if (key.type === "ed25519") {
    const content = Buffer.concat([Buffer.from(head), body]);
    return version === "v1a" && bytes.length === 64 && verify(null, content, key.publicKey, bytes);
  }
  if (version !== "v1") return false;
  const expected = createHmac("sha256", key.key).update(head).update(body).digest();
  // Unequal lengths would make timingSafeEqual throw; a digest's length is no secret.
  return bytes.length === expected.length && timingSafeEqual(bytes, expected);
}

/** Checks the three headers as the published libraries do. */
export function verifyStandard(prefix: string, input: StandardVerifyInput): VerifyResult {
  const names = [`${prefix}-id`, `${prefix}-timestamp`, `${prefix}-signature`];
  const [id, timestamp, list] = names.map((name) => headerValue(input.headers, name));
  if (!id || !timestamp || !list) {
    const missing = names.filter((name) => !headerValue(input.headers, name));
    return { outcome: "missing_headers", headers: missing };
  }
  if (!/^\d{1,15}$/.test(timestamp)) return { outcome: "bad_timestamp" };
  const problem = skewProblem(Number(timestamp) * 1000, input.nowMs, input.toleranceSeconds);
  if (problem !== null) return problem;
  const signatures = list.split(" ").filter((text) => /^v\d+a?,/.test(text));
  if (signatures.length === 0) return { outcome: "malformed_signature", header: `${prefix}-signature` };
  const head = `${id}.${timestamp}.`;
  const keyIndex = input.keys.findIndex((key) =>
    signatures.some((given) => matches(key, given, head, input.body)),
  );
  return keyIndex === -1 ? { outcome: "no_match" } : { outcome: "verified", keyIndex };
}
