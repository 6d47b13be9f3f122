// Owns the question whether endpoints can sign as a definition asks with the secrets that they have.
import { compileProfile } from "@/lib/domain/profile/compile";
import type { ProfileDefinition } from "@/lib/domain/profile/definition";
import type { ServiceContext } from "@/lib/server/context";
import type { Tx } from "@/lib/server/repositories/database";
import { listSealedSecretsOf } from "@/lib/server/repositories/profile-users";

/** The endpoints all of whose live secrets are of a kind that the definition signs with, by id. */
export async function secretsFit(
  tx: Tx,
  ctx: ServiceContext,
  endpointIds: readonly string[],
  definition: ProfileDefinition,
): Promise<Set<string>> {
  if (definition.signature.kind === "none") return new Set(endpointIds);
  const profile = compileProfile(definition);
  const sealed = await listSealedSecretsOf(tx, endpointIds, new Date(ctx.now()));
  const good = new Set(sealed.map(({ endpointId }) => endpointId));
  for (const { id, endpointId, ciphertext } of sealed) {
    try {
      const place = { table: "endpoint_secret", rowId: id, field: "ciphertext" };
      profile.openKey(ctx.secrets.open(ciphertext, place));
    } catch {
      // Of another kind, or damaged: either way only a new one helps.
      good.delete(endpointId);
    }
  }
  return good;
}
