"use client";
// Owns the list of all callbacks: which subject, where to, and when each ends.

import { useInfiniteQuery } from "@tanstack/react-query";
import { Target } from "lucide-react";
import type { DataTableColumn } from "@/components/data-table/columns";
import { DataTable } from "@/components/data-table/data-table";
import { LoadMore } from "@/components/data-table/load-more";
import { EndpointStatePill } from "@/components/endpoints/endpoint-state-pill";
import { EventTypeBadges } from "@/components/endpoints/event-type-badges";
import { LoadFailure } from "@/components/list/load-failure";
import { Card } from "@/components/ui/card";
import { NothingYet } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { subjectQueries } from "@/lib/client/queries/subjects";
import { subjectPath } from "@/lib/client/subjects/callback-words";
import { useViewer } from "@/lib/client/viewer-context";
import { visibleText } from "@/lib/client/visible-text";
import type { EndpointDto } from "@/lib/contracts/endpoints";
import { EndLine } from "./end-words";

const COLUMNS: DataTableColumn<EndpointDto>[] = [
  {
    id: "state",
    header: "State",
    card: "meta",
    className: "w-28",
    skeleton: "w-16",
    cell: (endpoint) => <EndpointStatePill endpoint={endpoint} variant="plain" />,
  },
  {
    id: "subject",
    header: "Subject",
    card: "title",
    className: "@2xl/data-table:w-[28%] @2xl/data-table:max-w-0",
    skeleton: "w-48",
    cell: ({ subjects: [subject = ""] }) => (
      <span className="block truncate font-mono text-ink text-xs" title={visibleText(subject)}>
        {visibleText(subject)}
      </span>
    ),
  },
  {
    id: "url",
    header: "Callback URL",
    card: "body",
    className: "@2xl/data-table:max-w-0",
    skeleton: "w-56",
    cell: ({ url }) => (
      <span className="block truncate font-mono text-muted text-xs" title={visibleText(url)}>
        {visibleText(url)}
      </span>
    ),
  },
  {
    id: "types",
    header: "Events",
    card: "hidden",
    className: "w-44 max-xl:hidden",
    skeleton: "w-24",
    cell: ({ event_types }) => <EventTypeBadges patterns={event_types} max={1} />,
  },
  {
    id: "end",
    header: "End",
    card: "line",
    className: "w-72 max-xl:w-56",
    skeleton: "w-32",
    cell: ({ callback }) => (
      <span className="block text-muted text-xs">{callback && <EndLine end={callback} />}</span>
    ),
  },
];

export function CallbackList() {
  const { place, href } = useViewer();
  const list = useInfiniteQuery(subjectQueries.callbacks(place));
  const rows = list.data?.pages.flatMap((page) => page.data);
  return (
    <section aria-labelledby="callbacks" className="grid grid-cols-1 gap-3">
      <h2 id="callbacks" className="font-semibold text-base text-ink">
        Callbacks
      </h2>
      <Card className="overflow-hidden">
        {list.isError && rows === undefined ? (
          <LoadFailure
            title="Callbacks could not be loaded"
            error={list.error}
            onRetry={() => void list.refetch()}
          >
            Deliveries go on.
          </LoadFailure>
        ) : (
          <DataTable
            label="Callbacks"
            columns={COLUMNS}
            rows={rows}
            getRowId={({ id }) => id}
            getRowHref={({ subjects: [subject = ""] }) => href(subjectPath(subject))}
            isStale={list.isPlaceholderData}
            skeletonRows={6}
            empty={
              <NothingYet
                icon={<Target />}
                title="No callbacks yet"
                action={<LinkButton href="/docs/events#callbacks">How callbacks work</LinkButton>}
              >
                A callback is an address for the events of one subject, such as a tracked container. Your
                backend sets it over the API, with an expiry or the event types that end it.
              </NothingYet>
            }
          />
        )}
        <LoadMore query={list} label="Show more callbacks" />
      </Card>
    </section>
  );
}
