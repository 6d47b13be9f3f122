"use client";
// Owns the latest deliveries of one endpoint, as a card; rows open in the endpoint's own log.

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { DataTable } from "@/components/data-table/data-table";
import { deliveryColumns } from "@/components/deliveries/columns";
import { NoDeliveriesHereYet } from "@/components/deliveries/empty-states";
import { LoadFailure } from "@/components/list/load-failure";
import { Card, CardHeader } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { useLiveChanges } from "@/lib/client/live/use-live-changes";
import { deliveryQueries } from "@/lib/client/queries/deliveries";
import { NO_DELIVERY_FILTERS } from "@/lib/client/search-params/deliveries";
import { useViewer } from "@/lib/client/viewer-context";

const COLUMNS = deliveryColumns({ withEndpoint: false });
const LENGTH = 6;

export function RecentDeliveries({ id }: { id: string }) {
  const { place, href } = useViewer();
  const client = useQueryClient();
  const options = deliveryQueries.list(place, { ...NO_DELIVERY_FILTERS, endpoint: id });
  const list = useInfiniteQuery(options);
  useLiveChanges(place, (message) => {
    if (message.kind === "deliveries") void client.invalidateQueries({ queryKey: options.queryKey });
  });
  const rows = list.data?.pages[0]?.data.slice(0, LENGTH);
  const log = href(`/endpoints/${id}/deliveries`);
  return (
    <Card className="overflow-hidden">
      <CardHeader
        title="Latest deliveries"
        actions={
          <LinkButton size="sm" variant="ghost" href={log}>
            See all
          </LinkButton>
        }
      />
      {list.isError && rows === undefined ? (
        <LoadFailure
          title="Deliveries could not be loaded"
          error={list.error}
          onRetry={() => void list.refetch()}
        />
      ) : (
        <DataTable
          label="Deliveries of this endpoint"
          density="compact"
          columns={COLUMNS}
          rows={rows}
          getRowId={(row) => row.id}
          getRowHref={(row) => `${log}?selected=${row.id}`}
          skeletonRows={LENGTH}
          className="border-t"
          empty={<NoDeliveriesHereYet />}
        />
      )}
    </Card>
  );
}
