// Owns the cached routing of each environment: which endpoints want which types. A snapshot may be old, because the
// commit checks its version; an old one costs a second round, never a wrong delivery.
import { matchesEventType, matchesTenant, patternsFor } from "@/lib/domain/endpoint/event-type-match";
import { type RetryPolicy, retryPolicySchema } from "@/lib/domain/retry/policy";

const MAX_ENVIRONMENTS = 1_000;
const MAX_CACHED_TYPES = 1_000;

export type RoutedEndpoint = {
  id: string;
  tenant: string | null;
  eventTypes: string[];
  state: "active" | "paused" | "disabled";
  retryPolicy: RetryPolicy;
  timeoutMs: number;
};

export type EndpointSnapshot = {
  version: string;
  workspaceId: string;
  /** The endpoints that an event of this type and tenant goes to. */
  match(type: string, tenant: string | null): RoutedEndpoint[];
};

type SnapshotSource = {
  version: string;
  workspaceId: string;
  endpoints: {
    id: string;
    tenant: string | null;
    eventTypes: string[];
    state: string;
    retryPolicy: unknown;
    timeoutMs: number;
  }[];
};

/** A snapshot that answers from an index by pattern and remembers the answers by type. */
export function buildSnapshot(source: SnapshotSource): EndpointSnapshot {
  const byPattern = new Map<string, RoutedEndpoint[]>();
  for (const row of source.endpoints) {
    const endpoint: RoutedEndpoint = {
      ...row,
      state: row.state === "active" || row.state === "paused" ? row.state : "disabled",
      retryPolicy: retryPolicySchema.parse(row.retryPolicy),
    };
    for (const pattern of new Set(row.eventTypes)) {
      const list = byPattern.get(pattern) ?? [];
      list.push(endpoint);
      byPattern.set(pattern, list);
    }
  }
  const byType = new Map<string, RoutedEndpoint[]>();
  const forType = (type: string): RoutedEndpoint[] => {
    const known = byType.get(type);
    if (known !== undefined) return known;
    const wanted = new Set(patternsFor(type).flatMap((pattern) => byPattern.get(pattern) ?? []));
    const list = [...wanted].filter((endpoint) => matchesEventType(endpoint.eventTypes, type));
    if (byType.size < MAX_CACHED_TYPES) byType.set(type, list);
    return list;
  };
  return {
    version: source.version,
    workspaceId: source.workspaceId,
    match: (type, tenant) => forType(type).filter((endpoint) => matchesTenant(endpoint.tenant, tenant)),
  };
}

export type SnapshotCache = {
  get(environmentId: string): Promise<EndpointSnapshot | null>;
  /** Drops the snapshot when it is still the one that proved stale. */
  drop(environmentId: string, version: string): void;
};

/** Snapshots by environment, least recently used ones dropped first; parallel loads of one environment are one. */
export function createSnapshotCache(
  load: (environmentId: string) => Promise<SnapshotSource | null>,
): SnapshotCache {
  const cache = new Map<string, Promise<EndpointSnapshot | null>>();
  const versions = new Map<string, string>();
  return {
    async get(environmentId) {
      const known = cache.get(environmentId);
      if (known !== undefined) return known;
      const loading = load(environmentId).then((source) => (source === null ? null : buildSnapshot(source)));
      cache.set(environmentId, loading);
      if (cache.size > MAX_ENVIRONMENTS) {
        const oldest = cache.keys().next().value;
        if (oldest !== undefined) cache.delete(oldest);
      }
      try {
        const snapshot = await loading;
        if (snapshot === null) cache.delete(environmentId);
        else versions.set(environmentId, snapshot.version);
        return snapshot;
      } catch (error) {
        cache.delete(environmentId);
        throw error;
      }
    },
    drop(environmentId, version) {
      if (versions.get(environmentId) !== version) return;
      cache.delete(environmentId);
      versions.delete(environmentId);
    },
  };
}
