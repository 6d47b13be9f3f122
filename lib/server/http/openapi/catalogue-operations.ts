// Owns the description of the operations on event types, packs and the environment's settings.
import { z } from "zod";
import type { EnvironmentSettingsDto } from "@/lib/contracts/environment";
import { updateEnvironmentInput } from "@/lib/contracts/environment";
import {
  createEventTypeInput,
  type EventTypeDetailDto,
  type EventTypeDto,
  type PackDto,
  updateEventTypeInput,
} from "@/lib/contracts/event-types";
import { MAX_EVENT_TYPE_BODY_BYTES } from "../body-limits";
import { count, id, instant } from "./answers";
import { BODY_ERRORS, type Operation } from "./operation";
import { eventTypeParam, packParam } from "./parameters";

const AT = "2026-01-15T09:30:00.000Z";
const TYPE_ID = "evtype_01kahg3x5jf6ja4n9d2c7b8x1y";

const listedType: z.ZodType<EventTypeDto> = z.strictObject({
  id: id("eventType").nullable().describe("Null for a name that is not in the catalogue"),
  name: z.string(),
  description: z.string(),
  sources: z.array(z.enum(["catalogue", "observed", "subscribed"])),
  pack: z.string().nullable(),
  has_example: z.boolean(),
  endpoints: count.describe("Endpoints of this environment that take it, callbacks left out"),
  last_seen_at: instant.nullable(),
  archived_at: instant.nullable(),
});

const eventType: z.ZodType<EventTypeDetailDto> = z.strictObject({
  id: id("eventType"),
  name: z.string(),
  description: z.string(),
  pack: z.string().nullable().describe("Slug of the pack that it came with"),
  example_text: z.string().nullable().describe("JSON as text, byte for byte as it was given"),
  example_subject: z.string().nullable(),
  example_attributes: z.record(z.string(), z.string()).nullable(),
  archived_at: instant.nullable(),
  created_at: instant,
});

const pack: z.ZodType<PackDto> = z.strictObject({
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  profile: z.string().describe("The built-in profile that is made for it"),
  types: z.array(
    z.strictObject({
      name: z.string(),
      description: z.string(),
      step: z
        .enum(["add", "complete", "restore", "present"])
        .describe("complete: an entry without description or example; present: nothing to do"),
      removal: z
        .enum(["remove", "keep", "absent"])
        .describe("keep: somebody has changed the entry; absent: it did not come with this pack"),
      example_text: z.string(),
      example_subject: z.string().nullable(),
      example_attributes: z.record(z.string(), z.string()).nullable(),
    }),
  ),
});

const environmentSettings: z.ZodType<EnvironmentSettingsDto> = z.strictObject({
  kind: z.enum(["live", "sandbox"]),
  default_profile: z.string().describe("Slug of the profile for endpoints whose maker names none"),
});

const exampleType = {
  id: TYPE_ID,
  name: "contact.created",
  description: "A visitor has left contact details.",
  pack: null,
  example_text: '{"email":"visitor@example.com","name":"Jane Smith"}',
  example_subject: null,
  example_attributes: null,
  archived_at: null,
  created_at: AT,
};
const examplePack = {
  slug: "visisto",
  name: "Visisto",
  description: "Captured contacts and rewards. Add your own types beside them.",
  profile: "visisto",
  types: [
    {
      name: "contact.created",
      description: "A visitor has left contact details.",
      step: "add",
      removal: "absent",
      example_text: '{"email":"visitor@example.com","name":"Jane Smith"}',
      example_subject: null,
      example_attributes: null,
    },
  ],
};

const tag = "Event types";
const read = { method: "get", tag, scope: "endpoints:read" } as const;
const write = { tag, scope: "endpoints:write" } as const;
const params = { name: eventTypeParam };
const answer = (status: 200 | 201, description: string, archived_at: string | null = null) => ({
  status,
  description,
  name: "EventType",
  schema: eventType,
  example: { ...exampleType, archived_at },
});

export const catalogueOperations: readonly Operation[] = [
  {
    ...read,
    path: "/api/v1/event-types",
    id: "listEventTypes",
    summary: "List known event types",
    description:
      "From the catalogue of the workspace, from recent events of the environment, and from what its endpoints subscribe to.",
    answer: {
      status: 200,
      description: "All of them, archived ones too",
      name: "EventTypeList",
      schema: z.strictObject({ data: z.array(listedType) }),
      example: {
        data: [
          {
            id: TYPE_ID,
            name: "order.paid",
            description: "",
            sources: ["catalogue", "observed"],
            pack: null,
            has_example: false,
            endpoints: 2,
            last_seen_at: AT,
            archived_at: null,
          },
        ],
      },
    },
    errors: [],
  },
  {
    ...write,
    method: "post",
    path: "/api/v1/event-types",
    id: "createEventType",
    summary: "Add an event type",
    description:
      "A catalogue describes and never refuses: events of other types are accepted as well, and enter it by themselves. The example is what tests send.",
    body: {
      maxBytes: MAX_EVENT_TYPE_BODY_BYTES,
      name: "CreateEventType",
      schema: createEventTypeInput,
      example: {
        name: "contact.created",
        description: "A visitor has left contact details.",
        example_text: '{"email":"visitor@example.com","name":"Jane Smith"}',
      },
    },
    answer: answer(201, "The new entry"),
    errors: [...BODY_ERRORS, "conflict"],
    because: { conflict: "the name is in the catalogue already" },
  },
  {
    ...read,
    path: "/api/v1/event-types/{name}",
    id: "getEventType",
    summary: "Get an event type with its example",
    description: "Archived ones too.",
    params,
    answer: answer(200, "The entry"),
    errors: ["not_found"],
  },
  {
    ...write,
    method: "patch",
    path: "/api/v1/event-types/{name}",
    id: "updateEventType",
    summary: "Change an event type",
    description: "Only the fields you give. Its name stays, because events and endpoints carry it.",
    params,
    body: {
      maxBytes: MAX_EVENT_TYPE_BODY_BYTES,
      name: "UpdateEventType",
      schema: updateEventTypeInput,
      example: { example_text: '{"email":"jane@example.com"}' },
    },
    answer: answer(200, "The changed entry"),
    errors: [...BODY_ERRORS, "not_found"],
  },
  {
    ...write,
    method: "delete",
    path: "/api/v1/event-types/{name}",
    id: "deleteEventType",
    summary: "Delete an event type",
    description:
      "Its description and example go. Its events are accepted and delivered as before; a type that is still sent stays known from them.",
    params,
    answer: { status: 204, description: "It is deleted" },
    errors: ["not_found"],
  },
  {
    ...write,
    method: "post",
    path: "/api/v1/event-types/{name}/archive",
    id: "archiveEventType",
    summary: "Archive an event type",
    description: "It is offered nowhere any more. Its events are accepted and delivered as before.",
    params,
    answer: answer(200, "The archived entry", AT),
    errors: ["not_found"],
  },
  {
    ...write,
    method: "post",
    path: "/api/v1/event-types/{name}/restore",
    id: "restoreEventType",
    summary: "Take an event type back from the archive",
    description: "It is offered again.",
    params,
    answer: answer(200, "The entry"),
    errors: ["not_found"],
  },
  {
    ...read,
    path: "/api/v1/event-types/packs",
    id: "listEventTypePacks",
    summary: "List packs of event types",
    description: "Each with what installing or removing it would do in this workspace.",
    answer: {
      status: 200,
      description: "All of them",
      name: "EventTypePackList",
      schema: z.strictObject({ data: z.array(pack) }),
      example: { data: [examplePack] },
    },
    errors: [],
  },
  {
    ...write,
    method: "post",
    path: "/api/v1/event-types/packs/{slug}",
    id: "installEventTypePack",
    summary: "Install a pack of event types",
    description:
      "Adds what is missing, with examples. What people have written stays, and installing again changes nothing.",
    params: { slug: packParam },
    answer: {
      status: 200,
      description: "What was done for each type",
      name: "EventTypePack",
      schema: pack,
      example: examplePack,
    },
    errors: ["not_found"],
  },
  {
    ...write,
    method: "delete",
    path: "/api/v1/event-types/packs/{slug}",
    id: "removeEventTypePack",
    summary: "Remove a pack of event types",
    description:
      "Takes out what came with it. An entry that somebody has changed stays; events and endpoints are not touched.",
    params: { slug: packParam },
    answer: {
      status: 200,
      description: "What was done for each type",
      name: "EventTypePack",
      schema: pack,
      example: examplePack,
    },
    errors: ["not_found"],
  },
];

export const environmentOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/api/v1/environment",
    id: "getEnvironment",
    tag: "Environment",
    summary: "Get the settings of the key's environment",
    description: "Which of the two it is, and what new endpoints get.",
    scope: "endpoints:read",
    answer: {
      status: 200,
      description: "The settings",
      name: "Environment",
      schema: environmentSettings,
      example: { kind: "live", default_profile: "standard-webhooks" },
    },
    errors: ["not_found"],
    because: { not_found: "the environment was removed" },
  },
  {
    method: "patch",
    path: "/api/v1/environment",
    id: "updateEnvironment",
    tag: "Environment",
    summary: "Change the settings of the key's environment",
    description:
      "`default_profile` is what new endpoints, subscriptions and callbacks get when nobody names a profile. Those that exist keep theirs.",
    scope: "endpoints:write",
    body: {
      name: "UpdateEnvironment",
      schema: updateEnvironmentInput,
      example: { default_profile: "nzochain" },
    },
    answer: {
      status: 200,
      description: "The settings",
      name: "Environment",
      schema: environmentSettings,
      example: { kind: "live", default_profile: "nzochain" },
    },
    errors: [...BODY_ERRORS, "not_found"],
    because: { not_found: "the environment was removed" },
  },
];
