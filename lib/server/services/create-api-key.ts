// Owns making an API key: the text exists once, in this answer; the row has its SHA-256.
import type { ApiKeyWithSecretDto, CreateApiKeyInput } from "@/lib/contracts/api-keys";
import {
  apiKeyHint,
  type EnvironmentKind,
  formatApiKey,
  hashApiKey,
} from "@/lib/domain/access/api-key-format";
import type { Actor } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import type { ServiceContext } from "../context";
import { countLiveApiKeys, insertApiKey } from "../repositories/api-keys";
import { recordAudit } from "../repositories/audit";
import { inTransaction } from "../repositories/database";
import { findEnvironment, lockEnvironment } from "../repositories/environments";
import { toApiKeyDto } from "./api-key-dto";
import { requirePermission } from "./require-permission";

const MAX_LIVE_KEYS = 100;

function expiryOf(ctx: ServiceContext, expiresAt: string | null | undefined): Date | null {
  if (expiresAt === null || expiresAt === undefined) return null;
  const date = new Date(expiresAt);
  if (date.getTime() > ctx.now()) return date;
  const message = "must be in the future";
  throw new AppError("invalid_request", `The key would have expired already: expires_at ${message}.`, {
    errors: [{ path: "expires_at", message }],
  });
}

/**
 * A new key of the actor's environment; `key` in the answer is the only time it is readable. Throws `forbidden`,
 * `invalid_request` (expiry in the past), `conflict` (100 live keys exist).
 */
export async function createApiKey(
  ctx: ServiceContext,
  actor: Actor,
  input: CreateApiKeyInput,
): Promise<ApiKeyWithSecretDto> {
  requirePermission(actor, "api_keys:write");
  const { workspaceId, environmentId } = actor;
  const expiresAt = expiryOf(ctx, input.expires_at);
  const environment = await findEnvironment(ctx.db.prisma, workspaceId, environmentId);
  if (environment === null) throw new AppError("not_found", "This environment does not exist.");
  const key = formatApiKey(environment.kind as EnvironmentKind, ctx.randomBytes(32));
  const row = await inTransaction(ctx.db, async (tx) => {
    await lockEnvironment(tx, workspaceId, environmentId);
    if ((await countLiveApiKeys(tx, environmentId)) >= MAX_LIVE_KEYS) {
      throw new AppError("conflict", `An environment has at most ${MAX_LIVE_KEYS} keys. Revoke one first.`);
    }
    const created = await insertApiKey(tx, {
      id: ctx.newId("apiKey"),
      environmentId,
      name: input.name,
      hash: hashApiKey(key),
      hint: apiKeyHint(key),
      scopes: input.scopes,
      createdBy: actor.kind === "user" ? actor.userId : null,
      createdAt: new Date(ctx.now()),
      expiresAt,
    });
    await recordAudit(tx, ctx, actor, {
      action: "api_key.created",
      targetKind: "api_key",
      targetId: created.id,
      detail: { name: input.name, hint: created.hint, scopes: input.scopes, expires_at: expiresAt },
    });
    return created;
  });
  return { ...toApiKeyDto(row), key };
}
