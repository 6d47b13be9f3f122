// Owns the description of the operations on events.
import { z } from "zod";
import {
  createEventInput,
  listEventsQuery,
  MAX_BATCH_BODY_BYTES,
  MAX_BATCH_EVENTS,
  MAX_EVENT_BODY_BYTES,
} from "@/lib/contracts/events";
import { acceptedEventAnswer, eventAnswer, eventDetailAnswer, pageOf } from "./answers";
import { examples } from "./examples";
import { BODY_ERRORS, type Operation } from "./operation";
import { eventParam } from "./parameters";

/** On the wire an event has `data` as well; its bytes never pass through a schema, so that they stay what they are. */
const createEventBody = createEventInput.extend({
  data: z.any().describe("Any JSON value. Stored, signed and delivered byte for byte as you sent it."),
});

const refusals = {
  not_found: "the environment of the key was removed",
  event_id_conflict: "an event with this id exists with other content",
  idempotency_mismatch: "this `Idempotency-Key` came with another body before",
  overloaded: "more events are waiting to be written than is reasonable; nothing was stored",
};

export const eventOperations: readonly Operation[] = [
  {
    method: "post",
    path: "/api/v1/events",
    id: "createEvent",
    tag: "Events",
    summary: "Send an event",
    description:
      "202 means durable: the event and its deliveries are committed before the answer. At most 256 KiB. With your own `id`, or an `Idempotency-Key`, the same request can be repeated safely for 7 days; a repetition answers as the first did, with `Idempotent-Replayed: true`.",
    scope: "events:write",
    idempotent: true,
    isPaced: false,
    body: {
      name: "CreateEvent",
      schema: createEventBody,
      example: examples.createEvent,
      maxBytes: MAX_EVENT_BODY_BYTES,
    },
    answer: {
      status: 202,
      description: "Accepted and durable",
      name: "AcceptedEvent",
      schema: acceptedEventAnswer,
      example: examples.acceptedEvent,
      tellsRepetition: true,
    },
    errors: [...BODY_ERRORS, "event_id_conflict", "idempotency_mismatch", "not_found"],
    because: refusals,
  },
  {
    method: "post",
    path: "/api/v1/events/batch",
    id: "createEventBatch",
    tag: "Events",
    summary: "Send many events",
    description: `Up to ${MAX_BATCH_EVENTS} events and 5 MiB, all or none. The answers stand in the order of the request.`,
    scope: "events:write",
    idempotent: true,
    isPaced: false,
    body: {
      maxBytes: MAX_BATCH_BODY_BYTES,
      name: "CreateEventBatch",
      schema: z.strictObject({
        events: z
          .array(createEventBody)
          .min(1)
          .max(MAX_BATCH_EVENTS)
          .describe("Each as it would be sent alone"),
      }),
      example: examples.createBatch,
    },
    answer: {
      status: 202,
      description: "All accepted and durable",
      name: "AcceptedEventBatch",
      schema: z.strictObject({ data: z.array(acceptedEventAnswer) }),
      example: examples.acceptedBatch,
      tellsRepetition: true,
    },
    errors: [...BODY_ERRORS, "event_id_conflict", "idempotency_mismatch", "not_found"],
    because: refusals,
  },
  {
    method: "get",
    path: "/api/v1/events",
    id: "listEvents",
    tag: "Events",
    summary: "List events",
    description:
      "Newest first, without payloads. To fetch a subject's events instead of receiving them, see its own list.",
    scope: "events:read",
    query: listEventsQuery,
    answer: {
      status: 200,
      description: "One page",
      name: "EventPage",
      schema: pageOf(eventAnswer),
      example: examples.events,
    },
    errors: ["invalid_request"],
  },
  {
    method: "get",
    path: "/api/v1/events/{id}",
    id: "getEvent",
    tag: "Events",
    summary: "Get an event with its payload",
    description: "`data` byte for byte as it was posted, or null once retention has cleared it.",
    scope: "events:read",
    params: { id: eventParam },
    answer: {
      status: 200,
      description: "The event; `data` has the bytes that were posted",
      name: "EventDetail",
      schema: eventDetailAnswer,
      example: examples.event,
    },
    errors: ["invalid_request", "not_found"],
    because: { invalid_request: "a query parameter was given" },
  },
];
