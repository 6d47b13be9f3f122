// Owns pausing: a person stops deliveries for a while, and they are held.
import type { EndpointDto } from "@/lib/contracts/endpoints";
import type { Actor } from "@/lib/domain/access/permissions";
import type { ServiceContext } from "@/lib/server/context";
import { stopEndpoint } from "./endpoint/stop-endpoint";
import { requirePermission } from "./require-permission";

/** Pauses an endpoint, also a disabled one; its waiting deliveries and new events are held. Throws `not_found`. */
export async function pauseEndpoint(ctx: ServiceContext, actor: Actor, id: string): Promise<EndpointDto> {
  requirePermission(actor, "endpoints:write");
  return stopEndpoint(ctx, actor, id, { state: "paused", reason: null });
}
