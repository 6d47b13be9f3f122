// Owns rotation: a new secret signs from now on, the old one until its overlap ends, and the plaintext is shown once.
import {
  type EndpointWithSecretDto,
  MAX_LIVE_SECRETS,
  type RotateSecretInput,
} from "@/lib/contracts/endpoints";
import type { Actor } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import type { ServiceContext } from "@/lib/server/context";
import { recordAudit } from "@/lib/server/repositories/audit";
import type { Tx } from "@/lib/server/repositories/database";
import {
  expireSecrets,
  insertSecret,
  listLiveSecrets,
  wipeEndedSecrets,
} from "@/lib/server/repositories/endpoint-secrets";
import type { EndpointView } from "@/lib/server/repositories/endpoints";
import { profileInUse } from "@/lib/server/repositories/profiles";
import { tellRotation } from "./alerts/tell-rotation";
import { changeEndpoint, requireEndpoint } from "./endpoint/change-endpoint";
import { toEndpointDto } from "./endpoint/endpoint-dto";
import { type MadeSecret, makeSecret } from "./endpoint/make-secret";
import { requirePermission } from "./require-permission";

/**
 * Gives the endpoint a new secret. With an overlap the current one keeps signing until it ends (earlier ones keep their own
 * end, the oldest beyond MAX_LIVE_SECRETS end now); without, every older one ends now. Each call makes another secret:
 * after a lost answer, rotate again. Throws `not_found`, `invalid_request`
 * (an overlap that the profile cannot have, a secret that it cannot use), `conflict` (a profile that does not sign).
 */
export async function rotateSecret(
  ctx: ServiceContext,
  actor: Actor,
  id: string,
  input: RotateSecretInput,
): Promise<EndpointWithSecretDto> {
  requirePermission(actor, "endpoints:write");
  const { changed, made } = await changeEndpoint(ctx, actor, id, async (tx, before) => {
    const made = await replaceSecret(tx, ctx, actor, before, input);
    return { changed: await requireEndpoint(ctx, actor, id, tx), made };
  });
  return { ...toEndpointDto(changed), secret: made.secret, public_key: made.publicKey };
}

/** The same within a transaction that has locked the endpoint. */
export async function replaceSecret(
  tx: Tx,
  ctx: ServiceContext,
  actor: Actor,
  before: EndpointView,
  input: RotateSecretInput,
): Promise<MadeSecret> {
  const { id } = before;
  const now = new Date(ctx.now());
  const { definition, name } = await profileInUse(tx, before.profileVersionId);
  const { rotation } = definition;
  const overlapSeconds = input.overlap_seconds ?? rotation.default_overlap_seconds;
  if (rotation.overlap === "never" && overlapSeconds > 0) {
    const message = `The profile ${name} signs with one secret only, so there is no overlap: the old one ends at once. Pass 0.`;
    throw new AppError("invalid_request", message, { errors: [{ path: "overlap_seconds", message }] });
  }
  const made = makeSecret(ctx, id, definition, input.secret);
  if (made.row === null)
    throw new AppError("conflict", `The profile ${name} does not sign: there is no secret.`);
  const { row } = made;
  const live = await listLiveSecrets(tx, id, now);
  const current = live.filter((old) => old.expiresAt === null).map((old) => old.id);
  const retiring = live.filter((old) => old.expiresAt !== null).map((old) => old.id);
  if (overlapSeconds === 0) {
    await expireSecrets(tx, id, [...current, ...retiring], now);
  } else {
    const end = new Date(now.getTime() + overlapSeconds * 1000);
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
    detail: { secret_id: row.id, secret_hint: row.hint, overlap_seconds: overlapSeconds },
  });
  await tellRotation(tx, ctx, actor, { endpoint: before, secret: row, overlapSeconds });
  return made;
}
