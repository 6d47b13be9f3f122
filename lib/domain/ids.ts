// Owns the id format: TypeIDs (prefix + UUIDv7), so ids sort by creation time. Knows no storage.
import { z } from "zod";

/** Prefix of every kind of id that Signpost hands out. */
export const ID_PREFIXES = {
  workspace: "ws",
  environment: "env",
  user: "usr",
  apiKey: "key",
  eventType: "evtype",
  profile: "prof",
  event: "evt",
  endpoint: "ep",
  endpointSecret: "sec",
  delivery: "dlv",
  attempt: "att",
  inbox: "ibx",
  inboxMessage: "imsg",
  audit: "aud",
  alert: "alrt",
  alertChannel: "chan",
  notification: "ntf",
  request: "req",
  run: "run",
} as const;

export type IdKind = keyof typeof ID_PREFIXES;

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** 16 bytes as the 26 base-32 characters of the TypeID specification (v0.3, section "Base32 encoding"). */
function encodeBase32(bytes: Uint8Array): string {
  let out = "";
  let acc = 0;
  // 128 bits are written as 130: two leading zero bits come first.
  let bits = 2;
  for (const byte of bytes) {
    acc = (acc << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += ALPHABET[(acc >>> bits) & 31];
    }
    acc &= (1 << bits) - 1;
  }
  return out;
}

/**
 * A new id of the given kind, such as `dlv_01jd…`.
 * `nowMs` is Unix time in milliseconds and `random` ten random bytes (RFC 9562, section 5.7: UUIDv7).
 */
export function makeId(kind: IdKind, nowMs: number, random: Uint8Array): string {
  const bytes = new Uint8Array(16);
  let ms = nowMs;
  for (let i = 5; i >= 0; i--) {
    bytes[i] = ms % 256;
    ms = Math.floor(ms / 256);
  }
  bytes.set(random.subarray(0, 10), 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return `${ID_PREFIXES[kind]}_${encodeBase32(bytes)}`;
}

/** A zod schema for one kind of id; anything else is refused before it reaches a query. */
export function idSchema(kind: IdKind) {
  return z
    .string()
    .regex(
      new RegExp(`^${ID_PREFIXES[kind]}_[0-7][0-9a-hjkmnp-tv-z]{25}$`),
      `must be a ${ID_PREFIXES[kind]}_ id`,
    );
}
