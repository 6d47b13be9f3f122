// Owns the reading of one endpoint.
import type { EndpointDto } from "@/lib/contracts/endpoints";
import type { Actor } from "@/lib/domain/access/permissions";
import type { ServiceContext } from "@/lib/server/context";
import { requireEndpoint } from "./endpoint/change-endpoint";
import { toEndpointDto } from "./endpoint/endpoint-dto";
import { requirePermission } from "./require-permission";

/** The endpoint as it may be shown; throws `not_found`. */
export async function getEndpoint(ctx: ServiceContext, actor: Actor, id: string): Promise<EndpointDto> {
  requirePermission(actor, "endpoints:read");
  return toEndpointDto(await requireEndpoint(ctx, actor, id));
}
