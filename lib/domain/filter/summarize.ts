// Owns a filter told in a sentence, for lists and reviews.
import { celToForm } from "./cel-to-form";
import type { FilterRow } from "./form";
import { type FilterPath, pathText } from "./path";

const value = (item: string | number | boolean | null) =>
  typeof item === "string" ? `“${item}”` : String(item);

/** "a", "a or b", "a, b or c". */
function orList(items: readonly string[]): string {
  const last = items[items.length - 1] ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} or ${last}`;
}

const WORDS = {
  equals: "is",
  not_equals: "is not",
  greater: "is greater than",
  at_least: "is at least",
  less: "is less than",
  at_most: "is at most",
  contains: "contains",
  starts_with: "starts with",
} as const;

const from = (previous: FilterPath) => `(before: ${pathText(previous)})`;

function rowSentence(row: FilterRow): string {
  const path = pathText(row.path);
  switch (row.operator) {
    case "one_of":
      return `${path} is ${orList(row.values.map(value))}`;
    case "exists":
      return `${path} exists`;
    case "crosses":
      return `${path} crosses ${orList(row.thresholds.map(String))} ${from(row.previous)}`;
    case "rises_above":
      return `${path} rises to ${row.threshold} or above ${from(row.previous)}`;
    case "falls_below":
      return `${path} falls below ${row.threshold} ${from(row.previous)}`;
    default:
      return `${path} ${WORDS[row.operator]} ${value(row.value)}`;
  }
}

/** A short sentence such as “data.grade is “A” and data.new_score is at least 700”; null when only a form could tell. */
export function summarizeFilter(text: string): string | null {
  const form = celToForm(text);
  if (form === null || form.rows.length === 0) return null;
  return form.rows.map(rowSentence).join(form.combine === "all" ? " and " : " or ");
}
