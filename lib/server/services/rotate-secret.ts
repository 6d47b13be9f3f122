// Owns rotation: a new secret signs from now on, the old one until its overlap ends, and the plaintext is shown once.
import {
  type EndpointWithSecretDto,
  MAX_LIVE_SECRETS,
  type RotateSecretInput,
} from "@/lib/contracts/endpoints";
import type { Actor } from "@/lib/domain/access/permissions";
import type { ServiceContext } from "@/lib/server/context";
import { recordAudit } from "@/lib/server/repositories/audit";
import {
  expireSecrets,
  insertSecret,
  listLiveSecrets,
  wipeEndedSecrets,
} from "@/lib/server/repositories/endpoint-secrets";
import { changeEndpoint, requireEndpoint } from "./endpoint/change-endpoint";
import { toEndpointDto } from "./endpoint/endpoint-dto";
import { makeSecret } from "./endpoint/make-secret";
import { requirePermission } from "./require-permission";

/**
 * Gives the endpoint a new secret. With an overlap the current one keeps signing until it ends (earlier ones keep their own
 * end, the oldest beyond MAX_LIVE_SECRETS end now); without, every older one ends now. Each call makes another secret:
 * after a lost answer, rotate again. Throws `not_found`.
 */
export async function rotateSecret(
  ctx: ServiceContext,
  actor: Actor,
  id: string,
  input: RotateSecretInput,
): Promise<EndpointWithSecretDto> {
  requirePermission(actor, "endpoints:write");
  const { secret, row } = makeSecret(ctx, id);
  const changed = await changeEndpoint(ctx, actor, id, async (tx, _before, now) => {
    const live = await listLiveSecrets(tx, id, now);
    const current = live.filter((old) => old.expiresAt === null).map((old) => old.id);
    const retiring = live.filter((old) => old.expiresAt !== null).map((old) => old.id);
    if (input.overlap_seconds === 0) {
      await expireSecrets(tx, id, [...current, ...retiring], now);
    } else {
      const end = new Date(now.getTime() + input.overlap_seconds * 1000);
      await expireSecrets(tx, id, current, end);
      // The new and the current one are two; the newest of the rest may stay.
      await expireSecrets(tx, id, retiring.slice(MAX_LIVE_SECRETS - 2), now);
    }
    await wipeEndedSecrets(tx, id, now);
    await insertSecret(tx, row);
    await recordAudit(tx, ctx, actor, {
      action: "endpoint.secret_rotated",
      targetKind: "endpoint",
      targetId: id,
      detail: { secret_id: row.id, secret_hint: row.hint, overlap_seconds: input.overlap_seconds },
    });
    return requireEndpoint(ctx, actor, id, tx);
  });
  return { ...toEndpointDto(changed), secret };
}
