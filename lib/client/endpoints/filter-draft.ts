// Owns a filter while it is written: rows of a form as they are typed, or the expression; and the way between the two. Pure.
import { z } from "zod";
import { celToForm } from "@/lib/domain/filter/cel-to-form";
import { checkFilter } from "@/lib/domain/filter/check";
import { type FilterForm, type FilterRow, filterRow } from "@/lib/domain/filter/form";
import { formToCel } from "@/lib/domain/filter/form-to-cel";
import { type FilterPath, isInData, pathText, readPath } from "@/lib/domain/filter/path";
import type { FilterProblem } from "@/lib/domain/filter/problems";
import { readLoose, splitLoose, writeLoose } from "./loose-value";

/** In the order in which the form offers them. */
export const FILTER_OPERATORS = [
  "equals",
  "not_equals",
  "one_of",
  "greater",
  "at_least",
  "less",
  "at_most",
  "contains",
  "starts_with",
  "exists",
  "crosses",
  "rises_above",
  "falls_below",
] as const satisfies readonly FilterRow["operator"][];
export type FilterOperator = (typeof FILTER_OPERATORS)[number];

/** A row as typed. `value` is the compared value, the list, or the (lower) threshold. */
const draftRow = z.object({
  id: z.number(),
  operator: z.enum(FILTER_OPERATORS),
  path: z.string(),
  value: z.string(),
  /** Where the event says what the value was before; thresholds only. */
  previous: z.string(),
  /** The second threshold, or nothing. */
  upper: z.string(),
});
export type DraftRow = z.infer<typeof draftRow>;

export const filterDraftSchema = z.object({
  mode: z.enum(["form", "text"]),
  combine: z.enum(["all", "any"]),
  rows: z.array(draftRow),
  text: z.string(),
});
export type FilterDraft = z.infer<typeof filterDraftSchema>;

export type RowProblems = Partial<Record<"path" | "value" | "previous" | "upper", string>>;

export type FilterReading = {
  /** What would be saved; null takes every event. Undefined while something is wrong. */
  filter: string | null | undefined;
  /** Problems of the expression; positions are in `text`. */
  problems: FilterProblem[];
  /** Problems of rows by their id. */
  rows: ReadonlyMap<number, RowProblems>;
  /** The expression as far as it is complete. */
  text: string;
};

export const EMPTY_FILTER: FilterDraft = { mode: "form", combine: "all", rows: [], text: "" };

export const isThreshold = (operator: FilterOperator): boolean =>
  operator === "crosses" || operator === "rises_above" || operator === "falls_below";

/** An empty row that is not in the draft yet. */
export function newRow(rows: readonly DraftRow[], operator: FilterOperator = "equals"): DraftRow {
  const id = 1 + Math.max(0, ...rows.map((row) => row.id));
  return { id, operator, path: "", value: "", previous: "", upper: "" };
}

function valueText(value: string | number | boolean | null, path: FilterPath): string {
  return typeof value === "string" && !isInData(path) ? value : writeLoose(value);
}

function draftOfRow(row: FilterRow, id: number): DraftRow {
  const draft: DraftRow = {
    id,
    operator: row.operator,
    path: pathText(row.path),
    value: "",
    previous: "previous" in row ? pathText(row.previous) : "",
    upper: "",
  };
  if ("thresholds" in row) {
    const [lower, upper] = row.thresholds;
    return { ...draft, value: String(lower), upper: upper === undefined ? "" : String(upper) };
  }
  if ("threshold" in row) return { ...draft, value: String(row.threshold) };
  if ("values" in row) {
    const values = row.values.map((value) => {
      const text = valueText(value, row.path);
      return text.includes(",") && !text.startsWith('"') ? JSON.stringify(text) : text;
    });
    return { ...draft, value: values.join(", ") };
  }
  if (!("value" in row)) return draft;
  const isPattern = row.operator === "contains" || row.operator === "starts_with";
  return { ...draft, value: isPattern ? String(row.value) : valueText(row.value, row.path) };
}

/** The draft that shows a saved filter: as a form where the form could have written it. */
export function draftOfFilter(filter: string | null): FilterDraft {
  if (filter === null) return EMPTY_FILTER;
  const form = celToForm(filter);
  if (form === null) return { ...EMPTY_FILTER, mode: "text", text: filter };
  const rows = form.rows.map((row, index) => draftOfRow(row, index + 1));
  return { mode: "form", combine: form.combine, rows, text: filter };
}

class Unread extends Error {
  readonly field: keyof RowProblems;
  constructor(field: keyof RowProblems, message: string) {
    super(message);
    this.field = field;
  }
}

function pathOf(text: string, field: "path" | "previous"): FilterPath {
  if (text.trim() === "") throw new Unread(field, "Name a field, such as data.amount.");
  const path = readPath(text);
  if (path !== null) return path;
  const guess = readPath(`data.${text.trim()}`);
  throw new Unread(
    field,
    guess === null
      ? "This is no field; write it like data.items[0].price."
      : `Fields of the payload start with data: ${pathText(guess)}`,
  );
}

function numberOf(text: string, field: "value" | "upper"): number {
  const read = readLoose(text);
  if (read.kind !== "number") throw new Unread(field, "This must be a number, such as 700.");
  const value = Number(read.json);
  if (/^-?\d+$/.test(read.json) && !Number.isSafeInteger(value)) {
    throw new Unread(field, "Numbers of more than 15 digits are not compared exactly.");
  }
  return value;
}

function scalarOf(text: string, path: FilterPath): string | number | boolean | null {
  if (!isInData(path)) return text;
  if (text.trim() === "") throw new Unread("value", 'Name a value; "" is the empty text.');
  const read = readLoose(text);
  if (read.kind === "number") return numberOf(text, "value");
  if (read.kind === "object" || read.kind === "list") {
    throw new Unread("value", "Compare with one value; put it in double quotes if it is text.");
  }
  return JSON.parse(read.json) as string | boolean | null;
}

function choicesOf(text: string, path: FilterPath): (string | number)[] {
  const values = splitLoose(text).map((part) => {
    if (!isInData(path)) return part.startsWith('"') ? String(JSON.parse(readLoose(part).json)) : part;
    return scalarOf(part, path);
  });
  if (values.length === 0) throw new Unread("value", "Name the values, with commas between them.");
  return values.map((value) => {
    if (typeof value === "string" || typeof value === "number") return value;
    throw new Unread("value", "The values must be texts or numbers.");
  });
}

function fill(draft: DraftRow): FilterRow {
  const { operator } = draft;
  const path = pathOf(draft.path, "path");
  switch (operator) {
    case "equals":
    case "not_equals":
      return { operator, path, value: scalarOf(draft.value, path) };
    case "one_of":
      return { operator, path, values: choicesOf(draft.value, path) };
    case "greater":
    case "at_least":
    case "less":
    case "at_most":
      return { operator, path, value: numberOf(draft.value, "value") };
    case "contains":
    case "starts_with":
      if (draft.value === "") throw new Unread("value", "Name a text.");
      return { operator, path, value: draft.value };
    case "exists":
      return { operator, path };
    case "crosses": {
      const lower = numberOf(draft.value, "value");
      const thresholds = draft.upper.trim() === "" ? [lower] : [lower, numberOf(draft.upper, "upper")];
      return { operator, path, previous: pathOf(draft.previous, "previous"), thresholds };
    }
    case "rises_above":
    case "falls_below": {
      const threshold = numberOf(draft.value, "value");
      return { operator, path, previous: pathOf(draft.previous, "previous"), threshold };
    }
  }
}

const FIELDS: Record<string, keyof RowProblems> = {
  path: "path",
  previous: "previous",
  thresholds: "upper",
};

/** The row as the filter has it, or what is wrong with it. */
function readRow(draft: DraftRow): { row: FilterRow } | { problems: RowProblems } {
  try {
    const parsed = filterRow.safeParse(fill(draft));
    if (parsed.success) return { row: parsed.data };
    const [issue] = parsed.error.issues;
    const field = FIELDS[String(issue?.path[0])] ?? "value";
    const message = issue?.message ?? "This cannot be used.";
    return { problems: { [field]: `${message.charAt(0).toUpperCase()}${message.slice(1)}.` } };
  } catch (error) {
    if (!(error instanceof Unread)) throw error;
    return { problems: { [error.field]: error.message } };
  }
}

function readForm(draft: FilterDraft): { form: FilterForm; rows: Map<number, RowProblems> } {
  const rows = new Map<number, RowProblems>();
  const complete: FilterRow[] = [];
  for (const row of draft.rows) {
    const read = readRow(row);
    if ("row" in read) complete.push(read.row);
    else rows.set(row.id, read.problems);
  }
  return { form: { combine: draft.combine, rows: complete }, rows };
}

/** What the draft says: the filter to save, or everything that is wrong. */
export function readFilterDraft(draft: FilterDraft): FilterReading {
  if (draft.mode === "text") {
    const { text } = draft;
    if (text.trim() === "") return { filter: null, problems: [], rows: new Map(), text: "" };
    const problems = checkFilter(text);
    return { filter: problems.length === 0 ? text : undefined, problems, rows: new Map(), text };
  }
  const { form, rows } = readForm(draft);
  const text = formToCel(form);
  if (rows.size > 0) return { filter: undefined, problems: [], rows, text };
  if (text === "") return { filter: null, problems: [], rows, text };
  const problems = checkFilter(text);
  return { filter: problems.length === 0 ? text : undefined, problems, rows, text };
}

/** True when the expression could be shown as a form. */
export function canBeForm(draft: FilterDraft): boolean {
  return draft.mode === "form" || celToForm(draft.text.trim()) !== null;
}

/** The same filter in the other way of writing; as it is when the form cannot show the expression. */
export function switchMode(draft: FilterDraft, mode: FilterDraft["mode"]): FilterDraft {
  if (mode === draft.mode) return draft;
  const written = formToCel(readForm(draft).form);
  if (mode === "text") return { ...draft, mode, text: written };
  const text = draft.text.trim();
  // Nothing was changed meanwhile: rows that were not complete yet are still there.
  if (text === written) return { ...draft, mode };
  const form = celToForm(text);
  return form === null ? draft : draftOfFilter(text === "" ? null : text);
}
