// Owns the cached routing of each environment: which endpoints want which types. A snapshot may be old, because the
// commit checks its version; an old one costs a second round, never a wrong delivery.
import { matchesEventType, matchesTenant, patternsFor } from "@/lib/domain/endpoint/event-type-match";
import { compileFilter, type Filter } from "@/lib/domain/filter/compile";
import { type FilterEvent, filterEventOf, type RawFilterEvent } from "@/lib/domain/filter/event";
import { type RetryPolicy, retryPolicySchema } from "@/lib/domain/retry/policy";
import type { SnapshotRow } from "../../repositories/hot-path/ingest-statement";
import type { WireRef } from "../delivery/wires";

const MAX_ENVIRONMENTS = 1_000;
const MAX_CACHED_TYPES = 1_000;

export type RoutedEndpoint = {
  id: string;
  tenant: string | null;
  eventTypes: string[];
  state: "active" | "paused" | "disabled";
  retryPolicy: RetryPolicy;
  timeoutMs: number;
  /** Empty: whatever an event is about. */
  subjects: ReadonlySet<string>;
  /** Null: no filter; `unreadable`: one that this version cannot compile. */
  filter: Filter | "unreadable" | null;
  wire: WireRef;
};

/** What routing looks at. */
export type RoutedEvent = Omit<RawFilterEvent, "environment">;

/** An endpoint that an event goes to; `heldFor` says why nobody can tell whether it really wants it. */
export type Match = { endpoint: RoutedEndpoint; heldFor: "filter_unreadable" | "filter_too_costly" | null };

export type EndpointSnapshot = {
  version: string;
  workspaceId: string;
  environmentKind: "live" | "sandbox";
  /** The endpoints that an event goes to: by its type, tenant, subject, and last by their filters. */
  match(event: RoutedEvent): Match[];
  /** One endpoint by its id. */
  endpoint(id: string): RoutedEndpoint | undefined;
};

function readFilter(text: string): Filter | "unreadable" {
  const compiled = compileFilter(text);
  return compiled.ok ? compiled.filter : "unreadable";
}

/** What cannot be decided is never dropped: it is parked, counted, and left to a person. */
function judge(filter: Filter | "unreadable", event: FilterEvent): Match["heldFor"] | "unwanted" {
  if (filter === "unreadable") return "filter_unreadable";
  const verdict = filter.matches(event);
  if (verdict.matched) return null;
  return verdict.reason === "too_costly" ? "filter_too_costly" : "unwanted";
}

/** A snapshot that answers from an index by pattern and remembers the answers by type. */
export function buildSnapshot(source: SnapshotRow): EndpointSnapshot {
  const byId = new Map<string, RoutedEndpoint>();
  const byPattern = new Map<string, RoutedEndpoint[]>();
  for (const row of source.endpoints) {
    const endpoint: RoutedEndpoint = {
      id: row.id,
      tenant: row.tenant,
      eventTypes: row.eventTypes,
      timeoutMs: row.timeoutMs,
      subjects: new Set(row.subjects),
      filter: row.filter === null ? null : readFilter(row.filter),
      wire: { profileVersionId: row.profileVersionId, transformId: row.transformId },
      state: row.state === "active" || row.state === "paused" ? row.state : "disabled",
      retryPolicy: retryPolicySchema.parse(row.retryPolicy),
    };
    byId.set(endpoint.id, endpoint);
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
    environmentKind: source.environmentKind,
    endpoint: (id) => byId.get(id),
    match(event) {
      const matches: Match[] = [];
      let filtered: FilterEvent | null = null;
      for (const endpoint of forType(event.type)) {
        if (!matchesTenant(endpoint.tenant, event.tenant)) continue;
        if (endpoint.subjects.size > 0 && (event.subject === null || !endpoint.subjects.has(event.subject)))
          continue;
        if (endpoint.filter === null) {
          matches.push({ endpoint, heldFor: null });
          continue;
        }
        filtered ??= filterEventOf({ ...event, environment: source.environmentKind });
        const heldFor = judge(endpoint.filter, filtered);
        if (heldFor !== "unwanted") matches.push({ endpoint, heldFor });
      }
      return matches;
    },
  };
}

export type SnapshotCache = {
  get(environmentId: string): Promise<EndpointSnapshot | null>;
  /** Drops the snapshot when it is still the one that proved stale. */
  drop(environmentId: string, version: string): void;
};

/** Snapshots by environment, least recently used ones dropped first; parallel loads of one environment are one. */
export function createSnapshotCache(
  load: (environmentId: string) => Promise<SnapshotRow | null>,
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
