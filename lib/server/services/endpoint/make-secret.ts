// Owns the birth of a signing secret: random, sealed for its own row, its plaintext handed to the caller once.
import { formatSecret, secretHint } from "@/lib/domain/signing/standard-webhooks";
import type { ServiceContext } from "@/lib/server/context";
import type { NewSecret } from "@/lib/server/repositories/endpoint-secrets";

const SECRET_BYTES = 32;

/** A new secret for the endpoint: `secret` for the one answer that shows it, `row` for the database. */
export function makeSecret(ctx: ServiceContext, endpointId: string): { secret: string; row: NewSecret } {
  const id = ctx.newId("endpointSecret");
  const secret = formatSecret(ctx.randomBytes(SECRET_BYTES));
  const ciphertext = ctx.secrets.seal(secret, { table: "endpoint_secret", rowId: id, field: "ciphertext" });
  return {
    secret,
    row: {
      id,
      endpointId,
      ciphertext: new Uint8Array(ciphertext),
      hint: secretHint(secret),
      createdAt: new Date(ctx.now()),
    },
  };
}
