// Owns the exact request that a profile makes of an event, without sending it.
import { createHash } from "node:crypto";
import type { PreviewProfileInput, ProfilePreviewDto } from "@/lib/contracts/profiles";
import type { Actor } from "@/lib/domain/access/permissions";
import type { SecretKind } from "@/lib/domain/profile/signature-scheme";
import { type MadeSecret, makeSecret } from "@/lib/domain/signing/keys";
import type { ServiceContext } from "@/lib/server/context";
import { requirePermission } from "../require-permission";
import { buildRequest, readTrial } from "./trial";

const EXAMPLE_URL = "https://receiver.example.com/webhooks";
const EXAMPLE_ATTEMPT = {
  id: "att_01k0w3g8zqe9v8m2c5t7r4n6pb",
  deliveryId: "dlv_01k0w3g8zqe9v8m2c5t7r4n6pb",
  endpointId: "ep_01k0w3g8zqe9v8m2c5t7r4n6pb",
};
const SEED = createHash("sha256").update("signpost preview secret").digest();

/**
 * A secret that everybody may know, for requests that reach no endpoint: always the same, so that only what a person
 * changes changes in a preview.
 */
export const previewSecret = (kind: SecretKind): MadeSecret => makeSecret(kind, SEED);

/** Nothing is sent and nothing is kept. Throws `not_found`, `conflict` (a payload that is gone), `forbidden`, `invalid_request` (too large a body). */
export async function previewProfile(
  ctx: ServiceContext,
  actor: Actor,
  input: PreviewProfileInput,
): Promise<ProfilePreviewDto> {
  requirePermission(actor, "profiles:read");
  const { definition, event, environment } = await readTrial(ctx, actor, input);
  const { secret, publicKey } = previewSecret(definition.secret.kind);
  const atMs = input.at === undefined ? ctx.now() : Date.parse(input.at);
  const request = buildRequest(input, {
    definition,
    sample: event,
    secrets: secret === "" ? [] : [secret],
    atMs,
    url: input.url ?? EXAMPLE_URL,
    environment,
    attempt: { ...EXAMPLE_ATTEMPT, number: input.attempt_number ?? 1 },
  });
  return {
    ...request,
    body_size: Buffer.byteLength(request.body),
    at: new Date(atMs).toISOString(),
    event: { id: event.id, type: event.type },
    secret: publicKey ?? secret,
    public_key: publicKey,
  };
}
