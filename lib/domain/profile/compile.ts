// Owns a profile made ready: checked templates and parameters turned into functions, once for many deliveries.
import { createHash, timingSafeEqual } from "node:crypto";
import { openKey, type SigningKey } from "@/lib/domain/signing/keys";
import { sign, type VerifyInput, verify } from "@/lib/domain/signing/sign";
import { headerValue, type VerifyResult } from "@/lib/domain/signing/verify-result";
import type { ProfileDefinition } from "./definition";
import { compileEnvelope } from "./envelope-render";
import { parseEnvelope } from "./envelope-template";
import { compileHeaders } from "./header-template";
import { schemeHeaders } from "./signature-scheme";
import { compileSuccess } from "./success-rule";
import type { AttemptFacts, ProfileEvent, ValueContext } from "./values";

export type { AttemptFacts, ProfileEvent } from "./values";

const USER_AGENT = "Signpost/1.0";
const METHOD = "POST";

export type HeadersInput = {
  event: ProfileEvent;
  attempt: AttemptFacts;
  body: Uint8Array;
  /** SHA-256 of the body where the caller has it already; otherwise it is computed when a header needs it. */
  bodySha256?: Uint8Array | undefined;
};

export type ProfileSignInput = HeadersInput & {
  /** The secrets of now, the current one first. */
  keys: readonly SigningKey[];
  url: string;
  /** What `headers` gave for the same attempt. */
  headers: readonly [string, string][];
};

export type CompiledProfile = {
  readonly definition: ProfileDefinition;
  /** Every header that the profile may send, in small letters: an endpoint's own headers must have other names. */
  readonly headerNames: readonly string[];
  /**
   * The body. It depends on the event alone: the same bytes on every attempt and replay. Throws `BodyTooLargeError`
   * beyond 512 KiB.
   */
  render(event: ProfileEvent): Buffer;
  /** All headers but the signature's: content type, user agent, the profile's own, the content hash. */
  headers(input: HeadersInput): [string, string][];
  /** The headers of the signature, to be sent after those. */
  sign(input: ProfileSignInput): [string, string][];
  /** The key inside a secret. Throws `SecretError` for one that the profile's signature cannot use. */
  openKey(secret: string): SigningKey;
  /** A receiver's verdict: first the content hash against the body, then the signature. */
  verify(input: VerifyInput): VerifyResult;
  isSuccess(status: number): boolean;
};

function compileContentHash(rule: ProfileDefinition["content_hash"]) {
  if (rule === null) return null;
  const [before = "", after = ""] = rule.format.split("{hash}");
  const encode = (hash: Uint8Array) => before + Buffer.from(hash).toString(rule.encoding) + after;
  return { name: rule.header, encode };
}

/** Equal in the same time for any content; the length of a hash is no secret. */
function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Prepares a definition that `profileDefinitionSchema` has accepted; throws for templates that it would refuse. */
export function compileProfile(definition: ProfileDefinition): CompiledProfile {
  const { signature, content_type: contentType } = definition;
  const envelope = parseEnvelope(definition.envelope);
  if (envelope.outcome === "refused") throw new Error(`envelope: ${envelope.message}`);
  const own = compileHeaders(definition.headers);
  const keyId = compileHeaders(
    signature.kind === "http_signature" ? [{ name: "keyId", value: signature.key_id }] : [],
  );
  const contentHash = compileContentHash(definition.content_hash);

  function contextOf(
    { event, attempt, body, bodySha256 }: HeadersInput,
    plan: typeof own.plan,
  ): ValueContext {
    let hash = bodySha256;
    const sha256 = () => {
      hash ??= createHash("sha256").update(body).digest();
      return hash;
    };
    return { event, slices: plan.cut(event.data), attempt, body: { size: body.length, sha256 } };
  }

  return {
    definition,
    headerNames: [
      "content-type",
      "user-agent",
      ...definition.headers.map(({ name }) => name.toLowerCase()),
      ...(contentHash === null ? [] : [contentHash.name.toLowerCase()]),
      ...schemeHeaders(signature),
    ],
    render: compileEnvelope(envelope.root, envelope.placeholders),
    headers(input) {
      const headers: [string, string][] = [
        ["content-type", contentType],
        ["user-agent", USER_AGENT],
      ];
      if (own.headers.length === 0 && contentHash === null) return headers;
      const ctx = contextOf(input, own.plan);
      for (const { name, read } of own.headers) {
        const value = read(ctx);
        if (value !== null) headers.push([name, value]);
      }
      if (contentHash !== null && ctx.body !== null) {
        headers.push([contentHash.name, contentHash.encode(ctx.body.sha256())]);
      }
      return headers;
    },
    sign({ event, attempt, body, keys, url, headers, bodySha256 }) {
      const [named] = keyId.headers;
      const ctx = named === undefined ? null : contextOf({ event, attempt, body, bodySha256 }, keyId.plan);
      return sign(signature, {
        id: event.id,
        timestampMs: attempt.timeMs,
        body,
        keys,
        method: METHOD,
        url,
        headers,
        keyId: ctx === null ? "" : (named?.read(ctx) ?? ""),
      });
    },
    openKey: (secret) => openKey(signature, secret),
    verify(input) {
      if (contentHash !== null) {
        const header = contentHash.name.toLowerCase();
        const given = headerValue(input.headers, header);
        if (given === null) return { outcome: "missing_headers", headers: [header] };
        const expected = contentHash.encode(createHash("sha256").update(input.body).digest());
        if (!sameText(given, expected)) return { outcome: "content_hash_mismatch", header };
      }
      return verify(signature, input);
    },
    isSuccess: compileSuccess(definition.success),
  };
}
