// Owns the wire shapes of trying things out before they are saved: a filter on past events, a field mapping on one.
import { z } from "zod";
import { eventTypePattern } from "@/lib/domain/endpoint/event-type-match";
import type { FilterReason } from "@/lib/domain/filter/compile";
import { MAX_FILTER_LENGTH } from "@/lib/domain/filter/limits";
import type { FieldChange } from "@/lib/domain/transform/diff-preview";
import type { AppliedRule, SkippedRule } from "@/lib/domain/transform/outcome";
import { transformSchema } from "@/lib/domain/transform/schema";
import { externalName, type Instant } from "./common";
import { MAX_SUBJECTS } from "./endpoints";
import { jsonText } from "./json-text";

/** Past events that one trial looks at, at most. */
export const MAX_TRIAL_EVENTS = 100;
/** Samples of each kind: those that match and those that do not. */
export const TRIAL_SAMPLES = 5;

export const testFilterInput = z.strictObject({
  filter: z.string().min(1).max(MAX_FILTER_LENGTH).describe("A CEL expression over event"),
  event_types: z
    .array(eventTypePattern)
    .min(1)
    .max(100)
    .optional()
    .describe("Only events of these types, as an endpoint would subscribe; all unless given"),
  subjects: z
    .array(externalName(256))
    .max(MAX_SUBJECTS)
    .optional()
    .describe("Only events about one of these"),
  tenant: externalName(128).nullish().describe("Only events of this tenant, as its endpoints get them"),
  limit: z
    .number()
    .int()
    .min(1)
    .max(MAX_TRIAL_EVENTS)
    .default(MAX_TRIAL_EVENTS)
    .describe("How many of the newest events to try"),
});
export type TestFilterInput = z.input<typeof testFilterInput>;

export type FilterSampleDto = {
  event_id: string;
  type: string;
  timestamp: Instant;
  matched: boolean;
  /** Why it does not pass; null when it does. */
  reason: FilterReason | null;
  detail: string | null;
};

/** "Would have matched `matched` of the last `of`." Tests and events without payload are left out. */
export type FilterTrialDto = {
  matched: number;
  of: number;
  /** How many did not pass, by reason. */
  reasons: Partial<Record<FilterReason, number>>;
  samples: FilterSampleDto[];
};

export const previewTransformInput = z
  .strictObject({
    rules: transformSchema.describe("The field mapping, in its order"),
    event_id: z.string().min(1).max(128).optional().describe("Try it on the data of this event"),
    data_text: jsonText.optional().describe("Try it on this JSON text instead"),
  })
  .refine((input) => (input.event_id === undefined) !== (input.data_text === undefined), {
    path: ["event_id"],
    message: "give either event_id or data_text",
  });

/** `before` and `after` are the exact texts; rules count from 0, `changes` point at tokens that are not white space. */
export type TransformPreviewDto = {
  before: string;
  after: string;
  applied: AppliedRule[];
  skipped: SkippedRule[];
  changes: FieldChange[];
  changes_truncated: boolean;
};
