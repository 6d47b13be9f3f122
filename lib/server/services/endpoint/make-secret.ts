// Owns the birth of a signing secret: made at random or brought along, sealed for its own row, its plaintext handed to the
// caller once.
import { AppError } from "@/lib/domain/errors";
import type { ProfileDefinition } from "@/lib/domain/profile/definition";
import { checkImportedSecret, importKindOf } from "@/lib/domain/signing/import-secret";
import { makeSecret as drawSecret, publicKeyOf, secretHint } from "@/lib/domain/signing/keys";
import type { ServiceContext } from "@/lib/server/context";
import type { NewSecret } from "@/lib/server/repositories/endpoint-secrets";

const SECRET_BYTES = 32;

export type MadeSecret = {
  /** What receivers verify with, for the one answer that shows it; empty for a profile that does not sign. */
  secret: string;
  publicKey: string | null;
  /** For the database; null for a profile that does not sign. */
  row: NewSecret | null;
};

function refuse(message: string): never {
  throw new AppError("invalid_request", message, { errors: [{ path: "secret", message }] });
}

function checked(definition: ProfileDefinition, imported: string): string {
  const kind = importKindOf(definition.signature, imported);
  if (kind === null) return refuse("The profile does not sign, so an endpoint has no secret.");
  const verdict = checkImportedSecret(kind, imported);
  return verdict.outcome === "accepted" ? verdict.secret : refuse(verdict.message);
}

/**
 * A new secret for the endpoint, of the kind that the profile's signature needs. `imported` is one that receivers have
 * already; `invalid_request` says what is wrong with it.
 */
export function makeSecret(
  ctx: ServiceContext,
  endpointId: string,
  definition: ProfileDefinition,
  imported?: string,
): MadeSecret {
  const text =
    imported === undefined
      ? drawSecret(definition.secret.kind, ctx.randomBytes(SECRET_BYTES)).secret
      : checked(definition, imported);
  if (text === "") return { secret: "", publicKey: null, row: null };
  const publicKey = publicKeyOf(text);
  const id = ctx.newId("endpointSecret");
  const ciphertext = ctx.secrets.seal(text, { table: "endpoint_secret", rowId: id, field: "ciphertext" });
  return {
    // A private key is of use to nobody but the signer.
    secret: publicKey ?? text,
    publicKey,
    row: {
      id,
      endpointId,
      ciphertext: new Uint8Array(ciphertext),
      hint: secretHint(publicKey ?? text),
      publicKey,
      createdAt: new Date(ctx.now()),
    },
  };
}
