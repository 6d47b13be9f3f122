"use client";
// Owns the page with all known event types: described ones, and those that were only seen or subscribed to.

import { useQuery } from "@tanstack/react-query";
import { Package, Search, Shapes } from "lucide-react";
import { useQueryStates } from "nuqs";
import { LoadFailure } from "@/components/list/load-failure";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { NoMatches, NothingYet } from "@/components/ui/empty-state";
import { Input } from "@/components/ui/input";
import { LinkButton } from "@/components/ui/link-button";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Skeleton } from "@/components/ui/skeleton";
import { sectionTypes, type TypeView, viewTypes } from "@/lib/client/catalogue/type-views";
import { endpointQueries } from "@/lib/client/queries/endpoints";
import { eventTypeListParams } from "@/lib/client/search-params/event-types";
import { useViewer } from "@/lib/client/viewer-context";
import { CatalogueFrame } from "./catalogue-frame";
import { TypeSectionRows } from "./type-rows";

const VIEWS: { value: TypeView; label: string }[] = [
  { value: "all", label: "All" },
  { value: "example", label: "With example" },
  { value: "seen", label: "Seen lately" },
  { value: "archived", label: "Archived" },
];

function LoadingRows() {
  return (
    <div className="grid gap-3 p-4" aria-busy>
      {["w-40", "w-64", "w-52", "w-56", "w-44"].map((width) => (
        <Skeleton key={width} className={`h-4 ${width}`} />
      ))}
    </div>
  );
}

export function EventTypeList() {
  const { place, href } = useViewer();
  const [filters, setFilters] = useQueryStates(eventTypeListParams, { history: "replace" });
  const types = useQuery(endpointQueries.eventTypes(place));
  const shown =
    types.data && sectionTypes(viewTypes(types.data, { view: filters.show, search: filters.search }));
  const packs = (
    <LinkButton href={href("/event-types/packs")} icon={<Package />}>
      Look at the packs
    </LinkButton>
  );
  return (
    <CatalogueFrame>
      <search className="flex flex-wrap items-center gap-2">
        <div className="w-full sm:w-72">
          <Input
            type="search"
            aria-label="Search event types"
            placeholder="Name or description"
            leading={<Search />}
            value={filters.search}
            onChange={(event) => void setFilters({ search: event.target.value || null })}
          />
        </div>
        <SegmentedControl
          label="Which event types"
          value={filters.show}
          onValueChange={(show) => void setFilters({ show })}
          options={VIEWS}
        />
      </search>
      <Card className="overflow-hidden">
        {types.isError && shown === undefined ? (
          <LoadFailure
            title="Event types could not be loaded"
            error={types.error}
            onRetry={() => void types.refetch()}
          >
            Deliveries go on.
          </LoadFailure>
        ) : shown === undefined ? (
          <LoadingRows />
        ) : types.data?.length === 0 ? (
          <NothingYet icon={<Shapes />} title="No event types yet" action={packs}>
            A type enters by itself with its first event. Describe the ones you are going to send, or install
            a pack that has them with examples.
          </NothingYet>
        ) : shown.length === 0 ? (
          <NoMatches
            what="event types"
            action={
              <Button size="sm" onClick={() => void setFilters(null)}>
                Clear filters
              </Button>
            }
          />
        ) : (
          <div className="divide-y divide-line">
            {shown.map((section) => (
              <TypeSectionRows key={section.name} section={section} />
            ))}
          </div>
        )}
      </Card>
    </CatalogueFrame>
  );
}
