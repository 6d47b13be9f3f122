// Owns the list that people choose subscriptions from: catalogue, recent events and what other endpoints subscribe to.
import type { EventTypeDto, EventTypeSource } from "@/lib/contracts/event-types";
import type { Actor } from "@/lib/domain/access/permissions";
import type { ServiceContext } from "@/lib/server/context";
import {
  listCatalogueTypes,
  listObservedTypes,
  listSubscribedPatterns,
} from "@/lib/server/repositories/event-types";
import { requirePermission } from "./require-permission";

/** Known event types by name. Wildcards of subscriptions are no types and are left out. */
export async function listEventTypes(ctx: ServiceContext, actor: Actor): Promise<EventTypeDto[]> {
  requirePermission(actor, "endpoints:read");
  const [catalogue, observed, patterns] = await Promise.all([
    listCatalogueTypes(ctx.db, actor.workspaceId),
    listObservedTypes(ctx.db, actor.environmentId),
    listSubscribedPatterns(ctx.db, actor.environmentId),
  ]);
  const byName = new Map<string, EventTypeDto>();
  const add = (name: string, source: EventTypeSource): EventTypeDto => {
    const entry = byName.get(name) ?? { name, description: "", sources: [], last_seen_at: null };
    entry.sources.push(source);
    byName.set(name, entry);
    return entry;
  };
  for (const type of catalogue) add(type.name, "catalogue").description = type.description;
  for (const type of observed) add(type.name, "observed").last_seen_at = type.lastSeenAt.toISOString();
  for (const pattern of patterns) if (!pattern.endsWith("*")) add(pattern, "subscribed");
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
