// Owns what a receiver has to do with a request, made of a profile's definition: everything the code for a language needs.
import type { ProfileDefinition } from "@/lib/domain/profile/definition";
import {
  EXPIRES,
  HMAC_CONTENT_SLOTS,
  HMAC_FORMAT_SLOTS,
  type HmacScheme,
  type KeyEncoding,
  parseBraces,
  REQUEST_TARGET,
} from "@/lib/domain/profile/signature-scheme";

export type ContentSlot = (typeof HMAC_CONTENT_SLOTS)[number];
export type FormatSlot = (typeof HMAC_FORMAT_SLOTS)[number];
export type Hash = "sha256" | "sha1" | "sha512";
export type Encoding = "hex" | "base64";

/** Where a signed value stands: in a header of its own, or inside the signature's header. */
export type Source = { header: string } | "format";

export type HmacRecipe = {
  kind: "hmac";
  key: KeyEncoding;
  hash: Hash;
  encoding: Encoding;
  header: string;
  /** How the header's value is put together; null when it is the signatures and nothing else. */
  format: readonly (string | { slot: FormatSlot })[] | null;
  /** What stands around each signature. */
  before: string;
  after: string;
  /** Between several signatures; null where there is one. */
  separator: string | null;
  content: readonly (string | { slot: ContentSlot })[];
  /** Null where they are not signed. */
  timestamp: Source | null;
  id: Source | null;
  unit: "s" | "ms";
  /** Published libraries that verify it. */
  library: "standardwebhooks" | "svix" | null;
};

export type Ed25519Recipe = { kind: "ed25519"; prefix: "webhook" | "svix" };

export type HttpSignatureRecipe = {
  kind: "http_signature";
  key: KeyEncoding;
  hash: Hash;
  encoding: Encoding;
  header: string;
  /** Names of what is signed, in order. */
  names: readonly string[];
  hasExpiry: boolean;
  hasDate: boolean;
  /** The header with the body's hash. */
  digest: { header: string; before: string; after: string; encoding: Encoding };
};

export type Recipe = HmacRecipe | Ed25519Recipe | HttpSignatureRecipe;

function cut<Slot extends string>(text: string, slots: readonly Slot[]): (string | { slot: Slot })[] {
  const parsed = parseBraces(text, slots);
  if (parsed.outcome === "refused") throw new Error(parsed.message);
  return parsed.parts as (string | { slot: Slot })[];
}

function hmacRecipe(scheme: HmacScheme, library: HmacRecipe["library"]): HmacRecipe {
  const content = cut(scheme.content, HMAC_CONTENT_SLOTS);
  const format = cut(scheme.format, HMAC_FORMAT_SLOTS);
  const [before = "", after = ""] = scheme.each.split("{signature}");
  const has = (parts: readonly (string | { slot: string })[], slot: string) =>
    parts.some((part) => typeof part !== "string" && part.slot === slot);
  const source = (slot: "id" | "timestamp", header: string | null): Source | null => {
    if (!has(content, slot)) return null;
    if (has(format, slot)) return "format";
    return header === null ? null : { header };
  };
  return {
    kind: "hmac",
    key: scheme.key,
    hash: scheme.hash,
    encoding: scheme.encoding,
    header: scheme.header,
    format: scheme.format === "{signatures}" ? null : format,
    before,
    after,
    separator: scheme.separator,
    content,
    timestamp: source("timestamp", scheme.timestamp_header),
    id: source("id", scheme.id_header),
    unit: scheme.timestamp_unit,
    library,
  };
}

/** Standard Webhooks, said as an HMAC scheme of a profile. */
const standardAsHmac = (prefix: "webhook" | "svix"): HmacScheme => ({
  kind: "hmac",
  key: "whsec",
  hash: "sha256",
  content: "{id}.{timestamp}.{body}",
  encoding: "base64",
  header: `${prefix}-signature`,
  format: "{signatures}",
  each: "v1,{signature}",
  separator: " ",
  timestamp_unit: "s",
  timestamp_header: `${prefix}-timestamp`,
  id_header: `${prefix}-id`,
});

/**
 * What a receiver of this profile has to do; null when nothing is signed. `hasPublicKey` is for endpoints whose secret is a
 * key pair although the profile makes shared secrets, or the other way round.
 */
export function recipeOf(definition: ProfileDefinition, hasPublicKey?: boolean): Recipe | null {
  const { signature, secret, content_hash: hash } = definition;
  switch (signature.kind) {
    case "none":
      return null;
    case "hmac":
      return hmacRecipe(signature, null);
    case "standard": {
      const { prefix } = signature;
      if (hasPublicKey ?? secret.kind === "ed25519") return { kind: "ed25519", prefix };
      return hmacRecipe(standardAsHmac(prefix), prefix === "svix" ? "svix" : "standardwebhooks");
    }
    case "http_signature": {
      if (hash === null) throw new Error("an HTTP signature without a content hash covers no body");
      const [before = "", after = ""] = hash.format.split("{hash}");
      return {
        kind: "http_signature",
        key: signature.key,
        hash: signature.hash,
        encoding: signature.encoding,
        header: signature.header,
        names: signature.headers,
        hasExpiry: signature.headers.includes(EXPIRES),
        hasDate: signature.headers.includes("date"),
        digest: { header: hash.header, before, after, encoding: hash.encoding },
      };
    }
  }
}

/** The headers that a verifier reads, as they are written on the wire. */
export function headersRead(recipe: Recipe): string[] {
  if (recipe.kind === "ed25519") {
    return ["id", "timestamp", "signature"].map((part) => `${recipe.prefix}-${part}`);
  }
  if (recipe.kind === "http_signature") {
    const own = recipe.names.filter((name) => name !== REQUEST_TARGET && name !== EXPIRES);
    return [recipe.header, ...own];
  }
  const named = [recipe.id, recipe.timestamp].flatMap((source) =>
    source === null || source === "format" ? [] : [source.header],
  );
  return [...named, recipe.header];
}
