// Owns the check of a URL while it is being typed: the verdict that saving it would give.
import type { UrlCheckDto } from "@/lib/contracts/endpoints";
import type { Actor } from "@/lib/domain/access/permissions";
import type { ServiceContext } from "@/lib/server/context";
import { requirePermission } from "./require-permission";

/** The verdict in words; sends nothing to the address. */
export async function checkEndpointUrl(ctx: ServiceContext, actor: Actor, url: string): Promise<UrlCheckDto> {
  requirePermission(actor, "endpoints:write");
  return ctx.outbound.checkUrl(url);
}
