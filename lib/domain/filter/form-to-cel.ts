// Owns how the form is written as an expression.
import type { FilterForm, FilterRow } from "./form";
import { type FilterPath, isPlainName, pathText, quoteText } from "./path";

/** A number as a literal that reads back as the same double. */
function numberText(value: number): string {
  const text = String(value);
  const isWhole = /^-?\d+$/.test(text);
  return isWhole && !Number.isSafeInteger(value) ? `${text}.0` : text;
}

function literal(value: string | number | boolean | null): string {
  if (typeof value === "string") return quoteText(value);
  return typeof value === "number" ? numberText(value) : String(value);
}

const list = (values: readonly (string | number)[]) => `[${values.map(literal).join(", ")}]`;

const at = (path: FilterPath) => `event.${pathText(path)}`;

/** `has` takes plain names only; other members are asked for in their object, and items by the length of their list. */
function existsText(path: FilterPath): string {
  const isPlain = path.every((part) => typeof part === "string" && isPlainName(part));
  const last = path[path.length - 1];
  if (isPlain || last === undefined) return `has(${at(path)})`;
  const parent = at(path.slice(0, -1));
  return typeof last === "number" ? `size(${parent}) > ${last}` : `${quoteText(last)} in ${parent}`;
}

const COMPARISONS = {
  equals: "==",
  not_equals: "!=",
  greater: ">",
  at_least: ">=",
  less: "<",
  at_most: "<=",
} as const;

function rowText(row: FilterRow): string {
  switch (row.operator) {
    case "one_of":
      return `${at(row.path)} in ${list(row.values)}`;
    case "contains":
      return `${at(row.path)}.contains(${quoteText(row.value)})`;
    case "starts_with":
      return `${at(row.path)}.startsWith(${quoteText(row.value)})`;
    case "exists":
      return existsText(row.path);
    case "crosses": {
      const [only, upper] = row.thresholds;
      const limits = only !== undefined && upper === undefined ? numberText(only) : list(row.thresholds);
      return `crosses(${at(row.previous)}, ${at(row.path)}, ${limits})`;
    }
    case "rises_above":
    case "falls_below":
      return `${row.operator}(${at(row.previous)}, ${at(row.path)}, ${numberText(row.threshold)})`;
    default:
      return `${at(row.path)} ${COMPARISONS[row.operator]} ${literal(row.value)}`;
  }
}

/** The expression of a form; empty when it has no rows. The form must be valid by `filterForm`. */
export function formToCel(form: FilterForm): string {
  return form.rows.map(rowText).join(form.combine === "all" ? " && " : " || ");
}
