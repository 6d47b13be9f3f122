// Owns the verdict on a message's signature: the same check that a receiver would make, against every secret that the
// endpoints of this address have right now. Knows no rows but those it is given.
import type { InboxVerification } from "@/lib/contracts/inbox";
import { signingKeyBytes, verifyStandardWebhook } from "@/lib/domain/signing/standard-webhooks";
import type { ServiceContext } from "../../context";

export type InboxEndpoint = {
  id: string;
  secrets: { id: string; ciphertext: Uint8Array; hint: string }[];
};

export type SignedMessage = { headers: readonly [string, string][]; body: Uint8Array };

function openSecret(ctx: ServiceContext, id: string, ciphertext: Uint8Array): string | null {
  try {
    return ctx.secrets.open(ciphertext, { table: "endpoint_secret", rowId: id, field: "ciphertext" });
  } catch {
    // The message must still be stored; a damaged secret is the sender's alarm, here it only matches nothing.
    ctx.logger.error({ secret_id: id }, "an endpoint secret could not be opened to check an inbox message");
    return null;
  }
}

/** Verified by one secret, or the reason why by none. */
export function verifyInboxMessage(
  ctx: ServiceContext,
  endpoints: readonly InboxEndpoint[],
  message: SignedMessage,
): InboxVerification {
  const header = (name: string) => message.headers.find(([key]) => key === name)?.[1] ?? null;
  const [id, timestamp, signature] = ["webhook-id", "webhook-timestamp", "webhook-signature"].map(header);
  if (endpoints.length === 0) return { outcome: "no_endpoint" };
  let verdict: InboxVerification = { outcome: "no_match" };
  for (const endpoint of endpoints) {
    for (const { id: secretId, ciphertext, hint } of endpoint.secrets) {
      const secret = openSecret(ctx, secretId, ciphertext);
      if (secret === null) continue;
      const result = verifyStandardWebhook({
        id: id ?? null,
        timestamp: timestamp ?? null,
        signature: signature ?? null,
        body: message.body,
        key: signingKeyBytes(secret),
        nowMs: ctx.now(),
      });
      if (result.outcome === "verified") {
        return { outcome: "verified", endpoint_id: endpoint.id, secret_hint: hint };
      }
      verdict =
        result.outcome === "timestamp_out_of_tolerance"
          ? { outcome: result.outcome, skew_seconds: result.skewSeconds }
          : { outcome: result.outcome };
    }
  }
  return verdict;
}
