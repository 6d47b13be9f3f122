"use client";
// Owns the list of events: what came in, newest first, with filters in the address.

import { useInfiniteQuery } from "@tanstack/react-query";
import { RefreshCw, Zap } from "lucide-react";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import { useMemo, useRef } from "react";
import { FirstEvent } from "@/components/list/first-event";
import { LogList } from "@/components/list/log-list";
import { useKey } from "@/components/list/use-key";
import { IconButton } from "@/components/ui/icon-button";
import { ScrollArea } from "@/components/ui/scroll-area";
import { eventQueries } from "@/lib/client/queries/events";
import { eventFilterParams, hasEventFilters, NO_EVENT_FILTERS } from "@/lib/client/search-params/events";
import { subjectPath } from "@/lib/client/subjects/callback-words";
import { useViewer } from "@/lib/client/viewer-context";
import { EVENT_COLUMNS } from "./columns";
import { EventFilterChips, EventFiltersBar } from "./event-filters";

export function EventsPanel() {
  const { place, href } = useViewer();
  const [filters, setFilters] = useQueryStates(eventFilterParams, { history: "replace" });
  const search = useRef<HTMLInputElement>(null);
  const query = useInfiniteQuery(eventQueries.list(place, filters));
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.data), [query.data]);
  const change = (patch: Partial<typeof filters>) => void setFilters(patch);
  useKey(["/"], () => search.current?.focus());
  return (
    <div className="flex h-full min-h-0 flex-col bg-surface">
      <header className="grid grid-cols-[minmax(0,1fr)] gap-2 border-b px-4 py-3">
        <div className="flex items-center justify-between gap-4">
          <h1 className="font-semibold text-ink text-xl tracking-tight">Events</h1>
          <IconButton
            label="Refresh"
            size="sm"
            loading={query.isRefetching && !query.isFetchingNextPage}
            onClick={() => void query.refetch()}
          >
            <RefreshCw />
          </IconButton>
        </div>
        <EventFiltersBar filters={filters} onChange={change} searchRef={search} />
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          <EventFilterChips filters={filters} onChange={change} />
          {filters.subject !== null && (
            <Link
              href={href(subjectPath(filters.subject))}
              className="rounded-xs text-accent-ink text-xs underline-offset-4 hover:underline"
            >
              Its callback, and how to fetch its events
            </Link>
          )}
        </div>
      </header>
      <ScrollArea label="List of events" className="min-h-0 flex-1">
        <LogList
          label="Events"
          query={query}
          rows={rows}
          columns={EVENT_COLUMNS}
          getRowHref={(row) => href(`/events/${encodeURIComponent(row.id)}`)}
          reassurance="Nothing that was accepted is lost."
          onClearFilters={hasEventFilters(filters) ? () => change(NO_EVENT_FILTERS) : undefined}
          nothingYet={
            <FirstEvent icon={<Zap />} title="No events yet">
              Every event that a producer sends is kept here with its exact payload, also when no endpoint
              wants it.
            </FirstEvent>
          }
        />
      </ScrollArea>
    </div>
  );
}
