// Owns a profile's definition in words that people read: what is signed, with what, where it stands, what counts as success.
import type { ProfileDefinition } from "@/lib/domain/profile/definition";
import { type Placeholder, PROFILE_VALUES, parseText, type ValueRef } from "@/lib/domain/profile/placeholder";
import {
  carriesSeveral,
  HMAC_CONTENT_SLOTS,
  parseBraces,
  type SecretKind,
  type SignatureScheme,
} from "@/lib/domain/profile/signature-scheme";
import { formatDuration } from "../format-duration";

const HASHES = { sha256: "SHA-256", sha1: "SHA-1", sha512: "SHA-512" } as const;

/** The scheme in a few words: "HMAC-SHA-256 in hex". */
export function signatureTitle(definition: Pick<ProfileDefinition, "signature" | "secret">): string {
  const { signature, secret } = definition;
  switch (signature.kind) {
    case "none":
      return "Not signed";
    case "standard": {
      const name = signature.prefix === "svix" ? "Svix" : "Standard Webhooks";
      return secret.kind === "ed25519" ? `${name}, Ed25519` : `${name}, HMAC-SHA-256`;
    }
    case "hmac":
      return `HMAC-${HASHES[signature.hash]} in ${signature.encoding}`;
    case "http_signature":
      return `HTTP signature, HMAC-${HASHES[signature.hash]} in ${signature.encoding}`;
  }
}

export const SECRET_WORDS: Record<SecretKind, string> = {
  whsec: "whsec_ and base64",
  hex: "64 hex digits",
  base64: "base64",
  ed25519: "an Ed25519 key pair; receivers get the public half, whpk_…",
  none: "none",
};

const KEY_WORDS = {
  utf8: "the whole secret as text, prefix included",
  whsec: "the bytes behind whsec_, decoded from base64",
  hex: "the secret decoded from hex",
  base64: "the secret decoded from base64",
} as const;

/** What the key is. */
export function keyWords({ signature, secret }: Pick<ProfileDefinition, "signature" | "secret">): string {
  if (signature.kind === "none") return "No key";
  if (signature.kind === "standard") {
    return secret.kind === "ed25519" ? "the private half of a key pair" : KEY_WORDS.whsec;
  }
  return KEY_WORDS[signature.key];
}

/** A piece of what is signed or sent: fixed text, or a slot with what stands there. */
export type SignedPart = { kind: "text"; text: string } | { kind: "slot"; name: string; about: string };

function slotAbout(scheme: SignatureScheme, slot: string): string {
  const header = (name: string | null) => (name === null ? "" : ` It is sent as ${name}.`);
  switch (slot) {
    case "id": {
      const name =
        scheme.kind === "standard" ? `${scheme.prefix}-id` : scheme.kind === "hmac" ? scheme.id_header : null;
      return `The event's id, the same on every attempt and replay.${header(name)}`;
    }
    case "timestamp": {
      const unit = scheme.kind === "hmac" && scheme.timestamp_unit === "ms" ? "milliseconds" : "seconds";
      const name =
        scheme.kind === "standard"
          ? `${scheme.prefix}-timestamp`
          : scheme.kind === "hmac"
            ? scheme.timestamp_header
            : null;
      return `When this attempt started, in Unix ${unit}: receivers refuse what is old.${header(name)}`;
    }
    case "body":
      return "The body, byte for byte as it is sent.";
    case "method":
      return "POST.";
    case "url":
      return "The endpoint's whole URL.";
    case "path":
      return "Path and query of the endpoint's URL.";
    case "(request-target)":
      return "The method in small letters, a space, path and query.";
    case "(expires)":
      return scheme.kind === "http_signature" && scheme.expires_seconds !== null
        ? `When the signature ends: ${formatDuration(scheme.expires_seconds)} after the attempt, in Unix seconds.`
        : "When the signature ends, in Unix seconds.";
    default:
      return `The header ${slot}.`;
  }
}

/** What is signed, in order; empty for a scheme that does not sign. */
export function signedParts(scheme: SignatureScheme): SignedPart[] {
  const slot = (name: string): SignedPart => ({ kind: "slot", name, about: slotAbout(scheme, name) });
  switch (scheme.kind) {
    case "none":
      return [];
    case "standard":
      return [
        slot("id"),
        { kind: "text", text: "." },
        slot("timestamp"),
        { kind: "text", text: "." },
        slot("body"),
      ];
    case "http_signature":
      return scheme.headers.flatMap((name, index) => [
        ...(index === 0 ? [] : [{ kind: "text" as const, text: "\n" }]),
        { kind: "text" as const, text: `${name}: ` },
        slot(name),
      ]);
    case "hmac": {
      const parsed = parseBraces(scheme.content, HMAC_CONTENT_SLOTS);
      if (parsed.outcome === "refused") return [];
      return parsed.parts.map((part) =>
        typeof part === "string" ? { kind: "text", text: part } : slot(part.slot),
      );
    }
  }
}

/** The header that carries the signature and how it is written; null for a scheme that does not sign. */
export function signatureHeader(scheme: SignatureScheme): { name: string; value: string } | null {
  switch (scheme.kind) {
    case "none":
      return null;
    case "standard":
      return { name: `${scheme.prefix}-signature`, value: "v1,<signature>" };
    case "hmac": {
      const each = scheme.each.replace("{signature}", "<signature>");
      return {
        name: scheme.header,
        value: scheme.format
          .replace("{signatures}", () => each)
          .replace("{timestamp}", "<timestamp>")
          .replace("{id}", "<id>"),
      };
    }
    case "http_signature": {
      const prefix = scheme.header.toLowerCase() === "authorization" ? "Signature " : "";
      const expires = scheme.expires_seconds === null ? "" : ",expires=<time>";
      const names = scheme.headers.join(" ");
      return {
        name: scheme.header,
        value: `${prefix}keyId="${scheme.key_id}",algorithm="hmac-${scheme.hash}",headers="${names}"${expires},signature="<signature>"`,
      };
    }
  }
}

/** What a rotation of the secret does. */
export function rotationWords({
  signature,
  rotation,
}: Pick<ProfileDefinition, "signature" | "rotation">): string {
  if (signature.kind === "none") return "There is no secret.";
  if (!carriesSeveral(signature))
    return "A request carries one signature: a new secret replaces the old at once.";
  if (rotation.overlap === "never") return "A new secret replaces the old at once.";
  const by = rotation.default_overlap_seconds;
  const usual = by === 0 ? "none unless asked for" : `${formatDuration(by)} unless asked otherwise`;
  return `Both secrets sign during an overlap, ${usual}.`;
}

/** Which answers count as success: "Any 2xx", "200 or 204". */
export function successWords({ statuses }: ProfileDefinition["success"]): string {
  const words = statuses.map((status) =>
    /xx$/.test(status) ? `any ${status}` : status.replace("-", " to "),
  );
  const text = words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** When an endpoint that keeps failing is disabled. */
export function failingWords(rule: ProfileDefinition["auto_disable"]): string {
  if (rule === null) return "Never for failing; 410 Gone still disables.";
  const warned =
    rule.warn_at_percent.length === 0 ? "" : `; warned at ${rule.warn_at_percent.join(", ")}\u00a0%`;
  return `After ${formatDuration(rule.after_hours * 3600)} without a success and at least ${rule.min_failures} failing deliveries${warned}.`;
}

function refWords(ref: ValueRef): string {
  if (ref.kind === "attribute") return `the event's attribute ${ref.name}`;
  if (ref.kind === "data") return ref.path.length === 0 ? "all of data" : `data.${ref.path.join(".")}`;
  const { about } = PROFILE_VALUES[ref.name];
  return about.charAt(0).toLowerCase() + about.slice(1);
}

function placeholderWords({ ref, fallback, optional }: Placeholder): string {
  const missing =
    fallback === null
      ? optional
        ? "; left out where there is none"
        : ""
      : `; where there is none, ${fallback.kind === "text" ? `“${fallback.text}”` : refWords(fallback)}`;
  return refWords(ref) + missing;
}

/** What a header's template says, in words; null for fixed text. */
export function templateWords(template: string): string | null {
  const parsed = parseText(template, "header");
  if (parsed.outcome === "refused") return null;
  const values = parsed.parts.flatMap((part) => (typeof part === "string" ? [] : [placeholderWords(part)]));
  if (values.length === 0) return null;
  const text = values.join(", ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
