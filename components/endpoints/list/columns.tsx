// Owns the columns of the endpoint list. Numbers come later than rows and may be missing.

import type { DataTableColumn } from "@/components/data-table/columns";
import { Badge } from "@/components/ui/badge";
import { Skeleton } from "@/components/ui/skeleton";
import { StateDot } from "@/components/ui/status-pill";
import { Timestamp } from "@/components/ui/timestamp";
import { visibleText } from "@/lib/client/visible-text";
import type { EndpointDto, EndpointStatsDto } from "@/lib/contracts/endpoints";
import type { EndpointDecision } from "../endpoint-dialogs";
import { EndpointName } from "../endpoint-name";
import { EndpointStatePill } from "../endpoint-state-pill";
import { EventTypeBadges } from "../event-type-badges";
import { HealthCell } from "../health-cell";
import { ScopeLine } from "../scope-line";
import { RowActions } from "./row-actions";

export type EndpointRow = { endpoint: EndpointDto; stats: EndpointStatsDto | undefined };

export type EndpointRowMeta = {
  onDecide: (endpoint: EndpointDto, decision: EndpointDecision) => void;
  onTest: (endpoint: EndpointDto) => void;
};

/** The columns; `meta` is what the row's menu does. */
export function endpointColumns(meta: EndpointRowMeta): DataTableColumn<EndpointRow>[] {
  return [
    {
      id: "state",
      header: "State",
      card: "meta",
      className: "w-28",
      skeleton: "w-16",
      cell: ({ endpoint }) => <EndpointStatePill endpoint={endpoint} variant="plain" />,
    },
    {
      id: "endpoint",
      header: "Endpoint",
      card: "title",
      skeleton: "w-64",
      lines: 2,
      cell: ({ endpoint }) => (
        <span className="grid min-w-0 py-0.5">
          <EndpointName endpoint={endpoint} />
          <ScopeLine endpoint={endpoint} />
        </span>
      ),
    },
    {
      id: "types",
      header: "Events",
      card: "line",
      className: "w-56 max-xl:w-44 @max-2xl/data-table:basis-full",
      skeleton: "w-28",
      cell: ({ endpoint }) => (
        <span className="flex min-w-0 items-center gap-1">
          <EventTypeBadges patterns={endpoint.event_types} max={1} />
          {endpoint.tenant !== null && (
            <Badge outline title={`Tenant ${visibleText(endpoint.tenant)}`} className="truncate">
              {visibleText(endpoint.tenant)}
            </Badge>
          )}
        </span>
      ),
    },
    {
      id: "profile",
      header: "Profile",
      card: "line",
      className: "w-40 max-xl:w-32 max-lg:hidden",
      skeleton: "w-24",
      cell: ({ endpoint: { profile } }) =>
        profile.version < profile.latest_version ? (
          <span className="flex min-w-0 items-center gap-1.5 text-muted text-xs">
            <StateDot
              tone="warning"
              label={`Sends version ${profile.version}; the newest is ${profile.latest_version}`}
            />
            <span className="truncate">{visibleText(profile.name)}</span>
          </span>
        ) : (
          <span className="block truncate text-muted text-xs">{visibleText(profile.name)}</span>
        ),
    },
    {
      id: "waiting",
      header: "Waiting",
      card: "hidden",
      align: "end",
      className: "w-20 max-lg:hidden",
      skeleton: "w-6",
      cell: ({ stats }) =>
        stats === undefined ? (
          <Skeleton className="ml-auto w-6" />
        ) : (
          <span className="tabular text-muted text-xs" title={`${stats.pending} pending, ${stats.held} held`}>
            {stats.pending + stats.held === 0 ? "–" : (stats.pending + stats.held).toLocaleString("en-US")}
          </span>
        ),
    },
    {
      id: "health",
      header: "Failed, 24 h",
      card: "line",
      align: "end",
      className: "w-40",
      skeleton: "w-32",
      cell: ({ stats }) => <HealthCell stats={stats} />,
    },
    {
      id: "success",
      header: "Last success",
      card: "line",
      align: "end",
      className: "w-28",
      skeleton: "w-16",
      cell: ({ stats }) =>
        stats === undefined ? (
          <Skeleton className="ml-auto w-16" />
        ) : stats.last_success_at === null ? (
          <span className="text-subtle text-xs">
            never<span className="@2xl/data-table:hidden"> succeeded</span>
          </span>
        ) : (
          <span className="text-muted text-xs">
            <span className="@2xl/data-table:hidden">last success </span>
            <Timestamp value={stats.last_success_at} focusable={false} />
          </span>
        ),
    },
    {
      id: "actions",
      header: "Actions",
      headerHidden: true,
      card: "meta",
      align: "end",
      className: "w-12 @max-2xl/data-table:-my-2 @max-2xl/data-table:-mr-2",
      skeleton: "w-5",
      cell: ({ endpoint }) => <RowActions endpoint={endpoint} {...meta} />,
    },
  ];
}
