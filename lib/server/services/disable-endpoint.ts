// Owns disabling with a machine-readable reason. A person gives `manual`; the delivery service has its own, in its own words.
import type { EndpointDto } from "@/lib/contracts/endpoints";
import type { Actor } from "@/lib/domain/access/permissions";
import type { DisabledReason } from "@/lib/domain/delivery/states";
import type { ServiceContext } from "@/lib/server/context";
import { stopEndpoint } from "./endpoint/stop-endpoint";
import { requirePermission } from "./require-permission";

/** Disables an endpoint; its waiting deliveries and new events are held until a person decides. Throws `not_found`. */
export async function disableEndpoint(
  ctx: ServiceContext,
  actor: Actor,
  id: string,
  reason: DisabledReason = "manual",
): Promise<EndpointDto> {
  requirePermission(actor, "endpoints:write");
  return stopEndpoint(ctx, actor, id, { state: "disabled", reason });
}
