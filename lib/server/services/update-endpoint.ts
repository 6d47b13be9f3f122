// Owns partial changes of an endpoint's settings. Knows nothing about its state.
import type { UpdatedEndpointDto, UpdateEndpointInput } from "@/lib/contracts/endpoints";
import type { Actor } from "@/lib/domain/access/permissions";
import type { ServiceContext } from "@/lib/server/context";
import { acceptUrl } from "./endpoint/accept-url";
import { changeEndpoint, requireEndpoint } from "./endpoint/change-endpoint";
import { changeSettings } from "./endpoint/change-settings";
import { toEndpointDto } from "./endpoint/endpoint-dto";
import { requirePermission } from "./require-permission";

/**
 * Changes the fields that are given and leaves all others (the row is locked, so parallel changes lose nothing).
 * Deliveries that wait for their next attempt use the new address, timeout and schedule; their profile and field mapping
 * stay, so that every attempt sends the same bytes, unless a new secret is of a kind that the old profile cannot sign
 * with: then they follow the new one. Those of another tenant's events than a new tenant's end. The answer
 * has a secret only when `new_secret` asked for one.
 * Throws `not_found`, `target_not_allowed`, `invalid_request`, `conflict` (secrets that the new profile cannot use,
 * credentials that another origin would get).
 */
export async function updateEndpoint(
  ctx: ServiceContext,
  actor: Actor,
  id: string,
  input: UpdateEndpointInput,
): Promise<UpdatedEndpointDto> {
  requirePermission(actor, "endpoints:write");
  // Before the transaction: resolving a name may take seconds, and a foreign id must not become a resolver.
  await requireEndpoint(ctx, actor, id);
  const url = input.url === undefined ? undefined : await acceptUrl(ctx, input.url);
  const { row, made, finish } = await changeEndpoint(ctx, actor, id, (tx, before) =>
    changeSettings(tx, ctx, actor, before, input, url),
  );
  await finish();
  const dto = toEndpointDto(row);
  return made === null ? dto : { ...dto, secret: made.secret, public_key: made.publicKey };
}
