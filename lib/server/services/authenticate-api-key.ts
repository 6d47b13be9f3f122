// Owns the way from an Authorization header to an actor. Answers from memory for a moment and asks the database behind
// the request's back, so that ingest pays one hash and one map look-up. Refuses to know routes and permissions.
import { timingSafeEqual } from "node:crypto";
import { hashApiKey, isWellFormedApiKey } from "@/lib/domain/access/api-key-format";
import { type Actor, API_KEY_SCOPES } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import type { ServiceContext } from "../context";
import { type ApiKeyWithEnvironment, findApiKeyByHash, touchApiKey } from "../repositories/api-keys";

export type ApiKeyActor = Extract<Actor, { kind: "api_key" }>;

/** A known key is asked about again after this time, without making anyone wait. */
const REFRESH_AFTER_MS = 1_000;
/** Longest that an answer is used: a key revoked by another process stops working here after this time. */
const MAX_AGE_MS = 2_000;
const UNKNOWN_MAX_AGE_MS = 1_000;
/** Bounds memory however many keys (or guesses) arrive. */
const MAX_ENTRIES = 10_000;
const TOUCH_EVERY_MS = 60_000;

type Refusal = "unknown" | "revoked";
type Entry = {
  actor: ApiKeyActor | null;
  refusal: Refusal;
  expiresAtMs: number;
  loadedAtMs: number;
  touchedAtMs: number;
  refreshing: boolean;
};

type Cache = { entries: Map<string, Entry>; loading: Map<string, Promise<Entry>>; generation: number };

const CACHES = Symbol.for("signpost.api-key-caches");
type Holder = { [CACHES]?: WeakMap<object, Cache> };

/** One cache for each database of this process, shared by Next's bundle and the launcher's. */
function cacheOf(ctx: ServiceContext): Cache {
  const holder = globalThis as Holder;
  holder[CACHES] ??= new WeakMap();
  let cache = holder[CACHES].get(ctx.db);
  if (cache === undefined) {
    cache = { entries: new Map(), loading: new Map(), generation: 0 };
    holder[CACHES].set(ctx.db, cache);
  }
  return cache;
}

function bearerToken(header: string | null | undefined): string | undefined {
  return header === null || header === undefined ? undefined : /^bearer +([^\s]+) *$/i.exec(header)?.[1];
}

function remember(cache: Cache, id: string, entry: Entry): void {
  cache.entries.delete(id);
  cache.entries.set(id, entry);
  if (cache.entries.size <= MAX_ENTRIES) return;
  const [oldest] = cache.entries.keys();
  if (oldest !== undefined) cache.entries.delete(oldest);
}

function toActor(row: ApiKeyWithEnvironment): ApiKeyActor {
  return {
    kind: "api_key",
    keyId: row.id,
    label: row.name,
    scopes: API_KEY_SCOPES.filter((scope) => row.scopes.includes(scope)),
    workspaceId: row.environment.workspaceId,
    environmentId: row.environmentId,
    ip: null,
  };
}

async function readEntry(ctx: ServiceContext, hash: Buffer, loadedAtMs: number): Promise<Entry> {
  const row = await findApiKeyByHash(ctx.db.prisma, hash);
  const entry: Entry = {
    actor: null,
    refusal: "unknown",
    expiresAtMs: Number.POSITIVE_INFINITY,
    loadedAtMs,
    touchedAtMs: 0,
    refreshing: false,
  };
  if (row === null || !timingSafeEqual(row.hash, hash)) return entry;
  if (row.revokedAt !== null) return { ...entry, refusal: "revoked" };
  return {
    ...entry,
    actor: toActor(row),
    expiresAtMs: row.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY,
    touchedAtMs: row.lastUsedAt?.getTime() ?? 0,
  };
}

/** Asks the database once, however many callers wait for the same key. */
function load(ctx: ServiceContext, cache: Cache, id: string, hash: Buffer): Promise<Entry> {
  const running = cache.loading.get(id);
  if (running) return running;
  const { generation } = cache;
  // The age counts from before the question, so that a slow answer is not trusted for longer.
  const reading = readEntry(ctx, hash, ctx.now())
    .then((entry) => {
      // A revocation that ran meanwhile must not be overwritten by what was read before it.
      if (cache.generation === generation) remember(cache, id, entry);
      return entry;
    })
    .finally(() => {
      if (cache.loading.get(id) === reading) cache.loading.delete(id);
    });
  cache.loading.set(id, reading);
  return reading;
}

/** Writes the time of use behind the request's back, at most once a minute for each key. */
function touch(ctx: ServiceContext, entry: Entry, actor: ApiKeyActor): void {
  const now = ctx.now();
  if (now - entry.touchedAtMs < TOUCH_EVERY_MS) return;
  entry.touchedAtMs = now;
  touchApiKey(ctx.db.prisma, actor.environmentId, actor.keyId, new Date(now)).catch((error: unknown) => {
    ctx.logger.warn(
      { key_id: actor.keyId, error: error instanceof Error ? error.name : "unknown" },
      "the last use of an API key was not noted",
    );
  });
}

function use(ctx: ServiceContext, entry: Entry): ApiKeyActor {
  if (entry.actor === null) {
    const message = entry.refusal === "revoked" ? "This API key was revoked." : "This API key is not known.";
    throw new AppError("unauthenticated", message);
  }
  if (ctx.now() >= entry.expiresAtMs) throw new AppError("unauthenticated", "This API key has expired.");
  touch(ctx, entry, entry.actor);
  return entry.actor;
}

function lookUp(
  ctx: ServiceContext,
  cache: Cache,
  token: string,
): { id: string; hash: Buffer; entry?: Entry } {
  const hash = hashApiKey(token);
  const id = hash.toString("latin1");
  const entry = cache.entries.get(id);
  if (entry === undefined) return { id, hash };
  const age = ctx.now() - entry.loadedAtMs;
  // A clock that went back must not keep an entry alive.
  if (age < 0 || age > (entry.actor ? MAX_AGE_MS : UNKNOWN_MAX_AGE_MS)) return { id, hash };
  remember(cache, id, entry);
  if (entry.actor && age > REFRESH_AFTER_MS && !entry.refreshing) {
    entry.refreshing = true;
    // Failing is fine here: the entry ends soon and the next caller meets the error itself.
    load(ctx, cache, id, hash).catch(() => undefined);
  }
  return { id, hash, entry };
}

/**
 * The actor of an `Authorization` header when memory knows it, else undefined (then call `authenticateApiKey`).
 * Never waits; throws `unauthenticated` for a key known to be unknown, revoked or expired.
 */
export function peekApiKey(ctx: ServiceContext, header: string | null | undefined): ApiKeyActor | undefined {
  const token = bearerToken(header);
  if (token === undefined) return undefined;
  const { entry } = lookUp(ctx, cacheOf(ctx), token);
  return entry === undefined ? undefined : use(ctx, entry);
}

/**
 * The actor of an `Authorization: Bearer sp_…` header. Throws `unauthenticated` for anything else (a key in the query
 * string, Basic, a cookie), and for unknown, revoked and expired keys. A revocation works everywhere within two seconds.
 */
export async function authenticateApiKey(
  ctx: ServiceContext,
  header: string | null | undefined,
): Promise<ApiKeyActor> {
  const token = bearerToken(header);
  if (token === undefined) {
    throw new AppError("unauthenticated", "Send an API key as Authorization: Bearer sp_live_… or sp_test_….");
  }
  const cache = cacheOf(ctx);
  const { id, hash, entry } = lookUp(ctx, cache, token);
  if (entry !== undefined) return use(ctx, entry);
  // A typo or a guess costs no query.
  if (!isWellFormedApiKey(token)) throw new AppError("unauthenticated", "This API key is not known.");
  return use(ctx, await load(ctx, cache, id, hash));
}

/** Forgets all that is remembered about keys of this database, for a revocation to work in this process at once. */
export function forgetApiKeys(ctx: ServiceContext): void {
  const cache = cacheOf(ctx);
  cache.generation++;
  cache.entries.clear();
  cache.loading.clear();
}
