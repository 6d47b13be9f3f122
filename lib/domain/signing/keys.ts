// Owns secrets as people see them and as keys: making, checking, hinting, opening. Randomness is passed in.
import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import type { KeyEncoding, SecretKind, SignatureScheme } from "@/lib/domain/profile/signature-scheme";

const PREFIXES = ["whsec_", "whsk_", "whpk_"] as const;
/** DER in front of the 32 bytes of an Ed25519 private and public key (RFC 8410). */
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");
const SPKI = Buffer.from("302a300506032b6570032100", "hex");

/** A secret opened for one scheme. Kept in memory only. */
export type SigningKey =
  | { readonly type: "hmac"; readonly key: Buffer }
  /** `privateKey` is null for a public key, which can verify but not sign. */
  | { readonly type: "ed25519"; readonly privateKey: KeyObject | null; readonly publicKey: KeyObject };

/** Why a request cannot be signed: a secret that the scheme cannot use, or none. Never contains the secret. */
export class SecretError extends Error {
  override readonly name = "SecretError";
}

/** The bytes of strict base64, padding optional, or null. */
function base64Bytes(text: string): Buffer | null {
  const body = text.replace(/={1,2}$/, "");
  if (!/^[A-Za-z0-9+/]*$/.test(body) || (text !== body && text.length % 4 !== 0)) return null;
  const bytes = Buffer.from(body, "base64");
  // A leftover character or leftover bits would be dropped in silence.
  return bytes.toString("base64").replace(/=+$/, "") === body ? bytes : null;
}

function hexBytes(text: string): Buffer | null {
  return /^([0-9a-fA-F]{2})*$/.test(text) ? Buffer.from(text, "hex") : null;
}

function openEd25519(secret: string): SigningKey {
  const bytes = base64Bytes(secret.slice(5));
  if (secret.startsWith("whpk_")) {
    if (bytes?.length !== 32) throw new SecretError("a public key is whpk_ and base64 of 32 bytes");
    return { type: "ed25519", privateKey: null, publicKey: publicKeyFrom(bytes) };
  }
  if (bytes?.length !== 32 && bytes?.length !== 64) {
    throw new SecretError("a private key is whsk_ and base64 of 64 bytes (seed and public key) or 32 (seed)");
  }
  const privateKey = privateKeyFrom(bytes.subarray(0, 32));
  const publicKey = createPublicKey(privateKey);
  if (bytes.length === 64 && !rawPublicKey(publicKey).equals(bytes.subarray(32))) {
    throw new SecretError("the second half of this private key is not the public key of the first");
  }
  return { type: "ed25519", privateKey, publicKey };
}

const privateKeyFrom = (seed: Uint8Array) =>
  createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: "der", type: "pkcs8" });
const publicKeyFrom = (raw: Uint8Array) =>
  createPublicKey({ key: Buffer.concat([SPKI, raw]), format: "der", type: "spki" });
const rawPublicKey = (key: KeyObject) => key.export({ format: "der", type: "spki" }).subarray(-32);

function hmacBytes(encoding: KeyEncoding, secret: string): Buffer {
  if (encoding === "utf8") return Buffer.from(secret, "utf8");
  if (encoding === "hex") return hexBytes(secret) ?? refuse("hexadecimal digits, two for each byte");
  if (encoding === "base64") return base64Bytes(secret) ?? refuse("base64");
  const bytes = secret.startsWith("whsec_") ? base64Bytes(secret.slice(6)) : null;
  return bytes ?? refuse("whsec_ and base64");
}

function refuse(expected: string): never {
  throw new SecretError(`this signature needs a secret that is ${expected}`);
}

/** The key inside a secret for this scheme. Throws `SecretError` for a secret that the scheme cannot use. */
export function openKey(scheme: SignatureScheme, secret: string): SigningKey {
  if (/^(whsk|whpk)_/.test(secret)) {
    if (scheme.kind === "standard") return openEd25519(secret);
    // As text it would sign, but receivers were only ever given the public half.
    if (scheme.kind !== "none") refuse("shared with the receiver, not a key pair");
  }
  const encoding = scheme.kind === "standard" ? "whsec" : scheme.kind === "none" ? "utf8" : scheme.key;
  const key = hmacBytes(encoding, secret);
  if (key.length === 0) throw new SecretError("the secret is empty");
  return { type: "hmac", key };
}

export type MadeSecret = {
  /** Shown once, then stored sealed. */
  secret: string;
  /** What receivers of an Ed25519 signature verify with; null for a shared secret. */
  publicKey: string | null;
};

/** A fresh secret from 32 random bytes; 24 to 64 are taken for all but `ed25519`, whose seed has 32. */
export function makeSecret(kind: SecretKind, random: Uint8Array): MadeSecret {
  if (random.length < 24 || random.length > 64) throw new RangeError("a secret needs 24 to 64 random bytes");
  const bytes = Buffer.from(random);
  switch (kind) {
    case "whsec":
      return { secret: `whsec_${bytes.toString("base64")}`, publicKey: null };
    case "hex":
      return { secret: bytes.toString("hex"), publicKey: null };
    case "base64":
      return { secret: bytes.toString("base64"), publicKey: null };
    case "ed25519": {
      if (bytes.length !== 32) throw new RangeError("an Ed25519 key needs exactly 32 random bytes");
      const raw = rawPublicKey(createPublicKey(privateKeyFrom(bytes)));
      return {
        secret: `whsk_${Buffer.concat([bytes, raw]).toString("base64")}`,
        publicKey: `whpk_${raw.toString("base64")}`,
      };
    }
    case "none":
      return { secret: "", publicKey: null };
  }
}

/** The `whpk_` that belongs to a `whsk_`; null for every other secret. */
export function publicKeyOf(secret: string): string | null {
  if (!secret.startsWith("whsk_")) return null;
  const key = openEd25519(secret);
  return key.type === "ed25519" ? `whpk_${rawPublicKey(key.publicKey).toString("base64")}` : null;
}

/** What may be shown of a secret after its one reveal: its prefix and last four characters (two of a short one). */
export function secretHint(secret: string): string {
  const prefix = PREFIXES.find((known) => secret.startsWith(known)) ?? "";
  const rest = secret.slice(prefix.length).replace(/=+$/, "");
  return `${prefix}…${rest.slice(rest.length >= 16 ? -4 : -2)}`;
}
