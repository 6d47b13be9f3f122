// The API keys of the demo: some to look at, and one for each environment with which the traffic is sent.
import type { CreateApiKeyInput } from "@/lib/contracts/api-keys";
import { hashApiKey } from "@/lib/domain/access/api-key-format";
import { type Actor, API_KEY_SCOPES } from "@/lib/domain/access/permissions";
import type { ServiceContext } from "@/lib/server/context";
import { createApiKey } from "@/lib/server/services/create-api-key";
import { revokeApiKey } from "@/lib/server/services/revoke-api-key";
import { DAY_MS, inThePast } from "./past";

interface DemoKey {
  readonly name: string;
  readonly scopes: CreateApiKeyInput["scopes"];
  readonly daysOld: number;
  /** Counted from its making. */
  readonly validDays?: number;
  readonly revokedDaysAgo?: number;
}

export const LIVE_KEYS: readonly DemoKey[] = [
  { name: "Shop backend, first version", scopes: ["events:write"], daysOld: 21, revokedDaysAgo: 8 },
  { name: "Support desk", scopes: ["events:read", "deliveries:read", "deliveries:write"], daysOld: 16 },
  { name: "Terraform", scopes: ["endpoints:read", "endpoints:write"], daysOld: 10, validDays: 90 },
];

export const SANDBOX_KEYS: readonly DemoKey[] = [
  { name: "Developers", scopes: [...API_KEY_SCOPES], daysOld: 17, validDays: 365 },
];

/** Keeps the text of a key between two starts: the database has only its hash. */
export interface KeyStore {
  read(name: string): Promise<string | undefined>;
  write(name: string, value: string): Promise<void>;
}

/** Makes the keys that have never been there. */
export async function seedApiKeys(
  ctx: ServiceContext,
  actor: Actor,
  keys: readonly DemoKey[],
): Promise<void> {
  const { environmentId } = actor;
  const rows = await ctx.db.prisma.apiKey.findMany({ where: { environmentId }, select: { name: true } });
  for (const key of keys) {
    if (rows.some((row) => row.name === key.name)) continue;
    const past = inThePast(ctx, key.daysOld * DAY_MS);
    const end = key.validDays === undefined ? null : new Date(past.now() + key.validDays * DAY_MS);
    const input = { name: key.name, scopes: key.scopes, expires_at: end?.toISOString() };
    const { id } = await createApiKey(past, actor, input);
    if (key.revokedDaysAgo !== undefined) {
      await revokeApiKey(inThePast(ctx, key.revokedDaysAgo * DAY_MS), actor, id);
    }
  }
}

/** The text of a key that may send events: the kept one while it is valid, else a new one, which is kept then. */
export async function trafficKey(ctx: ServiceContext, actor: Actor, store: KeyStore): Promise<string> {
  const { environmentId } = actor;
  const slot = `demo-key-${environmentId}`;
  const kept = await store.read(slot);
  if (kept !== undefined) {
    const row = await ctx.db.prisma.apiKey.findFirst({
      where: { environmentId, hash: new Uint8Array(hashApiKey(kept)), revokedAt: null },
      select: { id: true },
    });
    if (row !== null) return kept;
  }
  const { key } = await createApiKey(ctx, actor, {
    name: "Shop backend (demo traffic)",
    scopes: ["events:write"],
  });
  await store.write(slot, key);
  return key;
}
