// Owns setting how an endpoint's requests authenticate themselves with a header; replaces whatever was set before.
import type { EndpointAuthInput, EndpointCredentialsDto } from "@/lib/contracts/endpoint-auth";
import type { Actor } from "@/lib/domain/access/permissions";
import type { ServiceContext } from "@/lib/server/context";
import { recordAudit } from "@/lib/server/repositories/audit";
import { putAuth } from "@/lib/server/repositories/endpoint-credentials";
import { profileInUse } from "@/lib/server/repositories/profiles";
import { changeEndpoint, requireEndpoint } from "./endpoint/change-endpoint";
import { acceptTokenUrl, readCredentials, sealAuth } from "./endpoint/credentials";
import { profileHeaderNames } from "./endpoint/wire-settings";
import { requirePermission } from "./require-permission";

/**
 * The next attempt uses it, also of deliveries that wait. Throws `not_found`, `target_not_allowed` (token URL),
 * `invalid_request` (a header that cannot be set, or that the endpoint or its profile sends already).
 */
export async function setEndpointAuth(
  ctx: ServiceContext,
  actor: Actor,
  id: string,
  input: EndpointAuthInput,
): Promise<EndpointCredentialsDto> {
  requirePermission(actor, "endpoints:write");
  // Before the transaction: resolving a name may take seconds, and a foreign id must not become a resolver.
  await requireEndpoint(ctx, actor, id);
  const accepted = await acceptTokenUrl(ctx, input);
  return changeEndpoint(ctx, actor, id, async (tx, row, now) => {
    const { definition } = await profileInUse(tx, row.profileVersionId);
    const taken = { custom: row.headerNames, profile: profileHeaderNames(definition) };
    const auth = sealAuth(ctx, id, accepted, taken);
    await putAuth(tx, auth, now);
    await recordAudit(tx, ctx, actor, {
      action: "endpoint.auth_set",
      targetKind: "endpoint",
      targetId: id,
      detail: { kind: auth.kind, hint: auth.hint },
    });
    return readCredentials(tx, id);
  });
}
