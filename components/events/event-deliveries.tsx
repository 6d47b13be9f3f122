"use client";
// Owns the deliveries of one event, live: each endpoint with its state and last result, replays below their like.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { DataTable } from "@/components/data-table/data-table";
import { deliveryColumns } from "@/components/deliveries/columns";
import { LoadFailure } from "@/components/list/load-failure";
import { Card } from "@/components/ui/card";
import { useLiveChanges } from "@/lib/client/live/use-live-changes";
import { EVENT_DELIVERIES_SHOWN, eventQueries } from "@/lib/client/queries/events";
import { useViewer } from "@/lib/client/viewer-context";
import type { EventDto } from "@/lib/contracts/events";

// The type is the page's title, so the endpoint heads the row; a card shows the rest on its second line.
const ON_CARD: Record<string, "title" | "meta" | "line"> = {
  endpoint: "title",
  state: "meta",
  result: "line",
  latency: "line",
  time: "line",
};
const COLUMNS = deliveryColumns({ withEndpoint: true })
  .filter((column) => column.id !== "type" && column.id !== "summary")
  .map((column) => ({ ...column, card: ON_CARD[column.id] ?? ("hidden" as const) }));

export function EventDeliveries({ event }: { event: EventDto }) {
  const { place, href } = useViewer();
  const client = useQueryClient();
  const options = eventQueries.deliveries(place, event.id);
  const query = useQuery(options);
  useLiveChanges(place, (message) => {
    if (message.kind !== "deliveries") return;
    const shown = query.data?.data ?? [];
    // A replay of ours is new, so its id is unknown: its original is announced with it.
    const isOurs = message.ids.length === 0 || shown.some((row) => message.ids.includes(row.id));
    if (isOurs) void client.invalidateQueries({ queryKey: options.queryKey });
  });
  if (query.isError && query.data === undefined) {
    return (
      <LoadFailure
        title="Its deliveries could not be loaded"
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  }
  if (query.data?.data.length === 0) {
    return (
      <p className="rounded-lg border border-line bg-surface px-4 py-6 text-pretty text-muted text-sm">
        Nobody: when it was accepted, no endpoint wanted it. What each of them says today stands below.{" "}
        <Link href={href("/endpoints")} className="text-accent-ink underline-offset-4 hover:underline">
          Look at the endpoints
        </Link>
      </p>
    );
  }
  return (
    <>
      <Card className="overflow-hidden p-0">
        <DataTable
          label="Deliveries of this event"
          columns={COLUMNS}
          rows={query.data?.data}
          getRowId={(row) => row.id}
          getRowHref={(row) => href(`/deliveries/${row.id}`)}
          skeletonRows={Math.max(1, Math.min(event.deliveries, 5))}
        />
      </Card>
      {query.data?.next_cursor != null && (
        <p className="text-muted text-sm">
          The newest {EVENT_DELIVERIES_SHOWN} are shown.{" "}
          <Link
            href={href(`/deliveries?id=${encodeURIComponent(event.id)}`)}
            className="text-accent-ink underline-offset-4 hover:underline"
          >
            All of them
          </Link>
        </p>
      )}
    </>
  );
}
