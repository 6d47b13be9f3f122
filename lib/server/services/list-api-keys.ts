// Owns the list of keys for people.
import type { ApiKeyDto, ListApiKeysQuery } from "@/lib/contracts/api-keys";
import type { Page } from "@/lib/contracts/common";
import type { Actor } from "@/lib/domain/access/permissions";
import type { ServiceContext } from "../context";
import { listApiKeyRows } from "../repositories/api-keys";
import { toApiKeyDto } from "./api-key-dto";
import { requirePermission } from "./require-permission";

/** One page of the environment's keys, newest first, revoked and expired ones included. */
export async function listApiKeys(
  ctx: ServiceContext,
  actor: Actor,
  query: ListApiKeysQuery,
): Promise<Page<ApiKeyDto>> {
  requirePermission(actor, "api_keys:read");
  const rows = await listApiKeyRows(ctx.db.prisma, actor.environmentId, {
    before: query.cursor,
    take: query.limit + 1,
  });
  const page = rows.slice(0, query.limit);
  return {
    data: page.map(toApiKeyDto),
    next_cursor: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null,
  };
}
