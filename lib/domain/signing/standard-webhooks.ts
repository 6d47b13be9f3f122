// Owns Standard Webhooks signing, symmetric v1 (github.com/standard-webhooks/standard-webhooks, spec, "Signature scheme").
// Knows bytes only: it neither builds nor parses a body.
import { createHmac, timingSafeEqual } from "node:crypto";

export { secretHint } from "./keys";

export const SECRET_PREFIX = "whsec_";

/** A fresh secret: `whsec_` and base64 of the 32 random bytes passed in. */
export function formatSecret(random: Uint8Array): string {
  return SECRET_PREFIX + Buffer.from(random).toString("base64");
}

/** The HMAC key inside a `whsec_` secret: the base64-decoded part after the prefix. */
export function signingKeyBytes(secret: string): Buffer {
  return Buffer.from(
    secret.startsWith(SECRET_PREFIX) ? secret.slice(SECRET_PREFIX.length) : secret,
    "base64",
  );
}

export type SignInput = {
  id: string;
  /** Unix seconds of the attempt. */
  timestampSeconds: number;
  body: Uint8Array;
  /** HMAC keys, the current one first; every one yields a signature. */
  keys: readonly Uint8Array[];
};

/** The value of `webhook-signature`: `v1,<base64>` for each key, separated by spaces, over `{id}.{timestamp}.{body}`. */
export function signStandardWebhook({ id, timestampSeconds, body, keys }: SignInput): string {
  const prefix = `${id}.${timestampSeconds}.`;
  return keys
    .map((key) => `v1,${createHmac("sha256", key).update(prefix).update(body).digest("base64")}`)
    .join(" ");
}

export type VerifyInput = {
  id: string | null;
  timestamp: string | null;
  signature: string | null;
  body: Uint8Array;
  key: Uint8Array;
  nowMs: number;
  toleranceSeconds?: number;
};

export type VerifyResult =
  | { outcome: "verified" }
  | { outcome: "missing_headers" }
  | { outcome: "bad_timestamp" }
  | { outcome: "timestamp_out_of_tolerance"; skewSeconds: number }
  | { outcome: "no_match" };

/** Checks a Standard Webhooks v1 signature; tolerance is 5 minutes unless told otherwise, as in the published libraries. */
export function verifyStandardWebhook(input: VerifyInput): VerifyResult {
  const { id, timestamp, signature, body, key, nowMs, toleranceSeconds = 300 } = input;
  if (!id || !timestamp || !signature) return { outcome: "missing_headers" };
  if (!/^\d{1,15}$/.test(timestamp)) return { outcome: "bad_timestamp" };
  const skewSeconds = Math.round(nowMs / 1000) - Number(timestamp);
  if (Math.abs(skewSeconds) > toleranceSeconds) return { outcome: "timestamp_out_of_tolerance", skewSeconds };
  const expected = createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest();
  for (const part of signature.split(" ")) {
    if (!part.startsWith("v1,")) continue;
    const given = Buffer.from(part.slice(3), "base64");
    // Unequal lengths would make timingSafeEqual throw; a digest's length is no secret.
    if (given.length === expected.length && timingSafeEqual(given, expected)) return { outcome: "verified" };
  }
  return { outcome: "no_match" };
}
