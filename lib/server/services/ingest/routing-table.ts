// Owns the index that events are matched with: endpoints by pattern, and those that are scoped to subjects by subject, so
// that thousands of callbacks cost an event only those that are about it. It is changed row by row.
import { matchesEventType, patternsFor } from "@/lib/domain/endpoint/event-type-match";
import { compileFilter, type Filter } from "@/lib/domain/filter/compile";
import { type RetryPolicy, retryPolicySchema } from "@/lib/domain/retry/policy";
import type { RoutingRow } from "../../repositories/hot-path/read-routing";
import type { WireRef } from "../delivery/wires";

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
  /** Unix milliseconds from which it takes nothing more; null for never. */
  expiresAtMs: number | null;
  /** Event types that end it. */
  unsubscribeOn: ReadonlySet<string>;
};

export type RoutingTable = {
  /** Takes new and changed endpoints in, and ended ones out. */
  apply(rows: readonly RoutingRow[]): void;
  endpoint(id: string): RoutedEndpoint | undefined;
  /** Endpoints without subjects that subscribe to the type. */
  forType(type: string): Iterable<RoutedEndpoint>;
  /** Endpoints that are scoped to the subject, whatever types they subscribe to. */
  forSubject(subject: string): Iterable<RoutedEndpoint>;
};

function readFilter(text: string): Filter | "unreadable" {
  const compiled = compileFilter(text);
  return compiled.ok ? compiled.filter : "unreadable";
}

function toEndpoint(row: RoutingRow): RoutedEndpoint {
  return {
    id: row.id,
    tenant: row.tenant,
    eventTypes: row.eventTypes,
    timeoutMs: row.timeoutMs,
    subjects: new Set(row.subjects),
    filter: row.filter === null ? null : readFilter(row.filter),
    wire: { profileVersionId: row.profileVersionId, transformId: row.transformId },
    state: row.state === "active" || row.state === "paused" ? row.state : "disabled",
    retryPolicy: retryPolicySchema.parse(row.retryPolicy),
    expiresAtMs: row.expiresAtMs,
    unsubscribeOn: new Set(row.unsubscribeOn),
  };
}

type Index = Map<string, Set<RoutedEndpoint>>;

function addTo(index: Index, keys: Iterable<string>, endpoint: RoutedEndpoint): void {
  for (const key of keys) {
    const set = index.get(key);
    if (set === undefined) index.set(key, new Set([endpoint]));
    else set.add(endpoint);
  }
}

function removeFrom(index: Index, keys: Iterable<string>, endpoint: RoutedEndpoint): void {
  for (const key of keys) {
    const set = index.get(key);
    set?.delete(endpoint);
    if (set?.size === 0) index.delete(key);
  }
}

const NONE: readonly RoutedEndpoint[] = [];

/** An empty table. */
export function createRoutingTable(): RoutingTable {
  const byId = new Map<string, RoutedEndpoint>();
  const byPattern: Index = new Map();
  const bySubject: Index = new Map();
  // Answers by type, remembered until an endpoint without subjects changes.
  const byType = new Map<string, RoutedEndpoint[]>();

  function place(endpoint: RoutedEndpoint, move: typeof addTo): void {
    if (endpoint.subjects.size > 0) move(bySubject, endpoint.subjects, endpoint);
    else {
      move(byPattern, new Set(endpoint.eventTypes), endpoint);
      byType.clear();
    }
  }

  return {
    apply(rows) {
      for (const row of rows) {
        const before = byId.get(row.id);
        if (before !== undefined) place(before, removeFrom);
        byId.delete(row.id);
        if (row.ended) continue;
        const endpoint = toEndpoint(row);
        byId.set(endpoint.id, endpoint);
        place(endpoint, addTo);
      }
    },
    endpoint: (id) => byId.get(id),
    forType(type) {
      const known = byType.get(type);
      if (known !== undefined) return known;
      const wanted = new Set(patternsFor(type).flatMap((pattern) => [...(byPattern.get(pattern) ?? NONE)]));
      const list = [...wanted].filter((endpoint) => matchesEventType(endpoint.eventTypes, type));
      if (byType.size < MAX_CACHED_TYPES) byType.set(type, list);
      return list;
    },
    forSubject: (subject) => bySubject.get(subject) ?? NONE,
  };
}
