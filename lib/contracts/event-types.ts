// Owns the wire shapes of the event type catalogue and of the packs that fill it.
import { z } from "zod";
import type { PackStep } from "@/lib/domain/catalogue/install-plan";
import type { RemovalStep } from "@/lib/domain/catalogue/removal-plan";
import { eventTypeName } from "@/lib/domain/endpoint/event-type-match";
import { externalName, type Instant, plainText } from "./common";
import { createEventInput } from "./events";
import { jsonText } from "./json-text";

/** Where a name is known from: described in the catalogue, seen in recent events, or named by an endpoint. */
export type EventTypeSource = "catalogue" | "observed" | "subscribed";

/** Room for a description of an event in full, far below the size of one. */
export const MAX_EXAMPLE_LENGTH = 64 * 1024;

const exampleText = z.string().min(1).max(MAX_EXAMPLE_LENGTH);

const typeFields = {
  description: plainText(500).describe("For people"),
  example_text: exampleText
    .nullable()
    .describe("JSON as text, kept byte for byte: what a test sends as data"),
  example_subject: externalName(256).nullable().describe("What the example is about"),
  example_attributes: createEventInput.shape.attributes
    .unwrap()
    .nullable()
    .describe("The attributes that the example has"),
};

export const createEventTypeInput = z.strictObject({
  name: eventTypeName.describe("Dotted words, such as order.paid"),
  description: typeFields.description.optional(),
  example_text: typeFields.example_text.optional(),
  example_subject: typeFields.example_subject.optional(),
  example_attributes: typeFields.example_attributes.optional(),
});
export type CreateEventTypeInput = z.infer<typeof createEventTypeInput>;

/** A partial change; the name stays, because events and endpoints carry it. */
export const updateEventTypeInput = z.strictObject(typeFields).partial();
export type UpdateEventTypeInput = z.infer<typeof updateEventTypeInput>;

/** An example as an event of the sandbox: the catalogue's own unless given. */
export const publishExampleInput = z.strictObject({
  data_text: jsonText.optional(),
  subject: externalName(256).nullable().optional(),
});
export type PublishExampleInput = z.infer<typeof publishExampleInput>;

export type EventTypeDto = {
  /** Null for a name that is not in the catalogue. */
  id: string | null;
  name: string;
  description: string;
  sources: EventTypeSource[];
  /** The pack that it came with. */
  pack: string | null;
  has_example: boolean;
  /** Endpoints of this environment that take it, callbacks left out. */
  endpoints: number;
  /** The most recent event of this type among the latest ones looked at. */
  last_seen_at: Instant | null;
  archived_at: Instant | null;
};

/** One entry of the catalogue with its example. */
export type EventTypeDetailDto = {
  id: string;
  name: string;
  description: string;
  pack: string | null;
  example_text: string | null;
  example_subject: string | null;
  example_attributes: Record<string, string> | null;
  archived_at: Instant | null;
  created_at: Instant;
};

export type PackTypeDto = {
  name: string;
  description: string;
  /** What installing would do, or has done. */
  step: PackStep;
  /** What removing the pack would do, or has done. */
  removal: RemovalStep;
  example_text: string;
  example_subject: string | null;
  example_attributes: Record<string, string> | null;
};

export type PackDto = {
  slug: string;
  name: string;
  description: string;
  /** The built-in profile that is made for it. */
  profile: string;
  types: PackTypeDto[];
};
