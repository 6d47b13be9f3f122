// Owns the opened form of an endpoint (keys decrypted) and a short-lived cache of it. Plaintext secrets live only here.

import type { CompiledProfile } from "@/lib/domain/profile/compile";
import { type RetryPolicy, retryPolicySchema } from "@/lib/domain/retry/policy";
import type { SigningKey } from "@/lib/domain/signing/keys";
import type { Database } from "../../repositories/database";
import { readTarget, type TargetRow } from "../../repositories/hot-path/read-targets";
import type { SecretBox } from "../../secrets/secret-box";
import { openCredentials, type TargetCredentials } from "./authorization";

/** Bounds how long another process's rotation, pause or edit can go unseen here; own changes are seen at once. */
const TTL_MS = 2_000;
const MAX_TARGETS = 20_000;

/** A secret opened for one profile. */
export type TargetKey = { id: string; key: SigningKey; expiresAtMs: number | null };

export type Target = TargetCredentials & {
  endpointId: string;
  environmentId: string;
  workspaceId: string;
  environmentKind: "live" | "sandbox";
  url: string;
  /** Whose endpoint it is; null for the workspace's own. */
  tenant: string | null;
  timeoutMs: number;
  retryPolicy: RetryPolicy;
  maxConcurrency: number;
  rateLimit: number | null;
  state: string;
  customHeaders: [string, string][];
  /** The keys inside the secrets as this profile reads them, the current one first. Throws `SecretError`. */
  keysFor(profile: CompiledProfile): readonly TargetKey[];
  /** Set when a stored secret could not be opened: nothing may be sent unsigned. */
  unreadable: string | null;
};

export type TargetCache = {
  /** The endpoint as of at most two seconds ago; null when it was deleted. */
  get(endpointId: string): Promise<Target | null>;
  /** The cached endpoint while it is fresh; undefined means `get` has to be asked. Spares the hot path a promise. */
  fresh(endpointId: string): Target | undefined;
  /** What was cached last, however old. */
  peek(endpointId: string): Target | undefined;
  forget(endpointId: string): void;
};

function openTarget(row: TargetRow, secrets: SecretBox): Target {
  const target: Target = {
    endpointId: row.id,
    environmentId: row.environmentId,
    workspaceId: row.workspaceId,
    environmentKind: row.environmentKind,
    url: row.url,
    tenant: row.tenant,
    timeoutMs: row.timeoutMs,
    retryPolicy: retryPolicySchema.parse(row.retryPolicy),
    maxConcurrency: row.maxConcurrency,
    rateLimit: row.rateLimit,
    state: row.state,
    customHeaders: [],
    auth: null,
    identity: null,
    keysFor: () => [],
    unreadable: null,
  };
  try {
    const opened = row.secrets.map(({ id, ciphertext, expiresAtMs }) => ({
      id,
      expiresAtMs,
      secret: secrets.open(ciphertext, { table: "endpoint_secret", rowId: id, field: "ciphertext" }),
    }));
    // Once for each profile that deliveries of this endpoint are pinned to: nearly always one.
    const byProfile = new Map<CompiledProfile, TargetKey[]>();
    target.keysFor = (profile) => {
      let keys = byProfile.get(profile);
      if (keys === undefined) {
        keys = opened.map(({ id, expiresAtMs, secret }) => ({
          id,
          expiresAtMs,
          key: profile.openKey(secret),
        }));
        byProfile.set(profile, keys);
      }
      return keys;
    };
    if (row.headersCiphertext !== null) {
      const opened = secrets.open(row.headersCiphertext, {
        table: "endpoint",
        rowId: row.id,
        field: "headers_ciphertext",
      });
      target.customHeaders = Object.entries(JSON.parse(opened) as Record<string, string>);
    }
    Object.assign(target, openCredentials(row.id, row, secrets));
  } catch (error) {
    target.unreadable = error instanceof Error ? error.message : "the stored secret cannot be read";
  }
  return target;
}

/** A cache of opened endpoints over the hot pool. */
export function createTargetCache(db: Database, secrets: SecretBox, monotonicMs: () => number): TargetCache {
  const cache = new Map<string, { target: Target | null; until: number }>();
  const loading = new Map<string, Promise<Target | null>>();

  async function load(endpointId: string): Promise<Target | null> {
    const row = await readTarget(db.hot, endpointId);
    return row === null ? null : openTarget(row, secrets);
  }

  return {
    async get(endpointId) {
      const known = cache.get(endpointId);
      if (known !== undefined && known.until > monotonicMs()) return known.target;
      const running = loading.get(endpointId);
      if (running !== undefined) return running;
      const started = load(endpointId);
      loading.set(endpointId, started);
      try {
        const target = await started;
        // `forget` during the load removes this entry: what was read may be older than the change.
        if (loading.get(endpointId) === started) {
          cache.delete(endpointId);
          cache.set(endpointId, { target, until: monotonicMs() + TTL_MS });
          if (cache.size > MAX_TARGETS) {
            const oldest = cache.keys().next().value;
            if (oldest !== undefined) cache.delete(oldest);
          }
        }
        return target;
      } finally {
        if (loading.get(endpointId) === started) loading.delete(endpointId);
      }
    },
    fresh(endpointId) {
      const known = cache.get(endpointId);
      return known !== undefined && known.until > monotonicMs() ? (known.target ?? undefined) : undefined;
    },
    peek: (endpointId) => cache.get(endpointId)?.target ?? undefined,
    forget(endpointId) {
      cache.delete(endpointId);
      loading.delete(endpointId);
    },
  };
}
