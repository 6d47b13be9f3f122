// Owns the wire shapes of events: what a producer posts and what a reader gets.
import { z } from "zod";
import { eventTypeName } from "@/lib/domain/endpoint/event-type-match";
import { externalName, type Instant, pageQuery } from "./common";

export const MAX_EVENT_BODY_BYTES = 256 * 1024;
export const MAX_BATCH_BODY_BYTES = 5 * 1024 * 1024;
export const MAX_BATCH_EVENTS = 1000;
export const MAX_JSON_DEPTH = 128;

/** A client's own event id. No dot, because `{id}.{timestamp}.{body}` is what gets signed. */
export const clientEventId = z
  .string()
  .regex(/^[a-zA-Z0-9_-]{1,128}$/, "must be 1 to 128 letters, digits, _ or -");

const attributeValue = z
  .string()
  .max(512)
  .refine(
    (value) => !value.includes("\0") && value.isWellFormed(),
    "must not contain NUL or lone surrogates",
  );

/** Most attributes of one event. */
export const MAX_ATTRIBUTES = 20;

/**
 * Everything of an event but its `data`: those bytes are cut out of the request before it is parsed,
 * so that they are kept exactly as they came.
 */
export const createEventInput = z.strictObject({
  type: eventTypeName.describe("What happened: dotted words, such as order.paid"),
  id: clientEventId.optional().describe("Your own id; makes the request safe to repeat"),
  tenant: externalName(128)
    .optional()
    .describe("Your customer; reaches that customer's endpoints and your own"),
  subject: externalName(256).optional().describe("What it is about, to find it again: an order, a wallet"),
  timestamp: z.iso.datetime({ offset: true }).optional().describe("When it happened; now unless given"),
  attributes: z
    .record(
      z.string().regex(/^[a-zA-Z0-9_.-]{1,64}$/, "attribute names are letters, digits, _ . -"),
      attributeValue,
    )
    .refine((value) => Object.keys(value).length <= MAX_ATTRIBUTES, `at most ${MAX_ATTRIBUTES} attributes`)
    .optional()
    .describe(`Facts beside the payload that headers and filters can use; at most ${MAX_ATTRIBUTES}`),
});
export type CreateEventInput = z.infer<typeof createEventInput>;

/** The answer to an accepted event: durable, and how many endpoints it is going to. */
export type AcceptedEventDto = { id: string; deliveries: number };

export const listEventsQuery = pageQuery.extend({
  id: z.string().min(1).max(128).optional().describe("The event with this id"),
  type: z.string().min(1).max(256).optional().describe("Events of this type"),
  subject: z.string().min(1).max(256).optional().describe("Events about this subject"),
  tenant: z.string().min(1).max(128).optional().describe("Events of this tenant"),
  from: z.iso.datetime({ offset: true }).optional().describe("Accepted at or after this time"),
  to: z.iso.datetime({ offset: true }).optional().describe("Accepted at or before this time"),
});
export type ListEventsQuery = z.infer<typeof listEventsQuery>;

/** An event without its payload, as lists give it. */
export type EventDto = {
  id: string;
  type: string;
  tenant: string | null;
  subject: string | null;
  timestamp: Instant;
  attributes: Record<string, string> | null;
  data_size: number;
  test: boolean;
  deliveries: number;
  created_at: Instant;
};

/**
 * One event with its payload as the exact text that came in (null once retention has cleared it). The public API
 * gives the same without `data_text`, but with `data` spliced in as those bytes.
 */
export type EventDetailDto = EventDto & { payload_cleared_at: Instant | null; data_text: string | null };
