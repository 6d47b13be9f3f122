// Owns the reading of what an endpoint authenticates itself with: kinds and hints, never a secret.
import type { EndpointCredentialsDto } from "@/lib/contracts/endpoint-auth";
import type { Actor } from "@/lib/domain/access/permissions";
import type { ServiceContext } from "@/lib/server/context";
import { requireEndpoint } from "./endpoint/change-endpoint";
import { readCredentials } from "./endpoint/credentials";
import { requirePermission } from "./require-permission";

/** Throws `not_found`. */
export async function getEndpointCredentials(
  ctx: ServiceContext,
  actor: Actor,
  id: string,
): Promise<EndpointCredentialsDto> {
  requirePermission(actor, "endpoints:read");
  await requireEndpoint(ctx, actor, id);
  return readCredentials(ctx.db.prisma, id);
}
