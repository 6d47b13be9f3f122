// Owns the wire shapes of fetching a subject's events instead of receiving them.
import { z } from "zod";
import { eventTypeName } from "@/lib/domain/endpoint/event-type-match";
import { MAX_PAGE_SIZE } from "./common";

/** Most bytes of payloads in one answer, unless a single event is larger. */
export const MAX_POLL_BYTES = 4 * 1024 * 1024;

export const subjectEventsQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(50).describe("Most events in the answer"),
  cursor: z
    .string()
    .min(1)
    .max(300)
    .optional()
    .describe("next_cursor of the answer before; the oldest events unless given"),
  type: eventTypeName.optional().describe("Events of this type"),
});
export type SubjectEventsQuery = z.infer<typeof subjectEventsQuery>;
