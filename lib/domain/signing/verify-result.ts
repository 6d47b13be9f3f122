// Owns what a check of a signature can say, whatever the scheme.

/** `keyIndex` tells which of the given keys it was. Every other outcome says why none was. */
export type VerifyResult =
  | { outcome: "verified"; keyIndex: number }
  /** The scheme does not sign: there was nothing to check. */
  | { outcome: "unsigned" }
  /** Names in small letters. */
  | { outcome: "missing_headers"; headers: string[] }
  /** The header is there, but has not the form that the scheme gives it. */
  | { outcome: "malformed_signature"; header: string }
  | { outcome: "bad_timestamp" }
  | { outcome: "timestamp_out_of_tolerance"; skewSeconds: number }
  /** The signature carries an expiry, which has passed. */
  | { outcome: "expired"; agoSeconds: number }
  /** The header with the body's hash does not fit the body. */
  | { outcome: "content_hash_mismatch"; header: string }
  | { outcome: "no_match" };

export type HeaderList = readonly (readonly [name: string, value: string])[];

/** The value of a header in any case of letters; several of one name are joined as HTTP does it. Null when absent. */
export function headerValue(headers: HeaderList, name: string): string | null {
  const lower = name.toLowerCase();
  const values = headers.flatMap(([key, value]) => (key.toLowerCase() === lower ? [value] : []));
  return values.length === 0 ? null : values.join(", ");
}

export const DEFAULT_TOLERANCE_SECONDS = 300;

/** Positive when the request is from the past. */
export function skewProblem(
  timestampMs: number,
  nowMs: number,
  toleranceSeconds: number,
): VerifyResult | null {
  const skewSeconds = Math.round((nowMs - timestampMs) / 1000);
  return Math.abs(skewSeconds) > toleranceSeconds
    ? { outcome: "timestamp_out_of_tolerance", skewSeconds }
    : null;
}
