// Owns moving through rows by keyboard: arrows or j/k, Home, End. Enter is the row link's own.

import type { KeyboardEvent } from "react";

/** Marks the one focusable thing of a row that stands for the row. */
export const ROW_STOP_ATTRIBUTE = "data-row-stop";

const STEPS: Record<string, number> = {
  ArrowDown: 1,
  j: 1,
  ArrowUp: -1,
  k: -1,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

interface RowKeysOptions {
  /** Moving also picks: right while a detail is open beside the list. */
  isFollowing: boolean;
}

/** A key handler for the table; it moves the focus between row stops. */
export function moveBetweenRows(
  event: KeyboardEvent<HTMLTableElement>,
  { isFollowing }: RowKeysOptions,
): void {
  const step = STEPS[event.key];
  if (step === undefined || event.metaKey || event.ctrlKey || event.altKey) return;
  const target = event.target as Element;
  // Keys typed into a control of a cell are that control's.
  if (!target.hasAttribute(ROW_STOP_ATTRIBUTE)) return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>(`[${ROW_STOP_ATTRIBUTE}]`)];
  const from = stops.indexOf(target as HTMLElement);
  const next = stops[Math.min(stops.length - 1, Math.max(0, from + step))];
  event.preventDefault();
  next?.focus();
  if (isFollowing && next !== target) next?.click();
}
