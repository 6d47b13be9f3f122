// Owns the columns of the events table.

import type { DataTableColumn } from "@/components/data-table/columns";
import { formatBytes } from "@/components/deliveries/format";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { Timestamp } from "@/components/ui/timestamp";
import { countOf } from "@/lib/client/count-of";
import { visibleText } from "@/lib/client/visible-text";
import type { EventDto } from "@/lib/contracts/events";

const Quiet = ({ text }: { text: string | null }) =>
  text === null ? (
    <span className="text-subtle">–</span>
  ) : (
    <span className="block truncate text-muted" title={visibleText(text)}>
      {visibleText(text)}
    </span>
  );

export const EVENT_COLUMNS: DataTableColumn<EventDto>[] = [
  {
    id: "time",
    header: "Time",
    cell: (row) => (
      <Timestamp value={row.created_at} mode="local" focusable={false} className="text-muted text-xs" />
    ),
    className: "@2xl/data-table:w-28",
    card: "meta",
    skeleton: "w-16",
  },
  {
    id: "type",
    header: "Event type",
    cell: (row) => (
      <span className="flex min-w-0 items-center gap-2">
        <span className="truncate font-mono text-ink text-xs">{visibleText(row.type)}</span>
        {row.test && <Badge outline>test</Badge>}
      </span>
    ),
    className: "@2xl/data-table:w-[26%] @2xl/data-table:max-w-0",
    card: "title",
    skeleton: "w-32",
  },
  {
    id: "id",
    header: "Event",
    cell: (row) => <span className="block truncate font-mono text-muted text-xs">{row.id}</span>,
    className: "@2xl/data-table:w-[24%] @2xl/data-table:max-w-0",
    card: "hidden",
    skeleton: "w-40",
  },
  {
    id: "subject",
    header: "Subject",
    cell: (row) => <Quiet text={row.subject} />,
    className: "@2xl/data-table:max-w-0",
    card: "hidden",
    skeleton: "w-20",
  },
  {
    id: "tenant",
    header: "Tenant",
    cell: (row) => <Quiet text={row.tenant} />,
    className: "@2xl/data-table:max-w-0",
    card: "hidden",
    skeleton: "w-16",
  },
  {
    id: "size",
    header: "Size",
    cell: (row) => <span className="tabular text-muted">{formatBytes(row.data_size)}</span>,
    className: "w-24",
    align: "end",
    card: "hidden",
    skeleton: "w-10",
  },
  {
    id: "deliveries",
    header: "Deliveries",
    cell: (row) => (
      <span className={row.deliveries === 0 ? "text-subtle" : "tabular text-ink"}>
        {row.deliveries === 0 ? "none" : row.deliveries}
      </span>
    ),
    className: "w-24",
    align: "end",
    card: "hidden",
    skeleton: "w-6",
  },
  {
    // On cards only: taken out of the table, and put back by the card's styles.
    id: "summary",
    header: "Summary",
    headerHidden: true,
    cell: (row) => <CardSummary row={row} />,
    className: "hidden",
    card: "body",
  },
];

function CardSummary({ row }: { row: EventDto }) {
  return (
    <span className="flex min-w-0 flex-1 items-center gap-2 text-muted text-xs">
      <span className="min-w-0 truncate">
        {[row.subject, row.tenant]
          .filter((text) => text !== null)
          .map(visibleText)
          .join(" · ")}
      </span>
      <span className={cn("ml-auto shrink-0", row.deliveries === 0 && "text-subtle")}>
        {row.deliveries === 0 ? "nobody got it" : countOf(row.deliveries, "delivery", "deliveries")}
      </span>
    </span>
  );
}
