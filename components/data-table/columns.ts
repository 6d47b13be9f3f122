// Owns what a column is. A table is a static list of these; the rest (head, rows, cards, skeleton) follows from it.

import type { ReactNode } from "react";

export interface DataTableColumn<Row> {
  /** Stable key. */
  id: string;
  /** Column head, and label of the line on a card. */
  header: string;
  /** Keeps the head for screen readers only (actions, a lone mark). */
  headerHidden?: boolean;
  /** What a row shows here. Keep it cheap: it runs for every row on every change. */
  cell: (row: Row) => ReactNode;
  /** Width as a class, such as `w-28`; a column without one takes the rest. */
  className?: string;
  align?: "start" | "end";
  /**
   * Place on a narrow screen's card: `title` heads it and carries the row's link on every screen (exactly one column),
   * `meta` stands at its right (at most one), `body` is a labelled line, `hidden` is left out.
   */
  card: "title" | "meta" | "body" | "hidden";
  /** Width of the bar that stands here while loading, as a class; match the usual content. */
  skeleton?: string;
}

/** Classes of a cell: ordinary in a table, placed on a grid when the row is a card. */
export function cellStyles<Row>(column: DataTableColumn<Row>): string {
  const onCard = {
    title: "@max-2xl/data-table:order-1 @max-2xl/data-table:min-w-0",
    meta: "@max-2xl/data-table:order-2 @max-2xl/data-table:justify-self-end",
    body: [
      "@max-2xl/data-table:order-3 @max-2xl/data-table:col-span-2 @max-2xl/data-table:flex @max-2xl/data-table:min-w-0 @max-2xl/data-table:gap-3",
      "@max-2xl/data-table:text-left @max-2xl/data-table:before:w-24 @max-2xl/data-table:before:shrink-0",
      "@max-2xl/data-table:before:text-subtle @max-2xl/data-table:before:content-[attr(data-label)]",
    ].join(" "),
    hidden: "@max-2xl/data-table:hidden",
  }[column.card];
  return [
    column.align === "end" ? "text-right" : "",
    "@max-2xl/data-table:h-auto @max-2xl/data-table:border-0 @max-2xl/data-table:p-0",
    onCard,
  ].join(" ");
}

/** Classes of a row: a table row, or a card on narrow containers. */
export const rowStyles = [
  "@max-2xl/data-table:grid @max-2xl/data-table:grid-cols-[minmax(0,1fr)_auto] @max-2xl/data-table:items-center",
  "@max-2xl/data-table:gap-x-3 @max-2xl/data-table:gap-y-1 @max-2xl/data-table:border-b @max-2xl/data-table:px-4 @max-2xl/data-table:py-3",
  "@max-2xl/data-table:last:border-b-0",
].join(" ");
