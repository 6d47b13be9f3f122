// Owns the shapes that every list and identifier on the wire shares.
import { z } from "zod";

export const MAX_PAGE_SIZE = 250;

/** `?limit` and `?cursor` of every list. */
export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(50).describe("Most rows in the answer"),
  cursor: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe("`next_cursor` of the answer before; the first page unless given"),
});

/** One page of a list: `next_cursor` is null on the last one. */
export type Page<T> = { data: T[]; next_cursor: string | null };

/** An instant on the wire: RFC 3339 in UTC with milliseconds. */
export type Instant = string;

// These are the characters that no name, header or log line may carry.
const hasControl = (value: string) =>
  [...value].some((char) => {
    const code = char.codePointAt(0) ?? 0;
    return code < 32 || code === 127;
  });

/** Free text for people: trimmed, without control characters or lone surrogates. */
export const plainText = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .refine((value) => !hasControl(value) && value.isWellFormed(), "must not contain control characters");

/** The producer's own id for a tenant or subject. */
export const externalName = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((value) => !hasControl(value) && value.isWellFormed(), "must not contain control characters");
