"use client";
// Owns the first tab: is this endpoint well, what is it set to, what happened last.

import { useQuery } from "@tanstack/react-query";
import { HourlyChart } from "@/components/charts/hourly-chart";
import { CallbackCard } from "@/components/subjects/callback-card";
import { SubjectList } from "@/components/subjects/subject-list";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { KeyValueList } from "@/components/ui/key-value-list";
import { LinkButton } from "@/components/ui/link-button";
import { Skeleton } from "@/components/ui/skeleton";
import { Timestamp } from "@/components/ui/timestamp";
import { endpointQueries } from "@/lib/client/queries/endpoints";
import { useViewer } from "@/lib/client/viewer-context";
import { visibleText } from "@/lib/client/visible-text";
import type { EndpointDto } from "@/lib/contracts/endpoints";
import { EventTypeBadges } from "../event-type-badges";
import { retrySummary } from "../form/retry-preview-table";
import { EndpointProfileLink } from "../profile/endpoint-profile-link";
import { HealthCard } from "./health-card";
import { HealthTiles } from "./health-tiles";
import { RecentDeliveries } from "./recent-deliveries";
import { StateCard } from "./state-card";
import { useEndpoint } from "./use-endpoint";

function Facts({ endpoint }: { endpoint: EndpointDto }) {
  const headerNames = Object.keys(endpoint.headers);
  return (
    <KeyValueList
      items={[
        {
          key: "Id",
          value: (
            <span className="inline-flex items-center gap-1 font-mono text-xs">
              {endpoint.id} <CopyButton value={endpoint.id} label="Copy endpoint id" />
            </span>
          ),
        },
        { key: "URL", value: visibleText(endpoint.url), mono: true },
        { key: "Events", value: <EventTypeBadges patterns={endpoint.event_types} max={6} /> },
        {
          key: "Tenant",
          value:
            endpoint.tenant === null ? (
              "None: events of every tenant"
            ) : (
              <Badge mono>{visibleText(endpoint.tenant)}</Badge>
            ),
        },
        { key: "Profile", value: <EndpointProfileLink profile={endpoint.profile} /> },
        {
          key: "Subjects",
          value:
            endpoint.subjects.length === 0 ? "Any, and none" : <SubjectList subjects={endpoint.subjects} />,
        },
        { key: "Retries", value: retrySummary(endpoint.retry_policy) },
        { key: "Timeout", value: `${endpoint.timeout_ms / 1000} s` },
        { key: "Concurrency", value: `At most ${endpoint.max_concurrency} at a time` },
        {
          key: "Headers",
          value: headerNames.length === 0 ? "None" : headerNames.join(", "),
          mono: headerNames.length > 0,
        },
        {
          key: "Secret",
          value: endpoint.secrets.map((secret) => secret.hint).join(", ") || "None",
          mono: endpoint.secrets.length > 0,
        },
        { key: "Created", value: <Timestamp value={endpoint.created_at} mode="local" /> },
      ]}
    />
  );
}

export function EndpointOverview({ id }: { id: string }) {
  const { place, href, can } = useViewer();
  const { data: endpoint } = useEndpoint(id);
  const stats = useQuery(endpointQueries.stats(place, id));
  if (endpoint === undefined) return <Skeleton className="h-64 w-full" />;
  return (
    <div className="grid grid-cols-1 gap-4">
      <HealthTiles stats={stats.data} />
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="grid grid-cols-1 gap-4">
          <Card>
            <CardHeader
              title="Attempts per hour"
              description={
                stats.data &&
                Date.parse(stats.data.counted_since) > stats.dataUpdatedAt - 23.9 * 3_600_000 && (
                  <>
                    Busy endpoint: counted since <Timestamp value={stats.data.counted_since} mode="local" />.
                  </>
                )
              }
            />
            <CardBody>
              {stats.data ? (
                <HourlyChart hourly={stats.data.hourly} what="attempts" />
              ) : (
                <Skeleton className="h-44 w-full" />
              )}
            </CardBody>
          </Card>
          <RecentDeliveries id={id} />
        </div>
        <div className="grid grid-cols-1 gap-4">
          {endpoint.callback !== null && (
            <CallbackCard endpoint={endpoint} end={endpoint.callback} on="endpoint" />
          )}
          <StateCard endpoint={endpoint} stats={stats.data} />
          <HealthCard endpoint={endpoint} />
          <Card>
            <CardHeader
              title="Settings"
              actions={
                can("endpoints:write") && (
                  <LinkButton size="sm" variant="ghost" href={href(`/endpoints/${id}/settings`)}>
                    Change
                  </LinkButton>
                )
              }
            />
            <CardBody>
              <Facts endpoint={endpoint} />
            </CardBody>
          </Card>
        </div>
      </div>
    </div>
  );
}
