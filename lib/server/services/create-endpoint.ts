// Owns the making of an endpoint and the first reveal of its secret.
import type { CreateEndpointInput, EndpointWithSecretDto } from "@/lib/contracts/endpoints";
import type { Actor } from "@/lib/domain/access/permissions";
import type { ServiceContext } from "@/lib/server/context";
import { inTransaction } from "@/lib/server/repositories/database";
import { bumpEndpointVersion } from "@/lib/server/repositories/endpoints";
import { acceptUrl } from "./endpoint/accept-url";
import { addEndpoint } from "./endpoint/add-endpoint";
import { announceEndpoint } from "./endpoint/change-endpoint";
import { acceptTokenUrl } from "./endpoint/credentials";
import { toEndpointDto } from "./endpoint/endpoint-dto";
import { requirePermission } from "./require-permission";

/**
 * Makes an active endpoint with a fresh secret, which only this answer shows.
 * Throws `target_not_allowed` (URL, token URL), `invalid_request` (headers, filter, profile, authentication, secret), `conflict` (the environment is full).
 */
export async function createEndpoint(
  ctx: ServiceContext,
  actor: Actor,
  input: CreateEndpointInput,
): Promise<EndpointWithSecretDto> {
  requirePermission(actor, "endpoints:write");
  const url = await acceptUrl(ctx, input.url);
  const auth = input.auth && (await acceptTokenUrl(ctx, input.auth, "auth."));
  const { created, made } = await inTransaction(ctx.db, async (tx) => {
    await bumpEndpointVersion(tx, actor.environmentId);
    return addEndpoint(tx, ctx, actor, { settings: { ...input, url, auth }, kind: "endpoint" });
  });
  announceEndpoint(ctx, actor.environmentId, created.id);
  return { ...toEndpointDto(created), secret: made.secret, public_key: made.publicKey };
}
