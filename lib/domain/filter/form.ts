// Owns the form model of a filter: rows that people fill in. Only the text of the expression is ever stored;
// `formToCel` writes it, and `celToForm` recognises exactly what `formToCel` writes.
import { z } from "zod";
import { filterPath, isInData } from "./path";

const MAX_ROWS = 20;
const MAX_CHOICES = 50;
const MAX_TEXT_LENGTH = 500;

const text = z
  .string()
  .max(MAX_TEXT_LENGTH)
  .refine((value) => value.isWellFormed(), "must not contain lone surrogates");
const number = z.number();
/** What a row compares for equality. */
const scalar = z.union([text, number, z.boolean(), z.null()]);
const choice = z.union([text, number]);

const row = z.discriminatedUnion("operator", [
  z.strictObject({ operator: z.enum(["equals", "not_equals"]), path: filterPath, value: scalar }),
  z.strictObject({
    operator: z.literal("one_of"),
    path: filterPath,
    values: z.array(choice).min(1).max(MAX_CHOICES),
  }),
  z.strictObject({
    operator: z.enum(["greater", "at_least", "less", "at_most"]),
    path: filterPath,
    value: number,
  }),
  z.strictObject({ operator: z.enum(["contains", "starts_with"]), path: filterPath, value: text }),
  z.strictObject({ operator: z.literal("exists"), path: filterPath }),
  z.strictObject({
    operator: z.literal("crosses"),
    /** Where the value is now, and where the event says what it was before. */
    path: filterPath,
    previous: filterPath,
    /** The threshold, or the lower and the upper one. */
    thresholds: z
      .array(number)
      .min(1)
      .max(2)
      .refine(([lower, upper]) => lower === undefined || upper === undefined || lower < upper, {
        message: "the lower threshold must be below the upper one",
      }),
  }),
  z.strictObject({
    operator: z.enum(["rises_above", "falls_below"]),
    path: filterPath,
    previous: filterPath,
    threshold: number,
  }),
]);

/** One condition. Outside of `data` every value is a text, so only comparisons of text make sense there. */
export const filterRow = row.superRefine((value, context) => {
  if (isInData(value.path)) {
    if ("previous" in value && !isInData(value.previous)) {
      context.addIssue({ code: "custom", path: ["previous"], message: "must be in data" });
    }
    return;
  }
  const values = "values" in value ? value.values : "value" in value ? [value.value] : [];
  if ("thresholds" in value || "threshold" in value || values.some((item) => typeof item !== "string")) {
    context.addIssue({ code: "custom", path: ["path"], message: "is a text; only data has numbers" });
  }
});
export type FilterRow = z.infer<typeof filterRow>;

/** A filter as a form: conditions, all or any of which must hold. Without rows every event passes. */
export const filterForm = z.strictObject({
  combine: z.enum(["all", "any"]),
  rows: z.array(filterRow).max(MAX_ROWS),
});
export type FilterForm = z.infer<typeof filterForm>;
