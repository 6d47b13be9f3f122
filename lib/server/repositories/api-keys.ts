// Owns the rows of API keys. Only hashes are here; the key itself was shown once and is gone.
import type { ApiKey } from "../db/generated/client";
import type { Database, Tx } from "./database";

type Client = Database["prisma"] | Tx;

export type ApiKeyRow = ApiKey;

export type ApiKeyWithEnvironment = ApiKey & { environment: { workspaceId: string; kind: string } };

/** The key with this SHA-256, whatever its state, or null. The only look-up without an environment: it finds it. */
export function findApiKeyByHash(db: Client, hash: Uint8Array): Promise<ApiKeyWithEnvironment | null> {
  return db.apiKey.findUnique({
    where: { hash: Uint8Array.from(hash) },
    include: { environment: { select: { workspaceId: true, kind: true } } },
  });
}

export function findApiKey(db: Client, environmentId: string, id: string): Promise<ApiKey | null> {
  return db.apiKey.findFirst({ where: { id, environmentId } });
}

/** Keys of an environment, newest first; revoked ones too (they explain old entries of the audit trail). */
export function listApiKeyRows(
  db: Client,
  environmentId: string,
  page: { before?: string; take: number },
): Promise<ApiKey[]> {
  return db.apiKey.findMany({
    where: { environmentId, ...(page.before === undefined ? {} : { id: { lt: page.before } }) },
    orderBy: { id: "desc" },
    take: page.take,
  });
}

export function countLiveApiKeys(db: Client, environmentId: string): Promise<number> {
  return db.apiKey.count({ where: { environmentId, revokedAt: null } });
}

export type NewApiKey = {
  id: string;
  environmentId: string;
  name: string;
  hash: Uint8Array;
  hint: string;
  scopes: string[];
  createdBy: string | null;
  createdAt: Date;
  expiresAt: Date | null;
};

export function insertApiKey(db: Client, key: NewApiKey): Promise<ApiKey> {
  return db.apiKey.create({ data: { ...key, hash: Uint8Array.from(key.hash) } });
}

/** Ends a key; true when it was not ended before. */
export async function markApiKeyRevoked(
  db: Client,
  environmentId: string,
  id: string,
  at: Date,
): Promise<boolean> {
  const result = await db.apiKey.updateMany({
    where: { id, environmentId, revokedAt: null },
    data: { revokedAt: at },
  });
  return result.count > 0;
}

/** Notes a use, unless a later one is known already (several processes write). */
export async function touchApiKey(db: Client, environmentId: string, id: string, at: Date): Promise<void> {
  await db.apiKey.updateMany({
    where: { id, environmentId, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: at } }] },
    data: { lastUsedAt: at },
  });
}
