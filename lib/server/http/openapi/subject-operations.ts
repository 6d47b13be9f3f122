// Owns the description of the operations on subjects: callbacks, and fetching events.
import { z } from "zod";
import { type PutCallbackDto, putCallbackInput } from "@/lib/contracts/callbacks";
import { MAX_CALLBACKS_PER_ENVIRONMENT } from "@/lib/contracts/endpoints";
import { subjectEventsQuery } from "@/lib/contracts/subject-events";
import { ENDPOINT_STATES } from "@/lib/domain/delivery/states";
import { CALLBACK_STATUSES } from "@/lib/domain/endpoint/kinds";
import { eventDetailAnswer, id, instant } from "./answers";
import { examples } from "./examples";
import { BODY_ERRORS, type Operation } from "./operation";
import { subjectParam } from "./parameters";

const AT = "2026-01-15T09:30:00.000Z";

const callback: z.ZodType<PutCallbackDto> = z.strictObject({
  subject: z.string(),
  status: z.enum(CALLBACK_STATUSES).describe("Whether it takes events, and if not, why"),
  endpoint_id: id("endpoint").describe("The endpoint behind it, with its log and further settings"),
  endpoint_state: z.enum(ENDPOINT_STATES),
  callback_url: z.string(),
  event_types: z.array(z.string()),
  tenant: z.string().nullable(),
  profile: z.string(),
  expires_at: instant.nullable(),
  unsubscribe_on: z.array(z.string()),
  unsubscribed_at: instant.nullable(),
  unsubscribed_by_event: z.string().nullable().describe("The event of a final type that ended it"),
  created_at: instant,
  updated_at: instant,
  secret: z.string().optional().describe("Only in the answer of the call that made it"),
  public_key: z.string().nullable().optional().describe("What receivers of an ed25519 signature verify with"),
});

const exampleCallback = {
  subject: "0b6a9d7e-3c1f-4a52-9e0d-5f6b8c2a1d34",
  status: "active",
  endpoint_id: "ep_01kahg4v5zf6ja4n9d2c7b8x1y",
  endpoint_state: "active",
  callback_url: "https://customer.example.com/updates",
  event_types: ["*"],
  tenant: null,
  profile: "vizion",
  expires_at: null,
  unsubscribe_on: ["reference.completed"],
  unsubscribed_at: null,
  unsubscribed_by_event: null,
  created_at: AT,
  updated_at: AT,
};

const params = { subject: subjectParam };
const NO_SUBJECT = "a subject has 1 to 256 characters and no control characters";
const path = "/api/v1/subjects/{subject}/callback";
const answer = { status: 200, name: "Callback", schema: callback, example: exampleCallback } as const;

export const subjectOperations: readonly Operation[] = [
  {
    method: "put",
    path,
    id: "putCallback",
    tag: "Subjects",
    summary: "Set a subject's callback",
    description: `Events about the subject go there from now on, until \`expires_at\` or the first event of a type in \`unsubscribe_on\`, which is the last one it takes. The whole callback is replaced; only profile, secret and pause stay when they are not named. Authentication, headers and a client certificate that were set for the endpoint behind it stay while the origin of \`callback_url\` does, and are dropped with another one. One that had ended is subscribed again, with the secret that it had. One that has not ended keeps its tenant; where the tenant changes, what waits for it of other tenants' events ends. The expiry is judged by Signpost's clock when an event comes in; retries of deliveries that were made before go on. At most ${MAX_CALLBACKS_PER_ENVIRONMENT} callbacks that have not ended.`,
    scope: "endpoints:write",
    params,
    body: {
      name: "PutCallback",
      schema: putCallbackInput,
      example: {
        callback_url: "https://customer.example.com/updates",
        unsubscribe_on: ["reference.completed"],
        expires_in_seconds: 7_776_000,
      },
    },
    answer: {
      ...answer,
      description: "Replaced; a secret only when this call made another one",
      also: { status: 201, description: "Made, with its secret, which is shown this once" },
    },
    errors: [...BODY_ERRORS, "not_found", "target_not_allowed", "conflict"],
    because: {
      not_found: NO_SUBJECT,
      conflict: `${MAX_CALLBACKS_PER_ENVIRONMENT} callbacks have not ended, the environment's default profile was archived, another profile needs \`new_secret\`, or the subject has a callback of another tenant that has not ended (unsubscribe it first, or name that tenant)`,
    },
  },
  {
    method: "get",
    path,
    id: "getCallback",
    tag: "Subjects",
    summary: "Get a subject's callback",
    description: "Also one that has ended, until the last of its log is forgotten.",
    scope: "endpoints:read",
    params,
    answer: { ...answer, description: "The callback" },
    errors: ["not_found"],
  },
  {
    method: "delete",
    path,
    id: "endCallback",
    tag: "Subjects",
    summary: "Unsubscribe a subject's callback",
    description: "It takes no new events; deliveries already made go on with their retries. Safe to repeat.",
    scope: "endpoints:write",
    params,
    answer: { status: 204, description: "Ended, or had ended before" },
    errors: ["not_found"],
  },
  {
    method: "get",
    path: "/api/v1/subjects/{subject}/events",
    id: "listSubjectEvents",
    tag: "Subjects",
    summary: "Fetch a subject's events",
    description:
      "For those who ask instead of receiving: oldest first, with payloads byte for byte. Keep `next_cursor` and come back with it; every event is given exactly once to each cursor, also those that are being accepted while you ask. Test events are left out.",
    scope: "events:read",
    params,
    query: subjectEventsQuery,
    answer: {
      status: 200,
      description: "What came after the cursor; `has_more` says whether asking again at once gives more",
      name: "SubjectEvents",
      schema: z.strictObject({
        data: z.array(eventDetailAnswer),
        next_cursor: z.string().describe("Never null: where to go on, also after an empty answer"),
        has_more: z.boolean(),
      }),
      example: { data: [examples.event], next_cursor: "MS4xNzY4NDY5NDAwMDAwfGV2dF8wMWs", has_more: false },
    },
    errors: ["invalid_request", "not_found"],
    because: { not_found: NO_SUBJECT },
  },
];
