// Owns the description of the operations that try things out and explain them.
import { z } from "zod";
import { type EventExplanationDto, NOT_DELIVERED_CODES } from "@/lib/contracts/explanations";
import {
  type FilterTrialDto,
  previewTransformInput,
  type TransformPreviewDto,
  testFilterInput,
} from "@/lib/contracts/trials";
import { ENDPOINT_STATES } from "@/lib/domain/delivery/states";
import { FILTER_REASONS } from "@/lib/domain/filter/compile";
import { SKIP_REASONS } from "@/lib/domain/transform/outcome";
import { MAX_PREVIEW_BODY_BYTES, MAX_TRIAL_BODY_BYTES } from "../body-limits";
import { BODY_ERRORS, type Operation } from "./operation";
import { eventParam } from "./parameters";

const count = z.number().int().min(0);
const instant = z.string().meta({ format: "date-time" });
const EVENT_ID = "evt_01kahg5b1ee9tt5v3f2w0q8r4z";
const AT = "2026-01-15T09:30:00.000Z";

const filterTrialAnswer: z.ZodType<FilterTrialDto> = z.strictObject({
  matched: count,
  of: count.describe("Events that were tried: fewer than limit when there are not so many"),
  reasons: z
    .partialRecord(z.enum(FILTER_REASONS), count)
    .describe("How many did not pass, by reason; too_costly would be delivered and held"),
  samples: z
    .array(
      z.strictObject({
        event_id: z.string(),
        type: z.string(),
        timestamp: instant,
        matched: z.boolean(),
        reason: z.enum(FILTER_REASONS).nullable(),
        detail: z.string().nullable(),
      }),
    )
    .describe("Up to five that pass, then up to five that do not, newest first"),
});

const range = z.strictObject({ start: count, end: count });
const path = z.string();
const previewAnswer: z.ZodType<TransformPreviewDto> = z.strictObject({
  before: z.string().describe("The exact text of data"),
  after: z.string().describe("The exact text that would be sent as data"),
  applied: z.array(z.strictObject({ rule: count, places: count, replaced: count })),
  skipped: z.array(
    z.strictObject({
      rule: count,
      reason: z.enum(SKIP_REASONS),
      path,
      message: z.string(),
      places: count,
    }),
  ),
  changes: z
    .array(
      z.discriminatedUnion("kind", [
        z.strictObject({ kind: z.literal("added"), path, after: range }),
        z.strictObject({ kind: z.literal("removed"), path, before: range }),
        z.strictObject({ kind: z.literal("changed"), path, before: range, after: range }),
      ]),
    )
    .describe("Fields that differ; ranges count tokens, white space left out"),
  changes_truncated: z.boolean(),
});

const explanationAnswer: z.ZodType<EventExplanationDto> = z.strictObject({
  event_id: z.string(),
  computed_at: instant,
  delivered_to: count,
  not_delivered: z.array(
    z.strictObject({
      endpoint_id: z.string(),
      url: z.string(),
      description: z.string(),
      state: z.enum(ENDPOINT_STATES),
      reason: z.enum(NOT_DELIVERED_CODES),
      detail: z.string(),
    }),
  ),
});

export const explainOperation: Operation = {
  method: "get",
  path: "/api/v1/events/{id}/explain",
  id: "explainEvent",
  tag: "Events",
  summary: "Why endpoints did not get an event",
  description:
    "Every endpoint without a delivery of the event, with the first reason. Computed with the settings of now; those of the moment when the event came in are not kept.",
  scope: "events:read",
  alsoScopes: ["endpoints:read"],
  params: { id: eventParam },
  answer: {
    status: 200,
    description: "The reasons",
    name: "EventExplanation",
    schema: explanationAnswer,
    example: {
      event_id: EVENT_ID,
      computed_at: AT,
      delivered_to: 1,
      not_delivered: [
        {
          endpoint_id: "ep_01kahg4v5yfr0a8rjc0nwznb3q",
          url: "https://shop.example.com/webhooks",
          description: "Shop backend",
          state: "active",
          reason: "filter_false",
          detail: "Its filter does not pass: The expression is false.",
        },
      ],
    },
  },
  errors: ["invalid_request", "not_found"],
  because: { invalid_request: "a query parameter was given" },
};

export const trialOperations: readonly Operation[] = [
  {
    method: "post",
    path: "/api/v1/filters/test",
    id: "testFilter",
    tag: "Endpoints",
    summary: "Try a filter on past events",
    description:
      "Counts which of the newest events would pass; at most 100, found among the newest 5,000 of the environment. Tests and events without payload are left out. A filter that cannot be used is refused with each problem and its position.",
    scope: "endpoints:read",
    alsoScopes: ["events:read"],
    body: {
      maxBytes: MAX_TRIAL_BODY_BYTES,
      name: "TestFilter",
      schema: testFilterInput,
      example: { filter: "event.data.amount > 100", event_types: ["order.*"] },
    },
    answer: {
      status: 200,
      description: "How many would pass",
      name: "FilterTrial",
      schema: filterTrialAnswer,
      example: {
        matched: 12,
        of: 100,
        reasons: { false: 88 },
        samples: [
          {
            event_id: EVENT_ID,
            type: "order.paid",
            timestamp: AT,
            matched: true,
            reason: null,
            detail: null,
          },
        ],
      },
    },
    errors: [...BODY_ERRORS, "not_found"],
    because: {
      invalid_request: "a field is wrong, or the filter cannot be used",
      not_found: "the environment of the key was removed",
    },
  },
  {
    method: "post",
    path: "/api/v1/transforms/preview",
    id: "previewTransform",
    tag: "Endpoints",
    summary: "Try a field mapping on an event",
    description:
      "Before and after with what each rule did, on the data of an event or on JSON text. What no rule touches stays byte for byte.",
    scope: "endpoints:read",
    alsoScopes: ["events:read"],
    body: {
      maxBytes: MAX_PREVIEW_BODY_BYTES,
      name: "PreviewTransform",
      schema: previewTransformInput,
      example: {
        rules: [{ op: "rename", from: "$.amount", to: "$.total" }],
        data_text: '{"amount":12.50}',
      },
    },
    answer: {
      status: 200,
      description: "Before and after",
      name: "TransformPreview",
      schema: previewAnswer,
      example: {
        before: '{"amount":12.50}',
        after: '{"total":12.50}',
        applied: [{ rule: 0, places: 1, replaced: 0 }],
        skipped: [],
        changes: [
          { kind: "removed", path: "$.amount", before: { start: 1, end: 4 } },
          { kind: "added", path: "$.total", after: { start: 1, end: 4 } },
        ],
        changes_truncated: false,
      },
    },
    errors: [...BODY_ERRORS, "not_found", "conflict"],
    because: {
      invalid_request: "a field or a rule is wrong, or a delivery would fail because of the rules",
      not_found: "there is no such event",
      conflict: "retention has cleared the payload of the event",
    },
  },
];
