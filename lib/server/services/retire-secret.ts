// Owns the early end of an overlap: a retiring secret stops signing now.
import type { EndpointDto } from "@/lib/contracts/endpoints";
import type { Actor } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import type { ServiceContext } from "@/lib/server/context";
import { recordAudit } from "@/lib/server/repositories/audit";
import { expireSecrets, listLiveSecrets, wipeEndedSecrets } from "@/lib/server/repositories/endpoint-secrets";
import { changeEndpoint, requireEndpoint } from "./endpoint/change-endpoint";
import { toEndpointDto } from "./endpoint/endpoint-dto";
import { requirePermission } from "./require-permission";

/** Ends a retiring secret. Throws `not_found` (endpoint or secret), `conflict` for the current one, which only rotation replaces. */
export async function retireSecret(
  ctx: ServiceContext,
  actor: Actor,
  id: string,
  secretId: string,
): Promise<EndpointDto> {
  requirePermission(actor, "endpoints:write");
  const changed = await changeEndpoint(ctx, actor, id, async (tx, _before, now) => {
    const secret = (await listLiveSecrets(tx, id, now)).find((live) => live.id === secretId);
    if (secret === undefined)
      throw new AppError("not_found", "This endpoint has no such secret, or it has ended.");
    if (secret.expiresAt === null) {
      throw new AppError("conflict", "This is the current secret. Rotate it to replace it.");
    }
    await expireSecrets(tx, id, [secret.id], now);
    await wipeEndedSecrets(tx, id, now);
    await recordAudit(tx, ctx, actor, {
      action: "endpoint.secret_retired",
      targetKind: "endpoint",
      targetId: id,
      detail: { secret_id: secret.id, secret_hint: secret.hint },
    });
    return requireEndpoint(ctx, actor, id, tx);
  });
  return toEndpointDto(changed);
}
