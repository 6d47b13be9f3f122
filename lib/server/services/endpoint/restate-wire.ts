// Owns what a repeated subscription may say about an endpoint that is there already: its profile and its secret. Only what
// differs is changed, so that a repetition of the same call changes nothing.
import type { Actor } from "@/lib/domain/access/permissions";
import { DEFAULT_PROFILE } from "@/lib/domain/profile/built-in";
import type { ServiceContext } from "@/lib/server/context";
import { listSealedSecrets } from "@/lib/server/repositories/endpoint-secrets";
import { findEndpoint } from "@/lib/server/repositories/endpoints";
import { rotateSecret } from "../rotate-secret";
import { updateEndpoint } from "../update-endpoint";

export type RestatedWire = {
  profile?: string | undefined;
  secret?: string | undefined;
  new_secret?: true | undefined;
};

export type RevealedSecret = { secret: string; public_key: string | null };

/** Throws what `updateEndpoint` and `rotateSecret` throw. Gives the secret when one was made; it is shown this once. */
export async function restateWire(
  ctx: ServiceContext,
  actor: Actor,
  id: string,
  { profile, secret, new_secret }: RestatedWire,
): Promise<RevealedSecret | null> {
  const row = await findEndpoint(ctx.db.prisma, actor.environmentId, id, new Date(ctx.now()));
  if (row === null) return null;
  let revealed: RevealedSecret | null = null;
  const has = row.profileVersion?.profile ?? { id: null, slug: DEFAULT_PROFILE.slug };
  const moves = profile !== undefined && profile !== has.slug && profile !== has.id;
  if (moves || new_secret === true) {
    const updated = await updateEndpoint(ctx, actor, id, {
      ...(profile !== undefined && { profile }),
      ...(new_secret === true && { new_secret }),
    });
    if ("secret" in updated) revealed = { secret: updated.secret, public_key: updated.public_key };
  }
  if (secret === undefined || (await isCurrentSecret(ctx, id, secret))) return revealed;
  const rotated = await rotateSecret(ctx, actor, id, { overlap_seconds: 0, secret });
  return { secret: rotated.secret, public_key: rotated.public_key };
}

async function isCurrentSecret(ctx: ServiceContext, endpointId: string, secret: string): Promise<boolean> {
  const sealed = await listSealedSecrets(ctx.db.prisma, endpointId, new Date(ctx.now()));
  return sealed.some(
    ({ id, ciphertext, expiresAt }) =>
      expiresAt === null &&
      ctx.secrets.open(ciphertext, { table: "endpoint_secret", rowId: id, field: "ciphertext" }) === secret,
  );
}
