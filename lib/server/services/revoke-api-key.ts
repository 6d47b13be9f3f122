// Owns ending an API key for good.
import type { ApiKeyDto } from "@/lib/contracts/api-keys";
import type { Actor } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import type { ServiceContext } from "../context";
import { findApiKey, markApiKeyRevoked } from "../repositories/api-keys";
import { recordAudit } from "../repositories/audit";
import { inTransaction } from "../repositories/database";
import { toApiKeyDto } from "./api-key-dto";
import { forgetApiKeys } from "./authenticate-api-key";
import { requirePermission } from "./require-permission";

/**
 * Revokes a key: refused at once in this process, within two seconds in every other. Revoking twice is no error.
 * Throws `forbidden`, `not_found`.
 */
export async function revokeApiKey(ctx: ServiceContext, actor: Actor, id: string): Promise<ApiKeyDto> {
  requirePermission(actor, "api_keys:write");
  const row = await inTransaction(ctx.db, async (tx) => {
    const ended = await markApiKeyRevoked(tx, actor.environmentId, id, new Date(ctx.now()));
    const found = await findApiKey(tx, actor.environmentId, id);
    if (found === null) throw new AppError("not_found", "There is no such API key.");
    if (ended) {
      await recordAudit(tx, ctx, actor, {
        action: "api_key.revoked",
        targetKind: "api_key",
        targetId: id,
        detail: { name: found.name, hint: found.hint },
      });
    }
    return found;
  });
  forgetApiKeys(ctx);
  return toApiKeyDto(row);
}
