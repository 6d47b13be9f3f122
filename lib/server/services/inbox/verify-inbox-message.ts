// Owns the verdict on a message's signature: the same check that a receiver would make, against every secret that the
// endpoints of this address have right now. Knows no rows but those it is given.
import type { InboxVerification } from "@/lib/contracts/inbox";
import type { CompiledProfile } from "@/lib/domain/profile/compile";
import type { SigningKey } from "@/lib/domain/signing/keys";
import type { VerifyResult } from "@/lib/domain/signing/verify-result";
import type { ServiceContext } from "../../context";

export type InboxEndpoint = {
  id: string;
  profileVersionId: number | null;
  secrets: { id: string; ciphertext: Uint8Array; hint: string }[];
};

export type SignedMessage = {
  method: string;
  /** Path and query. */
  path: string;
  headers: readonly [string, string][];
  body: Uint8Array;
};

function openSecret(
  ctx: ServiceContext,
  profile: CompiledProfile,
  { id, ciphertext }: InboxEndpoint["secrets"][number],
): SigningKey | null {
  try {
    const place = { table: "endpoint_secret", rowId: id, field: "ciphertext" };
    return profile.openKey(ctx.secrets.open(ciphertext, place));
  } catch {
    // The message must still be stored; a damaged secret is the sender's alarm, here it only matches nothing.
    ctx.logger.error({ secret_id: id }, "an endpoint secret could not be opened to check an inbox message");
    return null;
  }
}

function toWire(result: Exclude<VerifyResult, { outcome: "verified" }>): InboxVerification {
  switch (result.outcome) {
    case "timestamp_out_of_tolerance":
      return { outcome: result.outcome, skew_seconds: result.skewSeconds };
    case "expired":
      return { outcome: result.outcome, ago_seconds: result.agoSeconds };
    default:
      return result;
  }
}

/** Verified by one secret, or the reason why by none: each endpoint's profile says what a signature is. */
export async function verifyInboxMessage(
  ctx: ServiceContext,
  endpoints: readonly InboxEndpoint[],
  message: SignedMessage,
): Promise<InboxVerification> {
  if (endpoints.length === 0) return { outcome: "no_endpoint" };
  let verdict: InboxVerification = { outcome: "no_match" };
  for (const { id, profileVersionId, secrets } of endpoints) {
    const { profile } = await ctx.wires.get({ profileVersionId, transformId: null });
    const opened = secrets.flatMap((secret) => {
      const key = openSecret(ctx, profile, secret);
      return key === null ? [] : [{ key, hint: secret.hint }];
    });
    const result = profile.verify({
      headers: message.headers,
      body: message.body,
      keys: opened.map(({ key }) => key),
      nowMs: ctx.now(),
      method: message.method,
      url: message.path,
    });
    if (result.outcome === "verified") {
      return {
        outcome: "verified",
        endpoint_id: id,
        secret_hint: opened[result.keyIndex]?.hint ?? "",
      };
    }
    verdict = toWire(result);
  }
  return verdict;
}
