// Owns the cached routing of each environment: which endpoints want which types. A snapshot may be old, because the
// commit checks its version; an old one costs a second round, never a wrong delivery.
import { performance } from "node:perf_hooks";
import { matchesEventType, matchesTenant } from "@/lib/domain/endpoint/event-type-match";
import type { Filter } from "@/lib/domain/filter/compile";
import { type FilterEvent, filterEventOf, type RawFilterEvent } from "@/lib/domain/filter/event";
import { stepsForEach } from "@/lib/domain/filter/limits";
import type { RoutingRead } from "../../repositories/hot-path/read-routing";
import { createRoutingTable, type RoutedEndpoint, type RoutingTable } from "./routing-table";

const MAX_ENVIRONMENTS = 1_000;
/** After this time the next change reads everything again, which also forgets callbacks that expired in memory. */
const FULL_READ_AFTER_MS = 10 * 60_000;

/** What routing looks at. */
export type RoutedEvent = Omit<RawFilterEvent, "environment">;

/** An endpoint that an event goes to; `heldFor` says why nobody can tell whether it really wants it. */
export type Match = { endpoint: RoutedEndpoint; heldFor: "filter_unreadable" | "filter_too_costly" | null };

export type Routed = {
  matches: Match[];
  /** Callbacks that this event ends, whether or not it goes to them. */
  ends: string[];
};

export type EndpointSnapshot = {
  version: string;
  workspaceId: string;
  environmentKind: "live" | "sandbox";
  /**
   * The endpoints that an event goes to: by its type, tenant, subject, and last by their filters. `nowMs` decides what
   * has expired.
   */
  match(event: RoutedEvent, nowMs: number): Routed;
  /** One endpoint by its id; undefined when it is not there or has ended. */
  endpoint(id: string): RoutedEndpoint | undefined;
};

/** What cannot be decided is never dropped: it is parked, counted, and left to a person. */
function judge(
  filter: Filter | "unreadable",
  event: FilterEvent,
  steps: number,
): Match["heldFor"] | "unwanted" {
  if (filter === "unreadable") return "filter_unreadable";
  const verdict = filter.matches(event, steps);
  if (verdict.matched) return null;
  return verdict.reason === "too_costly" ? "filter_too_costly" : "unwanted";
}

function createSnapshot(table: RoutingTable, read: RoutingRead): EndpointSnapshot {
  const { version, workspaceId, environmentKind } = read;
  return {
    version,
    workspaceId,
    environmentKind,
    endpoint: (id) => table.endpoint(id),
    match(event, nowMs) {
      const routed: Routed = { matches: [], ends: [] };
      const filtering: { endpoint: RoutedEndpoint; filter: Filter | "unreadable" }[] = [];
      const take = (endpoint: RoutedEndpoint) => {
        if (endpoint.filter === null) routed.matches.push({ endpoint, heldFor: null });
        else filtering.push({ endpoint, filter: endpoint.filter });
      };
      const judged = () => {
        if (filtering.length === 0) return routed;
        const filtered = filterEventOf({ ...event, environment: environmentKind });
        const steps = stepsForEach(filtering.length);
        for (const { endpoint, filter } of filtering) {
          const heldFor = judge(filter, filtered, steps);
          if (heldFor !== "unwanted") routed.matches.push({ endpoint, heldFor });
        }
        return routed;
      };
      for (const endpoint of table.forType(event.type)) {
        if (matchesTenant(endpoint.tenant, event.tenant)) take(endpoint);
      }
      if (event.subject === null) return judged();
      for (const endpoint of table.forSubject(event.subject)) {
        if (endpoint.expiresAtMs !== null && nowMs >= endpoint.expiresAtMs) continue;
        if (!matchesTenant(endpoint.tenant, event.tenant)) continue;
        if (endpoint.unsubscribeOn.has(event.type)) routed.ends.push(endpoint.id);
        if (matchesEventType(endpoint.eventTypes, event.type)) take(endpoint);
      }
      return judged();
    },
  };
}

export type SnapshotCache = {
  get(environmentId: string): Promise<EndpointSnapshot | null>;
  /** Says that the snapshot of this version proved stale; a newer one stays. */
  drop(environmentId: string, version: string): void;
};

type Entry = {
  table: RoutingTable;
  snapshot: EndpointSnapshot | null;
  isStale: boolean;
  /** Monotonic milliseconds of the last reading of everything. */
  readAllAt: number;
  loading: Promise<EndpointSnapshot | null> | null;
};

/**
 * Snapshots by environment, oldest ones dropped first; parallel loads of one environment are one. After a change only the
 * changed rows are read and applied to the table, also under snapshots that somebody still holds: those say an older
 * version, and the commit refuses whatever a change since then concerns.
 */
export function createSnapshotCache(
  read: (environmentId: string, since: string | null) => Promise<RoutingRead | null>,
): SnapshotCache {
  const cache = new Map<string, Entry>();

  async function load(environmentId: string, entry: Entry): Promise<EndpointSnapshot | null> {
    const known = entry.snapshot;
    const isDue = performance.now() - entry.readAllAt > FULL_READ_AFTER_MS;
    const changes = known === null || isDue ? null : await read(environmentId, known.version);
    // A version that went back: the database is another one than before (a restored copy).
    if (known !== null && changes !== null && BigInt(changes.version) >= BigInt(known.version)) {
      entry.table.apply(changes.endpoints);
      return createSnapshot(entry.table, changes);
    }
    const readAllAt = performance.now();
    const all = await read(environmentId, null);
    if (all === null) return null;
    entry.table = createRoutingTable();
    entry.table.apply(all.endpoints);
    entry.readAllAt = readAllAt;
    return createSnapshot(entry.table, all);
  }

  return {
    async get(environmentId) {
      let entry = cache.get(environmentId);
      if (entry === undefined) {
        entry = { table: createRoutingTable(), snapshot: null, isStale: true, readAllAt: 0, loading: null };
        cache.set(environmentId, entry);
        if (cache.size > MAX_ENVIRONMENTS) {
          const oldest = cache.keys().next().value;
          if (oldest !== undefined) cache.delete(oldest);
        }
      }
      if (!entry.isStale) return entry.snapshot;
      const current = entry;
      current.loading ??= load(environmentId, current)
        .then((snapshot) => {
          current.snapshot = snapshot;
          current.isStale = snapshot === null;
          if (snapshot === null) cache.delete(environmentId);
          return snapshot;
        })
        .finally(() => {
          current.loading = null;
        });
      return current.loading;
    },
    drop(environmentId, version) {
      const entry = cache.get(environmentId);
      if (entry?.snapshot?.version === version) entry.isStale = true;
    },
  };
}
