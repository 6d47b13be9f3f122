"use client";
// Owns the page with all endpoints: filters in the address, rows first, numbers after them.

import { useInfiniteQuery, useQueries } from "@tanstack/react-query";
import { Plus, Waypoints } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useMemo, useState } from "react";
import { DataTable } from "@/components/data-table/data-table";
import { LoadMore } from "@/components/data-table/load-more";
import { LoadFailure } from "@/components/list/load-failure";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { NoMatches, NothingYet } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { endpointQueries } from "@/lib/client/queries/endpoints";
import { endpointListParams } from "@/lib/client/search-params/endpoints";
import { useViewer } from "@/lib/client/viewer-context";
import type { EndpointDto, EndpointStatsDto } from "@/lib/contracts/endpoints";
import { type EndpointDecision, EndpointDialogs } from "../endpoint-dialogs";
import { TestDialog } from "../test/test-dialog";
import { endpointColumns } from "./columns";
import { EndpointToolbar } from "./toolbar";

type Open = { endpoint: EndpointDto; decision: EndpointDecision | "test" } | null;

export function EndpointList() {
  const { place, href, can } = useViewer();
  const [filters, setFilters] = useQueryStates(endpointListParams, { history: "replace" });
  const [open, setOpen] = useState<Open>(null);
  const list = useInfiniteQuery(endpointQueries.list(place, filters));
  const pages = list.data?.pages;
  const numbers = useQueries({
    queries: (pages ?? []).map((page) =>
      endpointQueries.pageStats(
        place,
        page.data.map((endpoint) => endpoint.id),
      ),
    ),
    combine: (results) => ({
      map: new Map<string, EndpointStatsDto>(results.flatMap((result) => [...(result.data ?? [])])),
    }),
  }).map;
  const columns = useMemo(
    () =>
      endpointColumns({
        onDecide: (endpoint, decision) => setOpen({ endpoint, decision }),
        onTest: (endpoint) => setOpen({ endpoint, decision: "test" }),
      }),
    [],
  );
  const rows = pages?.flatMap((page) =>
    page.data.map((endpoint) => ({ endpoint, stats: numbers.get(endpoint.id) })),
  );
  const isFiltered =
    filters.kind !== "ordinary" ||
    filters.state !== null ||
    filters.search !== "" ||
    filters.tenant !== null ||
    filters.profile !== null;
  const isEmpty = rows?.length === 0 && !isFiltered;
  const newEndpoint = can("endpoints:write") && (
    <LinkButton href={href("/endpoints/new/url")} variant="primary" icon={<Plus />}>
      New endpoint
    </LinkButton>
  );

  return (
    <div className="grid grid-cols-1 gap-4">
      <PageHeader title="Endpoints" actions={!isEmpty && newEndpoint} />
      {!isEmpty && <EndpointToolbar filters={filters} onChange={(change) => void setFilters(change)} />}
      <Card className="overflow-hidden">
        {list.isError && rows === undefined ? (
          <LoadFailure
            title="Endpoints could not be loaded"
            error={list.error}
            onRetry={() => void list.refetch()}
          >
            Deliveries go on.
          </LoadFailure>
        ) : (
          <DataTable
            label="Endpoints"
            columns={columns}
            rows={rows}
            getRowId={(row) => row.endpoint.id}
            getRowHref={(row) => href(`/endpoints/${row.endpoint.id}`)}
            isStale={list.isPlaceholderData}
            skeletonRows={6}
            empty={
              isFiltered ? (
                <NoMatches
                  what="endpoints"
                  action={
                    <Button size="sm" onClick={() => void setFilters(null)}>
                      Clear filters
                    </Button>
                  }
                />
              ) : (
                <NothingYet icon={<Waypoints />} title="No endpoints yet" action={newEndpoint}>
                  An endpoint is an address that wants your events. Add one, see a signed test arrive, and
                  every event it subscribes to is delivered from then on.
                </NothingYet>
              )
            }
          />
        )}
        <LoadMore query={list} label="Show more endpoints" />
      </Card>
      {open && (
        <>
          <EndpointDialogs
            endpoint={open.endpoint}
            decision={open.decision === "test" ? null : open.decision}
            onClose={() => setOpen(null)}
          />
          <TestDialog
            endpoint={open.endpoint}
            open={open.decision === "test"}
            onOpenChange={() => setOpen(null)}
          />
        </>
      )}
    </div>
  );
}
