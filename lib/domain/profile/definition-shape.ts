// Owns the parts of a profile's definition, each checked by itself and bounded. Runs in the browser too.
import { z } from "zod";
import { DEFAULT_RETRY_POLICY, retryPolicySchema } from "@/lib/domain/retry/policy";
import { MAX_ENVELOPE_LENGTH, parseEnvelope } from "./envelope-template";
import { parseText } from "./placeholder";
import { headerName, headerText, parseBraces, SECRET_KINDS, signatureSchemeSchema } from "./signature-scheme";
import { successRuleSchema } from "./success-rule";

const MAX_PROFILE_HEADERS = 20;
const MAX_HEADER_TEMPLATE = 1024;
const MAX_HEADER_PLACEHOLDERS = 8;
const MAX_OVERLAP_SECONDS = 7 * 24 * 3600;

const envelope = z
  .string()
  .min(1, 'the envelope is empty; the data alone is "{{event.data}}", quotes included')
  .max(MAX_ENVELOPE_LENGTH)
  .superRefine((text, ctx) => {
    const parsed = parseEnvelope(text);
    if (parsed.outcome === "refused") ctx.addIssue({ code: "custom", message: parsed.message });
  });

const headerValue = headerText(MAX_HEADER_TEMPLATE)
  .min(1, "the value is empty")
  .superRefine((text, ctx) => {
    const parsed = parseText(text, "header");
    if (parsed.outcome === "refused") return ctx.addIssue({ code: "custom", message: parsed.message });
    const count = parsed.parts.filter((part) => typeof part !== "string").length;
    if (count > MAX_HEADER_PLACEHOLDERS) {
      ctx.addIssue({
        code: "custom",
        message: `has ${count} placeholders; at most ${MAX_HEADER_PLACEHOLDERS} are allowed`,
      });
    }
  });

const contentHash = z.strictObject({
  header: headerName,
  format: headerText()
    .default("{hash}")
    .superRefine((text, ctx) => {
      const parsed = parseBraces(text, ["hash"]);
      if (parsed.outcome === "refused") ctx.addIssue({ code: "custom", message: parsed.message });
      else if (text.split("{hash}").length !== 2) {
        ctx.addIssue({ code: "custom", message: "must contain {hash} exactly once" });
      }
    }),
  encoding: z.enum(["hex", "base64"]).default("hex"),
});

const JSON_TYPE = /^(application|text)\/([a-z0-9!#$&^_.-]+\+)?json(; ?charset=utf-8)?$/i;

/** When an endpoint that keeps failing is disabled. */
export const autoDisableSchema = z.strictObject({
  after_hours: z.number().int().min(1).max(720).describe("Failing for so long without a success"),
  min_failures: z.number().int().min(1).max(1000).describe("At least so many failing deliveries"),
  warn_at_percent: z
    .array(z.number().int().min(1).max(99))
    .max(5)
    .refine(
      (percents) => percents.every((percent, index) => index === 0 || percent > (percents[index - 1] ?? 0)),
      "must rise, such as [50, 70, 90]",
    )
    .default([50, 70, 90]),
});

export type AutoDisableRule = z.infer<typeof autoDisableSchema>;

export const DEFAULT_AUTO_DISABLE = {
  after_hours: 120,
  min_failures: 5,
  warn_at_percent: [50, 70, 90],
};

export const profileDefinitionShape = z.strictObject({
  envelope: envelope.describe("The body: JSON text whose strings may be placeholders"),
  headers: z
    .array(z.strictObject({ name: headerName, value: headerValue }))
    .max(MAX_PROFILE_HEADERS)
    .default([]),
  content_type: z
    .string()
    .max(128)
    .regex(JSON_TYPE, "must be a JSON media type such as application/json: the body is JSON")
    .default("application/json"),
  content_hash: contentHash.nullable().default(null),
  signature: signatureSchemeSchema,
  secret: z.strictObject({ kind: z.enum(SECRET_KINDS) }).describe("What a generated secret looks like"),
  rotation: z.strictObject({
    overlap: z.enum(["allowed", "never"]),
    default_overlap_seconds: z.number().int().min(0).max(MAX_OVERLAP_SECONDS),
  }),
  success: successRuleSchema.default({ statuses: ["2xx"] }),
  timeout_ms: z.number().int().min(1000).max(30_000).default(15_000).describe("For a whole attempt"),
  retry_policy: retryPolicySchema.default(DEFAULT_RETRY_POLICY),
  auto_disable: autoDisableSchema.nullable().default(DEFAULT_AUTO_DISABLE),
});

export type ProfileDefinition = z.infer<typeof profileDefinitionShape>;
