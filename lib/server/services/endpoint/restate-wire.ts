// Owns what a repeated subscription may say about an endpoint that is there already: its profile and its secret. Only what
// differs is changed, so that a repetition of the same call changes nothing.
import type { Actor } from "@/lib/domain/access/permissions";
import { DEFAULT_PROFILE } from "@/lib/domain/profile/built-in";
import type { ServiceContext } from "@/lib/server/context";
import type { Tx } from "@/lib/server/repositories/database";
import { listSealedSecrets } from "@/lib/server/repositories/endpoint-secrets";
import type { EndpointView } from "@/lib/server/repositories/endpoints";
import { replaceSecret } from "../rotate-secret";
import { changeSettings } from "./change-settings";
import type { MadeSecret } from "./make-secret";

export type RestatedWire = {
  profile?: string | undefined;
  secret?: string | undefined;
  new_secret?: true | undefined;
};

type RevealedSecret = { secret: string; public_key: string | null };

export type Restated = {
  /** The secret when one was made; it is shown this once. */
  revealed: RevealedSecret | null;
  /** To be called after the commit, as `changeSettings` gives it. */
  finish: () => Promise<void>;
};

/**
 * In the transaction that has locked the endpoint, so that a secret is never replaced without an answer that shows the new
 * one. Throws what `changeSettings` and `replaceSecret` throw.
 */
export async function restateWire(
  tx: Tx,
  ctx: ServiceContext,
  actor: Actor,
  before: EndpointView,
  { profile, secret, new_secret }: RestatedWire,
): Promise<Restated> {
  const restated: Restated = { revealed: null, finish: async () => undefined };
  const has = before.profileVersion?.profile ?? { id: null, slug: DEFAULT_PROFILE.slug };
  const moves = profile !== undefined && profile !== has.slug && profile !== has.id;
  let row = before;
  if (moves || new_secret === true) {
    const input = { ...(profile !== undefined && { profile }), ...(new_secret === true && { new_secret }) };
    const changed = await changeSettings(tx, ctx, actor, before, input, undefined);
    row = changed.row;
    restated.finish = changed.finish;
    if (changed.made !== null) restated.revealed = shown(changed.made);
  }
  if (secret === undefined || (await isCurrentSecret(tx, ctx, row.id, secret))) return restated;
  restated.revealed = shown(await replaceSecret(tx, ctx, actor, row, { overlap_seconds: 0, secret }));
  return restated;
}

const shown = ({ secret, publicKey }: MadeSecret): RevealedSecret => ({ secret, public_key: publicKey });

async function isCurrentSecret(
  tx: Tx,
  ctx: ServiceContext,
  endpointId: string,
  secret: string,
): Promise<boolean> {
  const sealed = await listSealedSecrets(tx, endpointId, new Date(ctx.now()));
  return sealed.some(
    ({ id, ciphertext, expiresAt }) =>
      expiresAt === null &&
      ctx.secrets.open(ciphertext, { table: "endpoint_secret", rowId: id, field: "ciphertext" }) === secret,
  );
}
