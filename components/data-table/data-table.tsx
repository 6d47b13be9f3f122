"use client";
// Owns lists of rows: head, selection by address, keys, arrival highlight, skeleton, cards on narrow screens.
// Knows nothing about what rows are, where they come from, or how they are paged.

import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { Table, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import type { DataTableColumn } from "./columns";
import { DataTableRow } from "./data-table-row";
import { DataTableSkeleton } from "./data-table-skeleton";
import { moveBetweenRows } from "./row-keys";

export interface DataTableProps<Row> {
  /** Name of the table for screen readers: "Deliveries". */
  label: string;
  columns: DataTableColumn<Row>[];
  /** Undefined while the first page loads. */
  rows: Row[] | undefined;
  getRowId: (row: Row) => string;
  /** Address of a row's detail. Rows then are links: Enter, click, middle-click. */
  getRowHref?: (row: Row) => string;
  /** Called on plain click, Enter and arrow keys instead of following the link: set the id in the address. */
  onSelect?: (row: Row) => void;
  /** The row shown beside the list; comes from the address. */
  selectedId?: string | null;
  /** Rows that have just arrived; they flash once. */
  arrivedIds?: ReadonlySet<string>;
  /** Shown instead of rows when there are none: NothingYet or NoMatches, the caller knows which. */
  empty?: ReactNode;
  density?: "compact" | "comfortable";
  /** How many rows to draw while loading; about what a page shows. */
  skeletonRows?: number;
  /** True while newer rows replace the shown ones: they fade, nothing moves. */
  isStale?: boolean;
  className?: string;
}

/** A list that is a table on wide screens and cards on narrow ones, by one set of columns. */
export function DataTable<Row>({
  label,
  columns,
  rows,
  getRowId,
  getRowHref,
  onSelect,
  selectedId,
  arrivedIds,
  empty,
  density = "comfortable",
  skeletonRows = 8,
  isStale = false,
  className,
}: DataTableProps<Row>) {
  const selectedIndex = rows?.findIndex((row) => getRowId(row) === selectedId) ?? -1;
  if (rows?.length === 0) return <div className={className}>{empty}</div>;
  return (
    <div className={cn("@container/data-table", className)}>
      <Table
        density={density}
        aria-label={label}
        aria-busy={rows === undefined || isStale}
        className="@max-2xl/data-table:block"
        onKeyDown={(event) => moveBetweenRows(event, { isFollowing: selectedIndex >= 0 })}
      >
        <TableHead sticky className="@max-2xl/data-table:sr-only">
          <TableRow>
            {columns.map((column) => (
              <TableHeader
                key={column.id}
                className={cn(column.className, column.align === "end" && "text-right")}
              >
                {column.headerHidden ? <VisuallyHidden>{column.header}</VisuallyHidden> : column.header}
              </TableHeader>
            ))}
          </TableRow>
        </TableHead>
        <tbody className={cn("@max-2xl/data-table:block transition-opacity", isStale && "opacity-60")}>
          {rows === undefined ? (
            <DataTableSkeleton columns={columns} count={skeletonRows} />
          ) : (
            rows.map((row, index) => {
              const id = getRowId(row);
              return (
                <DataTableRow
                  key={id}
                  row={row}
                  columns={columns}
                  href={getRowHref?.(row)}
                  onSelect={onSelect}
                  isSelected={id === selectedId}
                  hasArrived={arrivedIds?.has(id) ?? false}
                  // One tab stop for the whole table: the selected row, or the first.
                  isTabStop={index === Math.max(0, selectedIndex)}
                />
              );
            })
          )}
        </tbody>
      </Table>
    </div>
  );
}
