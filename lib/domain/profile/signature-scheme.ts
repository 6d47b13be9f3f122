// Owns signature schemes as data: their parameters, and the small templates inside them. Runs in the browser too; the
// signing itself is in lib/domain/signing.
import { z } from "zod";

/** How a secret's text becomes the key. `utf8` takes the whole text, prefixes such as `whsec_` included. */
export const KEY_ENCODINGS = ["utf8", "whsec", "hex", "base64"] as const;
export type KeyEncoding = (typeof KEY_ENCODINGS)[number];

/** What a generated secret looks like. `none` goes with a scheme that does not sign. */
export const SECRET_KINDS = ["whsec", "hex", "base64", "ed25519", "none"] as const;
export type SecretKind = (typeof SECRET_KINDS)[number];

const MAX_TEMPLATE_LENGTH = 256;
const PRINTABLE = /^[ -~]*$/;
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** Printable ASCII without spaces at the ends: what may be part of a header. */
export const headerText = (max = MAX_TEMPLATE_LENGTH) =>
  z
    .string()
    .max(max)
    .refine((text) => PRINTABLE.test(text), "must be printable ASCII: no line breaks, no other characters")
    .refine((text) => text === text.trim(), "must not begin or end with a space");

export const headerName = z
  .string()
  .min(1, "a header needs a name")
  .max(128)
  .regex(TOKEN, "may contain letters, digits and !#$%&'*+-.^_`|~ only");

export type BraceText =
  | { outcome: "parsed"; parts: (string | { slot: string })[] }
  | { outcome: "refused"; message: string };

/** Cuts a text such as `t={timestamp},{signatures}` into fixed parts and slots. Other uses of braces are refused. */
export function parseBraces(text: string, slots: readonly string[]): BraceText {
  const parts: (string | { slot: string })[] = [];
  let at = 0;
  for (const match of text.matchAll(/\{([^{}]*)\}|[{}]/g)) {
    const slot = match[1];
    if (slot === undefined || !slots.includes(slot)) {
      const known = slots.map((name) => `{${name}}`).join(", ");
      return { outcome: "refused", message: `"${match[0]}" has no meaning here; there are ${known}` };
    }
    if (match.index > at) parts.push(text.slice(at, match.index));
    parts.push({ slot });
    at = match.index + match[0].length;
  }
  if (at < text.length) parts.push(text.slice(at));
  return { outcome: "parsed", parts };
}

/** Checks one of those texts; `once` names the slots that have to occur exactly once. */
const braceText = (slots: readonly string[], once: readonly string[]) =>
  z
    .string()
    .min(1, "must not be empty")
    .max(MAX_TEMPLATE_LENGTH)
    .superRefine((text, ctx) => {
      const parsed = parseBraces(text, slots);
      if (parsed.outcome === "refused") ctx.addIssue({ code: "custom", message: parsed.message });
      for (const slot of once) {
        if (text.split(`{${slot}}`).length !== 2) {
          ctx.addIssue({ code: "custom", message: `must contain {${slot}} exactly once` });
        }
      }
    });

const headerBraces = (slots: readonly string[], once: readonly string[]) =>
  braceText(slots, once).pipe(headerText());

export const HMAC_CONTENT_SLOTS = ["id", "timestamp", "body", "method", "url", "path"] as const;
export const HMAC_FORMAT_SLOTS = ["id", "timestamp", "signatures"] as const;

const hash = z.enum(["sha256", "sha1", "sha512"]).default("sha256");
const encoding = z.enum(["hex", "base64"]);

export const hmacScheme = z.strictObject({
  kind: z.literal("hmac"),
  key: z.enum(KEY_ENCODINGS).describe("How the secret's text becomes the key; utf8 takes it whole"),
  hash,
  content: braceText(HMAC_CONTENT_SLOTS, ["body"]).describe(
    "What is signed, such as {id}.{timestamp}.{body}",
  ),
  encoding,
  header: headerName.describe("Where the signature goes"),
  format: headerBraces(HMAC_FORMAT_SLOTS, ["signatures"])
    .default("{signatures}")
    .describe("The header's value, such as t={timestamp},{signatures}"),
  each: headerBraces(["signature"], ["signature"])
    .default("{signature}")
    .describe("One signature, such as v1={signature}"),
  separator: z
    .string()
    .min(1)
    .max(3)
    .regex(/^[ -~]+$/, "must be printable ASCII")
    .nullable()
    .default(null)
    .describe("Between signatures while two secrets sign; null for a scheme that carries one"),
  timestamp_unit: z.enum(["s", "ms"]).default("s"),
  timestamp_header: headerName.nullable().default(null),
  id_header: headerName.nullable().default(null),
});

const standardScheme = z.strictObject({
  kind: z.literal("standard"),
  prefix: z.enum(["webhook", "svix"]).describe("Headers begin with it: webhook-id, svix-id"),
});

/** What an HTTP signature may cover besides headers of the profile. */
export const REQUEST_TARGET = "(request-target)";
export const EXPIRES = "(expires)";

const httpSignatureScheme = z.strictObject({
  kind: z.literal("http_signature"),
  key: z.enum(KEY_ENCODINGS),
  hash,
  encoding,
  header: headerName,
  key_id: z
    .string()
    .min(1)
    .max(128)
    .regex(/^[ -~]+$/, "must be printable ASCII")
    .describe("Header template, such as {{endpoint.id}}"),
  headers: z
    .array(
      z
        .string()
        .max(128)
        .regex(
          /^(\((request-target|expires)\)|[!#$%&'*+\-.^_`|~0-9a-z]+)$/,
          "must be a header's name in small letters, (request-target) or (expires)",
        ),
    )
    .min(1)
    .max(16)
    .refine((names) => new Set(names).size === names.length, "name each once"),
  expires_seconds: z.number().int().min(10).max(86_400).nullable().default(null),
});

export const signatureSchemeSchema = z.discriminatedUnion("kind", [
  standardScheme,
  hmacScheme,
  httpSignatureScheme,
  z.strictObject({ kind: z.literal("none") }),
]);

export type SignatureScheme = z.infer<typeof signatureSchemeSchema>;
export type HmacScheme = Extract<SignatureScheme, { kind: "hmac" }>;
export type HttpSignatureScheme = Extract<SignatureScheme, { kind: "http_signature" }>;

/** True when a request can carry the signatures of several secrets, so that a rotation may overlap. */
export function carriesSeveral(scheme: SignatureScheme): boolean {
  return scheme.kind === "standard" || (scheme.kind === "hmac" && scheme.separator !== null);
}

/** The headers that the scheme itself sets, in small letters. */
export function schemeHeaders(scheme: SignatureScheme): string[] {
  switch (scheme.kind) {
    case "standard":
      return ["id", "timestamp", "signature"].map((part) => `${scheme.prefix}-${part}`);
    case "hmac":
      return [scheme.header, scheme.timestamp_header, scheme.id_header].flatMap((name) =>
        name === null ? [] : [name.toLowerCase()],
      );
    case "http_signature":
      return [scheme.header.toLowerCase(), ...(scheme.headers.includes("date") ? ["date"] : [])];
    case "none":
      return [];
  }
}
