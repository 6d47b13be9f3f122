// Owns the columns of the deliveries table, for wide screens and for cards.

import { RotateCcw, TestTube } from "lucide-react";
import type { DataTableColumn } from "@/components/data-table/columns";
import { Timestamp } from "@/components/ui/timestamp";
import { visibleText } from "@/lib/client/visible-text";
import type { DeliveryDto } from "@/lib/contracts/deliveries";
import { DeliveryStatePill } from "./delivery-state-pill";
import { formatDuration, shortUrl } from "./format";
import { ResultCode } from "./result-code";

/** Shown on cards only: the class takes the cell out of the table, the card styles put it back. */
const CARD_ONLY = "hidden";

function TriggerMark({ trigger }: { trigger: DeliveryDto["trigger"] }) {
  if (trigger === "event") return null;
  const Icon = trigger === "replay" ? RotateCcw : TestTube;
  return (
    <span className="inline-flex shrink-0 items-center gap-1 text-subtle text-xs">
      <Icon className="size-3" aria-hidden />
      {trigger}
    </span>
  );
}

const columns = {
  time: {
    id: "time",
    header: "Time",
    cell: (row) => (
      <Timestamp value={row.created_at} mode="local" focusable={false} className="text-muted text-xs" />
    ),
    className: "w-28",
    card: "hidden",
    skeleton: "w-16",
  },
  type: {
    id: "type",
    header: "Event type",
    cell: (row) => (
      <span className="flex min-w-0 items-center gap-2">
        <span className="truncate font-mono text-ink text-xs">{visibleText(row.event_type)}</span>
        <TriggerMark trigger={row.trigger} />
      </span>
    ),
    className: "@2xl/data-table:w-[22%] @2xl/data-table:max-w-0",
    card: "title",
    skeleton: "w-32",
  },
  endpoint: {
    id: "endpoint",
    header: "Endpoint",
    cell: (row) => (
      <span className="block truncate font-mono text-muted text-xs" title={visibleText(row.endpoint_url)}>
        {visibleText(shortUrl(row.endpoint_url))}
      </span>
    ),
    className: "@2xl/data-table:w-[34%] @2xl/data-table:max-w-0",
    card: "hidden",
    skeleton: "w-48",
  },
  state: {
    id: "state",
    header: "State",
    cell: (row) => <DeliveryStatePill state={row.state} inFlight={row.in_flight} plain />,
    className: "@2xl/data-table:w-28",
    card: "meta",
    skeleton: "w-20",
  },
  result: {
    id: "result",
    header: "Last result",
    cell: (row) => <ResultCode status={row.last_status} errorClass={row.last_error_class} />,
    className: "w-36",
    card: "hidden",
    skeleton: "w-8",
  },
  attempts: {
    id: "attempts",
    header: "Attempts",
    cell: (row) => <span className="tabular text-muted">{row.attempt_count}</span>,
    className: "w-20",
    align: "end",
    card: "hidden",
    skeleton: "w-4",
  },
  latency: {
    id: "latency",
    header: "Latency",
    cell: (row) => <span className="tabular text-muted">{formatDuration(row.last_duration_ms)}</span>,
    className: "w-24",
    align: "end",
    card: "hidden",
    skeleton: "w-12",
  },
  next: {
    id: "next",
    header: "Next",
    cell: (row) =>
      row.state === "pending" && row.next_attempt_at !== null && !row.in_flight ? (
        <Timestamp value={row.next_attempt_at} focusable={false} className="text-muted text-xs" />
      ) : (
        <span className="text-subtle">–</span>
      ),
    className: "w-24",
    card: "hidden",
    skeleton: "w-12",
  },
  summary: {
    id: "summary",
    header: "Summary",
    headerHidden: true,
    cell: (row) => <CardSummary row={row} withEndpoint />,
    className: CARD_ONLY,
    card: "body",
  },
  ownSummary: {
    id: "summary",
    header: "Summary",
    headerHidden: true,
    cell: (row) => <CardSummary row={row} withEndpoint={false} />,
    className: CARD_ONLY,
    card: "body",
  },
} satisfies Record<string, DataTableColumn<DeliveryDto>>;

function CardSummary({ row, withEndpoint }: { row: DeliveryDto; withEndpoint: boolean }) {
  const hasResult = row.last_status !== null || row.last_error_class !== null;
  return (
    <span className="flex min-w-0 flex-1 items-center gap-2 text-muted text-xs">
      {withEndpoint && (
        <span className="min-w-0 flex-1 truncate font-mono">{visibleText(shortUrl(row.endpoint_url))}</span>
      )}
      {hasResult && <ResultCode status={row.last_status} errorClass={row.last_error_class} />}
      {row.attempt_count > 1 && <span className="tabular shrink-0">{row.attempt_count} attempts</span>}
      <Timestamp
        value={row.created_at}
        mode="local"
        focusable={false}
        className="ml-auto shrink-0 text-subtle"
      />
    </span>
  );
}

const { time, type, endpoint, state, result, attempts, latency, next, summary, ownSummary } = columns;

/** The columns; an endpoint's own page leaves out the endpoint. */
export function deliveryColumns({ withEndpoint }: { withEndpoint: boolean }): DataTableColumn<DeliveryDto>[] {
  return withEndpoint
    ? [time, type, endpoint, state, result, attempts, latency, next, summary]
    : [time, type, state, result, attempts, latency, next, ownSummary];
}
