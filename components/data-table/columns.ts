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
   * Place on a narrow screen's card. `title` heads it and carries the row's link on every screen (exactly one column),
   * `meta` stands at its right, `line` joins the second line without its label, `body` is a line of its own, labelled
   * unless the head is hidden, `hidden` is left out.
   */
  card: "title" | "meta" | "line" | "body" | "hidden";
  /** Width of the bar that stands here while loading, as a class; match the usual content. */
  skeleton?: string;
  /** How many lines the usual content has, for the height of loading rows; one unless told. */
  lines?: 1 | 2;
}

const ON_CARD = {
  title: "@max-2xl/data-table:order-1 @max-2xl/data-table:min-w-0 @max-2xl/data-table:flex-1",
  meta: "@max-2xl/data-table:order-2",
  line: "@max-2xl/data-table:order-4 @max-2xl/data-table:text-muted @max-2xl/data-table:text-xs",
  body: "@max-2xl/data-table:order-5 @max-2xl/data-table:flex @max-2xl/data-table:min-w-0 @max-2xl/data-table:basis-full @max-2xl/data-table:gap-3 @max-2xl/data-table:text-left",
  hidden: "@max-2xl/data-table:hidden",
};

const LABEL = [
  "@max-2xl/data-table:before:w-24 @max-2xl/data-table:before:shrink-0",
  "@max-2xl/data-table:before:text-subtle @max-2xl/data-table:before:content-[attr(data-label)]",
].join(" ");

/** Classes of a cell: ordinary in a table, placed by its part when the row is a card. */
export function cellStyles<Row>(column: DataTableColumn<Row>): string {
  return [
    column.align === "end" ? "text-right" : "",
    "@max-2xl/data-table:h-auto! @max-2xl/data-table:w-auto @max-2xl/data-table:border-0 @max-2xl/data-table:p-0!",
    ON_CARD[column.card],
    column.card === "body" && !column.headerHidden ? LABEL : "",
  ].join(" ");
}

/** Classes of a row: a table row, or a card on narrow containers. Its `before` is the break after the first line. */
export const rowStyles = [
  "@max-2xl/data-table:flex @max-2xl/data-table:flex-wrap @max-2xl/data-table:items-baseline",
  "@max-2xl/data-table:gap-x-3 @max-2xl/data-table:gap-y-0.5 @max-2xl/data-table:border-b @max-2xl/data-table:px-4 @max-2xl/data-table:py-2.5",
  "@max-2xl/data-table:before:order-3 @max-2xl/data-table:before:basis-full @max-2xl/data-table:last:border-b-0",
].join(" ");
