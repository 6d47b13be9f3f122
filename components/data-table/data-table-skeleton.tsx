// Owns the loading rows, generated from the columns, so they cannot drift from the real ones.

import { cn } from "@/components/ui/cn";
import { Skeleton } from "@/components/ui/skeleton";
import { TableCell, TableRow } from "@/components/ui/table";
import { cellStyles, type DataTableColumn, rowStyles } from "./columns";

interface DataTableSkeletonProps<Row> {
  columns: DataTableColumn<Row>[];
  count: number;
}

/** `count` rows of bars with the height of real rows. */
export function DataTableSkeleton<Row>({ columns, count }: DataTableSkeletonProps<Row>) {
  const keys = Array.from({ length: count }, (_, index) => `skeleton-${index}`);
  return keys.map((key) => (
    <TableRow key={key} className={rowStyles}>
      {columns.map((column) => (
        <TableCell
          key={column.id}
          data-label={column.header}
          className={cn(column.className, cellStyles(column))}
        >
          {/* As high as the cell's own text, so that rows keep their height when data comes. */}
          <span
            className={cn(
              "flex items-center",
              column.lines === 2 ? "h-[2lh]" : "h-[1lh]",
              column.align === "end" && "@2xl/data-table:justify-end",
            )}
          >
            <Skeleton className={cn("h-[1em] max-w-full", column.skeleton ?? "w-20")} />
          </span>
        </TableCell>
      ))}
    </TableRow>
  ));
}
