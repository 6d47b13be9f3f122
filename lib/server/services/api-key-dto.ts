// Owns the shape in which a key leaves the server: never its hash.
import type { ApiKeyDto } from "@/lib/contracts/api-keys";
import { API_KEY_SCOPES } from "@/lib/domain/access/permissions";
import type { ApiKeyRow } from "../repositories/api-keys";

/** A row as its DTO. */
export function toApiKeyDto(row: ApiKeyRow): ApiKeyDto {
  return {
    id: row.id,
    name: row.name,
    hint: row.hint,
    scopes: API_KEY_SCOPES.filter((scope) => row.scopes.includes(scope)),
    created_at: row.createdAt.toISOString(),
    expires_at: row.expiresAt?.toISOString() ?? null,
    revoked_at: row.revokedAt?.toISOString() ?? null,
    last_used_at: row.lastUsedAt?.toISOString() ?? null,
  };
}
