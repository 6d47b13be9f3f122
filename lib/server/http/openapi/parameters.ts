// Owns what stands in the paths of the public API: the form of each parameter, in words and as a schema.
import { z } from "zod";
import { profileRef } from "@/lib/contracts/endpoints";
import { clientEventId } from "@/lib/contracts/events";
import { profileVersionParam } from "@/lib/contracts/profiles";
import { eventTypeName } from "@/lib/domain/endpoint/event-type-match";
import { idSchema } from "@/lib/domain/ids";

export type PathParameter = {
  text: string;
  /** What names something that there may be; anything else is not found. */
  schema: z.ZodType;
  example: string;
};

export const endpointParam: PathParameter = {
  text: "Id of the endpoint",
  schema: idSchema("endpoint"),
  example: "ep_01kahg4v5yfr0a8rjc0nwznb3q",
};

export const secretParam: PathParameter = {
  text: "Id of a secret that has an end",
  schema: idSchema("endpointSecret"),
  example: "sec_01kahg4v5zf6ja4n9d2c7b8x1y",
};

export const eventParam: PathParameter = {
  text: "Id of the event: yours, or evt_…",
  schema: clientEventId,
  example: "evt_01kahg5b1ee9tt5v3f2w0q8r4z",
};

export const deliveryParam: PathParameter = {
  text: "Id of the delivery",
  schema: idSchema("delivery"),
  example: "dlv_01kahg5b2vecqb9h1m4x8s7t6w",
};

export const profileParam: PathParameter = {
  text: "Slug or id of the profile",
  schema: profileRef,
  example: "acme-scores",
};

export const versionParam: PathParameter = {
  text: "Number of the version",
  schema: profileVersionParam,
  example: "2",
};

export const subjectParam: PathParameter = {
  text: "The subject as events name it, percent-encoded",
  schema: z.string().min(1).max(256),
  example: "0b6a9d7e-3c1f-4a52-9e0d-5f6b8c2a1d34",
};

export const eventTypeParam: PathParameter = {
  text: "Its name, or its id",
  schema: eventTypeName,
  example: "contact.created",
};

export const packParam: PathParameter = {
  text: "Slug of the pack",
  schema: z
    .string()
    .max(64)
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  example: "visisto",
};
