"use client";
// Owns the list of events: what came in, newest first, with filters in the address.

import { useInfiniteQuery } from "@tanstack/react-query";
import { RefreshCw, Zap } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useMemo, useRef } from "react";
import { DataTable } from "@/components/data-table/data-table";
import { ListFooter } from "@/components/deliveries/list-footer";
import { useKey } from "@/components/deliveries/use-key";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { NoMatches, NothingYet } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { IconButton } from "@/components/ui/icon-button";
import { LinkButton } from "@/components/ui/link-button";
import { ScrollArea } from "@/components/ui/scroll-area";
import { firstRequest } from "@/lib/client/api-keys/first-request";
import { errorText, ProblemError } from "@/lib/client/problem-error";
import { eventQueries } from "@/lib/client/queries/events";
import { eventFilterParams, hasEventFilters, NO_EVENT_FILTERS } from "@/lib/client/search-params/events";
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
  const error = query.error instanceof ProblemError ? query.error : null;
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
        <EventFilterChips filters={filters} onChange={change} />
      </header>
      <ScrollArea label="List of events" className="min-h-0 flex-1">
        {query.isError && rows === undefined ? (
          <ErrorState
            title="Events could not be loaded"
            action={
              error?.code === "invalid_request" ? (
                <Button onClick={() => change(NO_EVENT_FILTERS)}>Clear filters</Button>
              ) : (
                <Button onClick={() => void query.refetch()}>Try again</Button>
              )
            }
            requestId={error?.requestId ?? undefined}
          >
            {errorText(query.error)} Nothing that was accepted is lost.
          </ErrorState>
        ) : (
          <>
            <DataTable
              label="Events"
              density="compact"
              columns={EVENT_COLUMNS}
              rows={rows}
              getRowId={(row) => row.id}
              getRowHref={(row) => href(`/events/${encodeURIComponent(row.id)}`)}
              isStale={query.isPlaceholderData}
              skeletonRows={16}
              empty={
                hasEventFilters(filters) ? (
                  <NoMatch onClear={() => change(NO_EVENT_FILTERS)} />
                ) : (
                  <NoEventsYet />
                )
              }
            />
            {rows !== undefined && rows.length > 0 && (
              <ListFooter
                count={rows.length}
                hasMore={query.hasNextPage}
                isLoading={query.isFetchingNextPage}
                failure={query.isFetchNextPageError ? errorText(query.error) : null}
                onMore={() => void query.fetchNextPage()}
              />
            )}
          </>
        )}
      </ScrollArea>
    </div>
  );
}

function NoMatch({ onClear }: { onClear: () => void }) {
  return (
    <NoMatches
      what="events"
      action={
        <Button size="sm" onClick={onClear}>
          Clear filters
        </Button>
      }
    >
      Everything that is kept has been searched.
    </NoMatches>
  );
}

function NoEventsYet() {
  const { href } = useViewer();
  const request = firstRequest(typeof window === "undefined" ? "" : window.location.origin, ["events:write"]);
  return (
    <div className="grid justify-items-center pb-10">
      <NothingYet
        icon={<Zap />}
        title="No events yet"
        className="pb-6"
        action={<LinkButton href={href("/api-keys")}>Create an API key</LinkButton>}
      >
        Every event that a producer sends is kept here with its exact payload, also when no endpoint wants it.
      </NothingYet>
      <div className="w-full max-w-2xl px-4 text-left">
        <CodeBlock title="Send a first event" code={request.code} copyLabel="Copy the command" />
      </div>
    </div>
  );
}
