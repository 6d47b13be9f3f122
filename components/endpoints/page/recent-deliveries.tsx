"use client";
// Owns the latest deliveries of one endpoint, or all of them page by page; rows lead to the log.

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Send } from "lucide-react";
import { DataTable } from "@/components/data-table/data-table";
import { deliveryColumns } from "@/components/deliveries/columns";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { NothingYet } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { LinkButton } from "@/components/ui/link-button";
import { useLiveChanges } from "@/lib/client/live/use-live-changes";
import { errorText } from "@/lib/client/problem-error";
import { deliveryQueries } from "@/lib/client/queries/deliveries";
import { NO_DELIVERY_FILTERS } from "@/lib/client/search-params/deliveries";
import { useViewer } from "@/lib/client/viewer-context";

const COLUMNS = deliveryColumns({ withEndpoint: false });
const SHORT_LENGTH = 6;

interface RecentDeliveriesProps {
  id: string;
  /** `short` is the card of the overview, `full` the tab. */
  length: "short" | "full";
}

export function RecentDeliveries({ id, length }: RecentDeliveriesProps) {
  const { place, href } = useViewer();
  const client = useQueryClient();
  const options = deliveryQueries.list(place, { ...NO_DELIVERY_FILTERS, endpoint: id });
  const list = useInfiniteQuery(options);
  useLiveChanges(place, (message) => {
    if (message.kind === "deliveries") void client.invalidateQueries({ queryKey: options.queryKey });
  });
  const all = list.data?.pages.flatMap((page) => page.data);
  const rows = length === "short" ? all?.slice(0, SHORT_LENGTH) : all;
  const log = href(`/deliveries?endpoint=${id}`);
  return (
    <Card className="overflow-hidden">
      <CardHeader
        title={length === "short" ? "Latest deliveries" : "Deliveries"}
        actions={
          <LinkButton size="sm" variant="ghost" href={log}>
            Open in the log
          </LinkButton>
        }
      />
      {list.isError && all === undefined ? (
        <ErrorState
          title="Deliveries could not be loaded"
          action={<Button onClick={() => void list.refetch()}>Try again</Button>}
        >
          {errorText(list.error)}
        </ErrorState>
      ) : (
        <DataTable
          label="Deliveries of this endpoint"
          density="compact"
          columns={COLUMNS}
          rows={rows}
          getRowId={(row) => row.id}
          getRowHref={(row) => href(`/deliveries/${row.id}`)}
          skeletonRows={SHORT_LENGTH}
          className="border-t"
          empty={
            <NothingYet icon={<Send />} title="No deliveries yet">
              Each event that this endpoint subscribes to makes one delivery here. A test event does too.
            </NothingYet>
          }
        />
      )}
      {length === "full" && list.hasNextPage && (
        <div className="flex justify-center border-t p-3">
          <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            Show more deliveries
          </Button>
        </div>
      )}
    </Card>
  );
}
