// Owns the list that people choose subscriptions from: catalogue, recent events and what endpoints subscribe to.
import type { EventTypeDto, EventTypeSource } from "@/lib/contracts/event-types";
import type { Actor } from "@/lib/domain/access/permissions";
import { patternsFor } from "@/lib/domain/endpoint/event-type-match";
import type { ServiceContext } from "@/lib/server/context";
import {
  listCatalogueTypes,
  listObservedTypes,
  listSubscriptions,
} from "@/lib/server/repositories/event-types";
import { requirePermission } from "../require-permission";

/** Answers how many of the subscriptions cover a type. */
function counter(subscriptions: readonly string[][]): (type: string) => number {
  const byPattern = new Map<string, number[]>();
  for (const [index, patterns] of subscriptions.entries()) {
    for (const pattern of new Set(patterns)) {
      const list = byPattern.get(pattern) ?? [];
      list.push(index);
      byPattern.set(pattern, list);
    }
  }
  return (type) => new Set(patternsFor(type).flatMap((pattern) => byPattern.get(pattern) ?? [])).size;
}

/** Known event types by name, archived ones too. Wildcards of subscriptions are no types and are left out. */
export async function listEventTypes(ctx: ServiceContext, actor: Actor): Promise<EventTypeDto[]> {
  requirePermission(actor, "endpoints:read");
  const [catalogue, observed, subscriptions] = await Promise.all([
    listCatalogueTypes(ctx.db, actor.workspaceId),
    listObservedTypes(ctx.db, actor.environmentId),
    listSubscriptions(ctx.db, actor.environmentId),
  ]);
  const countEndpoints = counter(subscriptions);
  const byName = new Map<string, EventTypeDto>();
  const add = (name: string, source: EventTypeSource): EventTypeDto => {
    const entry = byName.get(name) ?? {
      id: null,
      name,
      description: "",
      sources: [],
      pack: null,
      has_example: false,
      endpoints: countEndpoints(name),
      last_seen_at: null,
      archived_at: null,
    };
    entry.sources.push(source);
    byName.set(name, entry);
    return entry;
  };
  for (const type of catalogue) {
    Object.assign(add(type.name, "catalogue"), {
      id: type.id,
      description: type.description,
      pack: type.pack,
      has_example: type.hasExample,
      archived_at: type.archivedAt?.toISOString() ?? null,
    });
  }
  for (const type of observed) add(type.name, "observed").last_seen_at = type.lastSeenAt.toISOString();
  for (const pattern of new Set(subscriptions.flat())) if (!pattern.endsWith("*")) add(pattern, "subscribed");
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
