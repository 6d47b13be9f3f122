// Owns the text form of API keys: prefix, 256 random bits in base 62, checksum. Knows no storage and no header.
// Base 62, so that a double click selects the whole key; the checksum lets scanners and us refuse typos without a look-up.
import { createHash } from "node:crypto";

export const ENVIRONMENT_KINDS = ["live", "sandbox"] as const;
export type EnvironmentKind = (typeof ENVIRONMENT_KINDS)[number];

const PREFIX: Record<EnvironmentKind, string> = { live: "sp_live_", sandbox: "sp_test_" };
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const RANDOM_BYTES = 32;
/** 62^43 is the first power above 2^256. */
const RANDOM_CHARS = 43;
/** 62^6 is the first power above 2^32. */
const CHECKSUM_CHARS = 6;

const PATTERN = new RegExp(`^sp_(?:live|test)_[0-9A-Za-z]{${RANDOM_CHARS + CHECKSUM_CHARS}}$`);

function base62(bytes: Uint8Array, length: number): string {
  let value = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  let out = "";
  for (let i = 0; i < length; i++) {
    out = ALPHABET.charAt(Number(value % 62n)) + out;
    value /= 62n;
  }
  return out;
}

function checksum(text: string): string {
  return base62(createHash("sha256").update(text).digest().subarray(0, 4), CHECKSUM_CHARS);
}

/** A new key, such as `sp_live_4f…`; `random` must be 32 fresh random bytes. The prefix tells the environment. */
export function formatApiKey(kind: EnvironmentKind, random: Uint8Array): string {
  if (random.length !== RANDOM_BYTES) throw new RangeError(`an API key needs ${RANDOM_BYTES} random bytes`);
  const body = PREFIX[kind] + base62(random, RANDOM_CHARS);
  return body + checksum(body);
}

/** True for a text that has the shape of a key and its right checksum; says nothing about whether the key exists. */
export function isWellFormedApiKey(text: string): boolean {
  if (!PATTERN.test(text)) return false;
  return checksum(text.slice(0, -CHECKSUM_CHARS)) === text.slice(-CHECKSUM_CHARS);
}

/** What is stored and looked up: the SHA-256 of the key's text (32 bytes). A 256-bit random key needs no slow hash. */
export function hashApiKey(key: string): Buffer {
  return createHash("sha256").update(key).digest();
}

/** What may be shown of a key after its one reveal: `sp_live_…a1b2`. */
export function apiKeyHint(key: string): string {
  return `${key.slice(0, PREFIX.live.length)}…${key.slice(-4)}`;
}
