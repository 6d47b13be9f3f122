// Owns the description of the operations on events.
import { z } from "zod";
import { createEventInput, listEventsQuery, MAX_BATCH_EVENTS } from "@/lib/contracts/events";
import { acceptedEventAnswer, eventAnswer, eventDetailAnswer, pageOf } from "./answers";
import { examples } from "./examples";
import { BODY_ERRORS, type Operation } from "./operation";

/** On the wire an event has `data` as well; its bytes never pass through a schema, so that they stay what they are. */
const createEventBody = createEventInput.extend({
  data: z.any().describe("Any JSON value. Stored, signed and delivered byte for byte as you sent it."),
});

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
    body: { name: "CreateEvent", schema: createEventBody, example: examples.createEvent },
    answer: {
      status: 202,
      description: "Accepted and durable",
      name: "AcceptedEvent",
      schema: acceptedEventAnswer,
      example: examples.acceptedEvent,
    },
    errors: [...BODY_ERRORS, "event_id_conflict", "idempotency_mismatch"],
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
    body: {
      name: "CreateEventBatch",
      schema: z.strictObject({ events: z.array(createEventBody).min(1).max(MAX_BATCH_EVENTS) }),
      example: examples.createBatch,
    },
    answer: {
      status: 202,
      description: "All accepted and durable",
      name: "AcceptedEventBatch",
      schema: z.strictObject({ data: z.array(acceptedEventAnswer) }),
      example: examples.acceptedBatch,
    },
    errors: [...BODY_ERRORS, "event_id_conflict", "idempotency_mismatch"],
  },
  {
    method: "get",
    path: "/api/v1/events",
    id: "listEvents",
    tag: "Events",
    summary: "List events",
    description: "Newest first, without payloads. Filter by `subject` to poll instead of receiving.",
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
    scope: "events:read",
    params: { id: "Id of the event" },
    answer: {
      status: 200,
      description: "The event; `data` has the bytes that were posted",
      name: "EventDetail",
      schema: eventDetailAnswer,
      example: examples.event,
    },
    errors: ["invalid_request", "not_found"],
  },
];
