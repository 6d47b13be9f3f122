// Owns the wire shapes of a subject's callback: where its events go, and when that ends.
import { z } from "zod";
import type { EndpointState } from "@/lib/domain/delivery/states";
import { eventTypeName, eventTypePattern } from "@/lib/domain/endpoint/event-type-match";
import type { CallbackStatus } from "@/lib/domain/endpoint/kinds";
import { externalName, type Instant } from "./common";
import { importedSecret, profileRef } from "./endpoints";

/** The name of a subject in a path. */
export const subjectName = externalName(256);

const MAX_EXPIRY_SECONDS = 10 * 365 * 86_400;

/** The whole callback: what is left out gets its default, except the profile and the secret, which stay as they are. */
export const putCallbackInput = z
  .strictObject({
    callback_url: z
      .string()
      .min(1)
      .max(2048)
      .describe("Where to deliver; https unless the instance allows http"),
    event_types: z
      .array(eventTypePattern)
      .min(1)
      .max(100)
      .default(["*"])
      .describe("Names, groups such as reference.*, or *"),
    expires_at: z.iso.datetime({ offset: true }).optional().describe("It takes no events from then on"),
    expires_in_seconds: z
      .number()
      .int()
      .min(1)
      .max(MAX_EXPIRY_SECONDS)
      .optional()
      .describe("The same, counted from now"),
    unsubscribe_on: z
      .array(eventTypeName)
      .max(20)
      .default([])
      .describe(
        "Final event types: the first event of one of them about the subject is the last that it takes",
      ),
    tenant: externalName(128).nullish().describe("Takes this customer's events only"),
    profile: profileRef.optional().describe("How requests look; the environment's default unless given"),
    secret: importedSecret
      .optional()
      .describe(
        "One that the receiver has already, such as one key for all references; made for you unless given",
      ),
    new_secret: z
      .literal(true)
      .optional()
      .describe("Make a new one: needed when a new profile cannot use the old"),
  })
  .refine((input) => input.expires_at === undefined || input.expires_in_seconds === undefined, {
    path: ["expires_in_seconds"],
    message: "give either expires_at or expires_in_seconds",
  });
export type PutCallbackInput = z.infer<typeof putCallbackInput>;

export type CallbackDto = {
  subject: string;
  status: CallbackStatus;
  /** The endpoint behind it: its log, secret and further settings are found there. */
  endpoint_id: string;
  endpoint_state: EndpointState;
  callback_url: string;
  event_types: string[];
  tenant: string | null;
  profile: string;
  expires_at: Instant | null;
  unsubscribe_on: string[];
  unsubscribed_at: Instant | null;
  unsubscribed_by_event: string | null;
  created_at: Instant;
  updated_at: Instant;
};

/** `secret` is there when this call made one, and never again. */
export type PutCallbackDto = CallbackDto & { secret?: string; public_key?: string | null };
