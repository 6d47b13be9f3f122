"use client";
// Owns the page of packs: each with what it contains, how much of it is installed, and what goes with it.

import { useQuery } from "@tanstack/react-query";
import { LoadFailure } from "@/components/list/load-failure";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { catalogueQueries } from "@/lib/client/queries/catalogue";
import { useViewer } from "@/lib/client/viewer-context";
import { CatalogueFrame } from "../catalogue-frame";
import { PackCard } from "./pack-card";

export function PackList() {
  const { place } = useViewer();
  const packs = useQuery(catalogueQueries.packs(place));
  return (
    <CatalogueFrame>
      <p className="max-w-prose text-pretty text-muted text-sm">
        A pack has the event types of one system, each with a description and an example, and a profile that
        sends requests as that system's receivers expect them. Installing adds what is missing; what people
        have written stays.
      </p>
      {packs.isError && packs.data === undefined ? (
        <Card>
          <LoadFailure
            title="Packs could not be loaded"
            error={packs.error}
            onRetry={() => void packs.refetch()}
          />
        </Card>
      ) : packs.data === undefined ? (
        <Skeleton className="h-64 w-full" />
      ) : (
        <div className="grid grid-cols-1 gap-4">
          {packs.data.map((pack) => (
            <PackCard key={pack.slug} pack={pack} />
          ))}
        </div>
      )}
    </CatalogueFrame>
  );
}
