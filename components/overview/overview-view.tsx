"use client";
// Owns the overview page: first steps while there is nothing to count, numbers as soon as there is.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { NoMailServer } from "@/components/alerts/no-mail-server";
import { HourlyChart } from "@/components/charts/hourly-chart";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { Timestamp } from "@/components/ui/timestamp";
import { useLiveChanges } from "@/lib/client/live/use-live-changes";
import { overviewQueries } from "@/lib/client/queries/overview";
import { useViewer } from "@/lib/client/viewer-context";
import type { OverviewDto } from "@/lib/contracts/overview";
import { FirstSteps } from "./first-steps";
import { NumberTiles } from "./number-tiles";
import { TroubledList } from "./troubled-list";

/** Under load the stream tells of changes many times a second; the numbers follow at this pace. */
const MIN_REFRESH_MS = 2_000;
const DAY_MS = 86_400_000;

interface OverviewViewProps {
  /** Read while the page was rendered. */
  initial: OverviewDto;
  publicUrl: string;
  hasMailServer: boolean;
}

export function OverviewView({ initial, publicUrl, hasMailServer }: OverviewViewProps) {
  const { place, href, workspace, environment } = useViewer();
  const client = useQueryClient();
  const refreshedAt = useRef(0);
  const { data } = useQuery({ ...overviewQueries.detail(place), initialData: initial });
  useLiveChanges(place, () => {
    if (Date.now() - refreshedAt.current < MIN_REFRESH_MS) return;
    refreshedAt.current = Date.now();
    void client.invalidateQueries({ queryKey: overviewQueries.all(place) });
  });

  const { endpoint, api_key: apiKey, event } = data.first_steps;
  const isNew = !(endpoint && apiKey && event);
  const hasTraffic = event || data.succeeded + data.failed + data.pending + data.held > 0;
  return (
    <div className="mx-auto grid max-w-5xl gap-6">
      <PageHeader
        title={hasTraffic ? "Overview" : `Welcome to ${workspace.name}`}
        description={
          hasTraffic
            ? `What became of the events of the last 24 hours in ${environment.kind}.`
            : "Nothing has been sent here yet. Three steps, and the first delivery is on its way."
        }
        actions={
          hasTraffic && (
            <LinkButton href={href("/deliveries")} variant="secondary">
              See deliveries
            </LinkButton>
          )
        }
      />
      {!hasMailServer && <NoMailServer />}
      {isNew && <FirstSteps steps={data.first_steps} publicUrl={publicUrl} />}
      {hasTraffic && <Numbers overview={data} />}
    </div>
  );
}

function Numbers({ overview }: { overview: OverviewDto }) {
  const { href } = useViewer();
  const isPartial = Date.parse(overview.counted_since) > Date.now() - DAY_MS + 60_000;
  return (
    <>
      <NumberTiles overview={overview} deliveriesHref={href("/deliveries")} />
      <Card>
        <CardHeader
          title="By the hour"
          description={
            isPartial ? (
              <>
                A busy day: counted since <Timestamp value={overview.counted_since} />.
              </>
            ) : (
              "Finished deliveries, without tests."
            )
          }
        />
        <CardBody>
          <HourlyChart hourly={overview.hourly} what="finished deliveries" />
        </CardBody>
      </Card>
      <Card>
        <CardHeader title="Endpoints in trouble" />
        <TroubledList
          endpoints={overview.troubled_endpoints}
          endpointHref={(id) => href(`/endpoints/${id}`)}
        />
      </Card>
    </>
  );
}
