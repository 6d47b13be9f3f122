// Owns the wire shapes of the calls below /webhooks, which are named as the systems name them that people move from.
import { z } from "zod";
import type { EndpointState } from "@/lib/domain/delivery/states";
import { eventTypeName, eventTypePattern } from "@/lib/domain/endpoint/event-type-match";
import { idSchema } from "@/lib/domain/ids";
import { externalName, type Instant } from "./common";
import { importedSecret, profileRef } from "./endpoints";

export const subscribeInput = z.strictObject({
  url: z.string().min(1).max(2048).describe("Where to deliver; https unless the instance allows http"),
  events: z.array(eventTypePattern).min(1).max(100).describe("Names, groups such as order.*, or *"),
  wallet: externalName(256).nullish().describe("Only events about this subject; without one, about anything"),
  tenant: externalName(128).nullish().describe("Whose subscription it is; without one it is your own"),
  profile: profileRef.optional().describe("How requests look; the environment's default unless given"),
  secret: importedSecret.optional().describe("One that the receiver has already; made for you unless given"),
});
export type SubscribeInput = z.infer<typeof subscribeInput>;

export type SubscriptionDto = {
  id: string;
  url: string;
  events: string[];
  wallet: string | null;
  tenant: string | null;
  profile: string;
  state: EndpointState;
  created_at: Instant;
};

/** `secret` is there when this call made one, and never again. */
export type SubscribedDto = SubscriptionDto & { secret?: string; public_key?: string | null };

/** The subscription by its id, or by what it was made with. */
export const unsubscribeInput = z
  .strictObject({
    id: idSchema("endpoint").optional().describe("Its id, alone"),
    url: z.string().min(1).max(2048).optional().describe("The URL that it was made with"),
    wallet: externalName(256).nullish().describe("The wallet that it was made with"),
    tenant: externalName(128).nullish().describe("The tenant that it was made with"),
  })
  .refine((input) => (input.id === undefined) !== (input.url === undefined), {
    message: "name the subscription either by id or by url (with wallet and tenant, if it has them)",
  });
export type UnsubscribeInput = z.infer<typeof unsubscribeInput>;

const endpointId = idSchema("endpoint");

export const webhookTestInput = z.strictObject({
  endpoint_id: z
    .string()
    .transform((value) => value.replace(/^we_/, "ep_"))
    .pipe(endpointId)
    .describe("Id of the endpoint, ep_…; we_ in place of ep_ is taken too"),
  event_type: eventTypeName.describe("Its example from the catalogue is sent"),
});
