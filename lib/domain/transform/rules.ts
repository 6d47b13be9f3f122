// Owns the rules of field mapping as data: their shape and bounds. Whether their paths make sense is compile.ts's matter.
import { z } from "zod";
import { MAX_PATH_LENGTH } from "./path";

export const MAX_RULES = 50;
/** Bytes of one constant as JSON. */
export const MAX_VALUE_BYTES = 4096;
const MAX_SEPARATOR_LENGTH = 64;
const MAX_PARTS = 20;

const path = z.string().min(1).max(MAX_PATH_LENGTH);
const separator = z
  .string()
  .max(MAX_SEPARATOR_LENGTH)
  .refine((text) => text.isWellFormed() && !text.includes("\0"), "must be text without NUL")
  .describe("Taken literally");
const keep = z.boolean().default(true).describe("False removes what was read once everything is written");
/** Exactly one of the two is given; compile.ts checks it. */
const constant = {
  value: z.unknown().optional().describe("Any JSON value; numbers are written as JavaScript does"),
  value_json: z
    .string()
    .min(1)
    .max(MAX_VALUE_BYTES)
    .optional()
    .describe("Instead of value: JSON text that is sent byte for byte, such as 1.0 or 12345678901234567890"),
};

export const transformRuleSchema = z.discriminatedUnion("op", [
  z.strictObject({ op: z.literal("rename"), from: path, to: path }),
  z.strictObject({ op: z.literal("copy"), from: path, to: path }),
  z.strictObject({
    op: z.literal("split"),
    from: path,
    separator: separator.min(1),
    to: z.array(path).min(2).max(MAX_PARTS),
    keep,
  }),
  z.strictObject({
    op: z.literal("join"),
    from: z.array(path).min(2).max(MAX_PARTS),
    separator,
    to: path,
    keep,
  }),
  z.strictObject({ op: z.literal("delete"), path }),
  z.strictObject({ op: z.literal("set"), path, ...constant }),
  z.strictObject({ op: z.literal("default"), path, ...constant }),
]);

/** One step of a mapping. docs/decisions/0016 says what each does in every case. */
export type TransformRule = z.infer<typeof transformRuleSchema>;
