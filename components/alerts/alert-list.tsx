"use client";
// Owns the list of what happened, newest first.

import { useInfiniteQuery } from "@tanstack/react-query";
import { BellOff } from "lucide-react";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useMemo } from "react";
import type { DataTableColumn } from "@/components/data-table/columns";
import { DataTable } from "@/components/data-table/data-table";
import { LoadMore } from "@/components/data-table/load-more";
import { LoadFailure } from "@/components/list/load-failure";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { NoMatches, NothingYet } from "@/components/ui/empty-state";
import { NativeSelect } from "@/components/ui/native-select";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { StatusPill } from "@/components/ui/status-pill";
import { Timestamp } from "@/components/ui/timestamp";
import { useLiveChanges } from "@/lib/client/live/use-live-changes";
import { alertQueries } from "@/lib/client/queries/alerts";
import { useViewer } from "@/lib/client/viewer-context";
import { visibleText } from "@/lib/client/visible-text";
import type { AlertDto } from "@/lib/contracts/alerts";
import { ALERT_KINDS, KIND_INFO } from "@/lib/domain/alerts/kinds";
import { SEVERITY, toldWords } from "./alert-words";

const SHOW = ["all", "open"] as const;

const COLUMNS: DataTableColumn<AlertDto>[] = [
  {
    id: "what",
    header: "What happened",
    card: "title",
    skeleton: "w-72",
    lines: 2,
    cell: (alert) => (
      <span className="grid min-w-0 py-1">
        <span className="truncate font-medium text-ink @max-2xl/data-table:text-pretty @max-2xl/data-table:whitespace-normal">
          {visibleText(alert.title)}
        </span>
        <span className="truncate text-muted text-xs">{KIND_INFO[alert.kind].label}</span>
      </span>
    ),
  },
  {
    id: "severity",
    header: "Severity",
    className: "w-32",
    card: "meta",
    skeleton: "w-16",
    cell: (alert) => (
      <StatusPill tone={SEVERITY[alert.severity].tone} variant="plain">
        {SEVERITY[alert.severity].label}
      </StatusPill>
    ),
  },
  {
    id: "now",
    header: "Now",
    className: "w-28",
    card: "body",
    skeleton: "w-12",
    cell: (alert) => (alert.resolved_at === null ? "Ongoing" : <span className="text-subtle">Over</span>),
  },
  {
    id: "told",
    header: "Told",
    className: "w-36",
    card: "body",
    skeleton: "w-16",
    cell: (alert) => <span className="text-muted">{toldWords(alert)}</span>,
  },
  {
    id: "time",
    header: "When",
    className: "w-28",
    align: "end",
    card: "line",
    skeleton: "w-16",
    cell: (alert) => <Timestamp value={alert.created_at} focusable={false} />,
  },
];

export function AlertList() {
  const { place, href } = useViewer();
  const [show, setShow] = useQueryState("show", parseAsStringLiteral(SHOW).withDefault("all"));
  const [kind, setKind] = useQueryState("kind", parseAsStringLiteral(ALERT_KINDS));
  const alerts = useInfiniteQuery(alertQueries.list(place, { kind, open: show === "open" }));
  useLiveChanges(place, (message) => {
    if (message.kind === "endpoints") void alerts.refetch();
  });
  const rows = useMemo(() => alerts.data?.pages.flatMap((page) => page.data), [alerts.data]);
  const isFiltered = kind !== null || show === "open";
  const clear = () => {
    void setKind(null);
    void setShow(null);
  };
  if (alerts.isError && rows === undefined) {
    return (
      <Card>
        <LoadFailure
          title="The alerts could not be loaded"
          error={alerts.error}
          onRetry={() => void alerts.refetch()}
        >
          People are told all the same.
        </LoadFailure>
      </Card>
    );
  }
  return (
    <div className="grid grid-cols-1 gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <SegmentedControl
          label="Which alerts"
          value={show}
          onValueChange={(value) => void setShow(value)}
          options={[
            { value: "all", label: "All" },
            { value: "open", label: "Ongoing" },
          ]}
        />
        <NativeSelect
          aria-label="Kind of alert"
          className="w-auto"
          value={kind ?? ""}
          onChange={(event) => void setKind((event.target.value || null) as typeof kind)}
        >
          <option value="">Every kind</option>
          {ALERT_KINDS.map((name) => (
            <option key={name} value={name}>
              {KIND_INFO[name].label}
            </option>
          ))}
        </NativeSelect>
      </div>
      <Card className="overflow-hidden">
        <DataTable
          label="Alerts"
          columns={COLUMNS}
          rows={rows}
          getRowId={(alert) => alert.id}
          getRowHref={(alert) => href(alert.action.path)}
          skeletonRows={6}
          empty={
            isFiltered ? (
              <NoMatches
                what="alerts"
                action={
                  <Button size="sm" onClick={clear}>
                    Show all
                  </Button>
                }
              />
            ) : (
              <NothingYet title="Nothing to tell yet" icon={<BellOff />}>
                When an endpoint keeps failing, a certificate runs out or a secret is rotated, it is written
                down here and told to whoever wants to know.
              </NothingYet>
            )
          }
        />
        <LoadMore query={alerts} label="Show older alerts" />
      </Card>
    </div>
  );
}
