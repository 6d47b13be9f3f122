// Owns the check of a secret that a person brings along from elsewhere: what is wrong with it, in words, never repeating it.
import type { KeyEncoding, SignatureScheme } from "@/lib/domain/profile/signature-scheme";
import { openKey, SecretError } from "./keys";

/** What is asked for: the form that a scheme's key is read from. */
export type ImportKind = KeyEncoding | "ed25519";

export type ImportedSecret =
  | { outcome: "accepted"; secret: string }
  | { outcome: "refused"; message: string };

const MAX_TEXT_BYTES = 512;
const MIN_TEXT_BYTES = 8;
/** Bytes of a key: the Standard Webhooks specification asks for 24 to 64, others use 16. */
const SIZES = { whsec: [24, 64], hex: [16, 128], base64: [16, 128] } as const;
const FORMS = {
  whsec: "whsec_ followed by base64",
  hex: "hexadecimal digits, two for each byte",
  base64: "base64",
} as const;

const refused = (message: string): ImportedSecret => ({ outcome: "refused", message });

function hasControl(text: string): boolean {
  return [...text].some((char) => char < " " || char === "\x7f");
}

/** What every kind of secret has to be. */
function textProblem(text: string): string | null {
  if (text === "") return "The secret is empty.";
  if (text !== text.trim())
    return "There is a space or line break at the beginning or end; copy the secret alone.";
  if (hasControl(text)) return "The secret contains a line break or another control character.";
  if (!text.isWellFormed()) return "The secret is not well-formed text.";
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_TEXT_BYTES) return `The secret has ${bytes} bytes; at most ${MAX_TEXT_BYTES} are allowed.`;
  return null;
}

function checkEd25519(text: string): ImportedSecret {
  if (text.startsWith("whpk_")) {
    return refused(
      "This is a public key (whpk_), which can only verify; signing needs the private key, whsk_….",
    );
  }
  if (!text.startsWith("whsk_")) return refused("The private key has to begin with whsk_.");
  try {
    openKey({ kind: "standard", prefix: "webhook" }, text);
    return { outcome: "accepted", secret: text };
  } catch (error) {
    if (error instanceof SecretError) return refused(`This cannot be used: ${error.message}.`);
    throw error;
  }
}

/** Checks a secret of the given form. It is taken as it is: nothing is trimmed or converted. */
export function checkImportedSecret(kind: ImportKind, text: string): ImportedSecret {
  const problem = textProblem(text);
  if (problem !== null) return refused(problem);
  if (kind === "ed25519") return checkEd25519(text);
  if (kind === "utf8") {
    const bytes = Buffer.byteLength(text);
    return bytes < MIN_TEXT_BYTES
      ? refused(
          `The secret has ${bytes} bytes; at least ${MIN_TEXT_BYTES} are needed, or it could be guessed.`,
        )
      : { outcome: "accepted", secret: text };
  }
  if (kind === "whsec" && !text.startsWith("whsec_")) return refused("The secret has to begin with whsec_.");
  try {
    const key = openKey({ kind: "hmac", key: kind, ...ANY_HMAC }, text);
    const [least, most] = SIZES[kind];
    const size = key.type === "hmac" ? key.key.length : 0;
    if (size < least || size > most) {
      return refused(`The secret holds ${size} bytes; it needs ${least} to ${most}.`);
    }
    return { outcome: "accepted", secret: text };
  } catch (error) {
    if (error instanceof SecretError) return refused(`The secret has to be ${FORMS[kind]}.`);
    throw error;
  }
}

const ANY_HMAC = {
  hash: "sha256",
  content: "{body}",
  encoding: "hex",
  header: "x-signature",
  format: "{signatures}",
  each: "{signature}",
  separator: null,
  timestamp_unit: "s",
  timestamp_header: null,
  id_header: null,
} as const;

/** Which form a scheme's secrets have. Standard Webhooks takes two: the prefix of the secret decides. */
export function importKindOf(scheme: SignatureScheme, text: string): ImportKind | null {
  if (scheme.kind === "none") return null;
  if (scheme.kind !== "standard") return scheme.key;
  return /^(whsk|whpk)_/.test(text) ? "ed25519" : "whsec";
}
