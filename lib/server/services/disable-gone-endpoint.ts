// Owns what follows from 410 Gone: the receiver wants nothing more, so its endpoint is disabled and says why.
import type { Actor } from "@/lib/domain/access/permissions";
import { isAppError } from "@/lib/domain/errors";
import type { ServiceContext } from "../context";
import { disableEndpoint } from "./disable-endpoint";

/** Disables the endpoint with the reason `receiver_gone`. Safe to do twice; an endpoint deleted meanwhile is fine. */
export async function disableGoneEndpoint(
  ctx: ServiceContext,
  target: { endpointId: string; environmentId: string; workspaceId: string },
): Promise<void> {
  const actor: Actor = {
    kind: "system",
    label: "Signpost",
    workspaceId: target.workspaceId,
    environmentId: target.environmentId,
    ip: null,
  };
  try {
    await disableEndpoint(ctx, actor, target.endpointId, "receiver_gone");
  } catch (error) {
    if (!isAppError(error) || error.code !== "not_found") throw error;
  }
}
