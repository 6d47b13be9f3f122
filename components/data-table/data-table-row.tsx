// Owns one row: its link, its press, its marks. The link is real, so middle-click and "copy address" work.

import Link from "next/link";
import type { MouseEvent, ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { TableCell, TableRow } from "@/components/ui/table";
import { cellStyles, type DataTableColumn, rowStyles } from "./columns";
import { ROW_STOP_ATTRIBUTE } from "./row-keys";

interface DataTableRowProps<Row> {
  row: Row;
  columns: DataTableColumn<Row>[];
  href: string | undefined;
  onSelect: ((row: Row) => void) | undefined;
  isSelected: boolean;
  hasArrived: boolean;
  isTabStop: boolean;
}

/** One row of a DataTable. */
export function DataTableRow<Row>({
  row,
  columns,
  href,
  onSelect,
  isSelected,
  hasArrived,
  isTabStop,
}: DataTableRowProps<Row>) {
  const isPressable = href !== undefined || onSelect !== undefined;

  function pressRow(event: MouseEvent<HTMLTableRowElement>) {
    const target = event.target as Element;
    // Controls in cells keep their own press; marking text to copy it is not a press.
    if (target.closest("a, button, input, label, [role=menuitem]") || getSelection()?.toString()) return;
    const stop = event.currentTarget.querySelector<HTMLElement>(`[${ROW_STOP_ATTRIBUTE}]`);
    // The focus goes along, so that arrow keys continue from here.
    stop?.focus();
    stop?.click();
  }

  return (
    <TableRow
      onClick={isPressable ? pressRow : undefined}
      className={cn(
        rowStyles,
        isPressable && "cursor-pointer hover:bg-hover",
        isSelected && "bg-accent-soft shadow-[inset_2px_0_0_var(--color-accent)] hover:bg-accent-soft",
        hasArrived && "animate-arrive",
      )}
    >
      {columns.map((column) => (
        <TableCell
          key={column.id}
          data-label={column.header}
          className={cn(column.className, cellStyles(column))}
        >
          {column.card === "title" && isPressable ? (
            <RowStop
              href={href}
              isTabStop={isTabStop}
              isCurrent={isSelected}
              onPress={onSelect && (() => onSelect(row))}
            >
              {column.cell(row)}
            </RowStop>
          ) : (
            column.cell(row)
          )}
        </TableCell>
      ))}
    </TableRow>
  );
}

interface RowStopProps {
  href: string | undefined;
  isTabStop: boolean;
  isCurrent: boolean;
  onPress: (() => void) | undefined;
  children: ReactNode;
}

function RowStop({ href, isTabStop, isCurrent, onPress, children }: RowStopProps) {
  const common = {
    [ROW_STOP_ATTRIBUTE]: "",
    tabIndex: isTabStop ? 0 : -1,
    "aria-current": isCurrent ? ("true" as const) : undefined,
    className: "block max-w-full rounded-xs text-left",
  };
  if (href === undefined) {
    return (
      <button type="button" {...common} onClick={onPress}>
        {children}
      </button>
    );
  }
  return (
    <Link
      {...common}
      href={href}
      prefetch={false}
      onClick={(event) => {
        // With a modifier the browser opens a tab or a window: leave that alone.
        if (!onPress || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        onPress();
      }}
    >
      {children}
    </Link>
  );
}
