// Owns the one exception to the rule that a delivery keeps the profile it was made with: the secret that the old profile
// signs with is gone, so that nothing could ever be sent in the old form.
import { compileProfile } from "@/lib/domain/profile/compile";
import type { ProfileDefinition } from "@/lib/domain/profile/definition";
import { SecretError } from "@/lib/domain/signing/keys";
import type { ServiceContext } from "@/lib/server/context";
import type { Tx } from "@/lib/server/repositories/database";
import { type EndpointRef, repinDeliveries } from "@/lib/server/repositories/endpoint-deliveries";
import { findEndpoint, lockEndpoint } from "@/lib/server/repositories/endpoints";
import type { ProfileInUse } from "@/lib/server/repositories/profiles";
import type { MadeSecret } from "./make-secret";
import { moveRemaining } from "./move-deliveries";

/** Whether the old profile, which had a secret of its own kind, cannot sign with the new one. */
function lostItsSecret(
  ctx: Pick<ServiceContext, "secrets">,
  old: ProfileDefinition,
  next: ProfileDefinition,
  { row }: MadeSecret,
): boolean {
  if (old.signature.kind === "none") return false;
  if (row === null || old.secret.kind !== next.secret.kind) return true;
  const place = { table: "endpoint_secret", rowId: row.id, field: "ciphertext" };
  try {
    compileProfile(old).openKey(ctx.secrets.open(Buffer.from(row.ciphertext), place));
    return false;
  } catch (error) {
    if (error instanceof SecretError) return true;
    throw error;
  }
}

/**
 * Pins the endpoint's waiting and held deliveries to `next` when the secret that was just made is of another kind than `old`
 * signs with. In the transaction of that change, up to one chunk; call what it gives after the commit for the others.
 */
export async function repinToNewSecret(
  tx: Tx,
  ctx: ServiceContext,
  ref: EndpointRef,
  old: ProfileDefinition,
  next: ProfileInUse,
  made: MadeSecret,
): Promise<() => Promise<void>> {
  if (!lostItsSecret(ctx, old, next.definition, made)) return async () => undefined;
  const first = await repinDeliveries(tx, ref, next.versionId);
  return async () => {
    await moveRemaining(ctx, first, async (each) => {
      if (!(await lockEndpoint(each, ref.environmentId, ref.endpointId))) return null;
      const current = await findEndpoint(each, ref.environmentId, ref.endpointId, new Date(ctx.now()));
      return current?.profileVersionId === next.versionId ? repinDeliveries(each, ref, next.versionId) : null;
    });
  };
}
