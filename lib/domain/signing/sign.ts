// Owns the choice of a scheme: one way in to sign and one to verify, whatever the profile says.
import type { SignatureScheme } from "@/lib/domain/profile/signature-scheme";
import { signHmac, verifyHmac } from "./hmac";
import { signHttp, verifyHttp } from "./http-signature";
import type { SigningKey } from "./keys";
import { signStandard, verifyStandard } from "./standard";
import { DEFAULT_TOLERANCE_SECONDS, type HeaderList, type VerifyResult } from "./verify-result";

export type SignInput = {
  /** What receivers deduplicate by: the event's id. */
  id: string;
  /** When the attempt starts, in Unix milliseconds. */
  timestampMs: number;
  body: Uint8Array;
  /** The current one first. A scheme that carries one signature uses the first alone. */
  keys: readonly SigningKey[];
  method: string;
  url: string;
  /** The request's headers so far, for schemes that sign headers. */
  headers: HeaderList;
  /** Names the secret to the receiver, for schemes that say it. */
  keyId: string;
};

/** The headers that sign a request, in order. Throws `SecretError` when no key can sign: nothing goes out unsigned by mistake. */
export function sign(scheme: SignatureScheme, input: SignInput): [string, string][] {
  switch (scheme.kind) {
    case "standard":
      return signStandard(scheme.prefix, input);
    case "hmac":
      return signHmac(scheme, input);
    case "http_signature":
      return signHttp(scheme, input);
    case "none":
      return [];
  }
}

export type VerifyInput = {
  headers: HeaderList;
  body: Uint8Array;
  /** Each is tried. */
  keys: readonly SigningKey[];
  nowMs: number;
  method: string;
  /** As the sender called it; the path alone will do, except for a scheme that signs the whole URL. */
  url: string;
  /** How far the clocks may differ; 300 unless given. */
  toleranceSeconds?: number | undefined;
};

/** The verdict over a request's signature, as a receiver would come to it. Comparisons take the same time for any input. */
export function verify(scheme: SignatureScheme, input: VerifyInput): VerifyResult {
  const given = { ...input, toleranceSeconds: input.toleranceSeconds ?? DEFAULT_TOLERANCE_SECONDS };
  switch (scheme.kind) {
    case "standard":
      return verifyStandard(scheme.prefix, given);
    case "hmac":
      return verifyHmac(scheme, given);
    case "http_signature":
      return verifyHttp(scheme, given);
    case "none":
      return { outcome: "unsigned" };
  }
}
