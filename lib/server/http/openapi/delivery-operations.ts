// Owns the description of the operations on deliveries.
import { z } from "zod";
import { listDeliveriesQuery, replayInput } from "@/lib/contracts/deliveries";
import { deliveryAnswer, deliveryDetailAnswer, pageOf } from "./answers";
import { examples } from "./examples";
import { BODY_ERRORS, type Operation } from "./operation";
import { deliveryParam } from "./parameters";

const params = { id: deliveryParam };
const read = { tag: "Deliveries", scope: "deliveries:read" } as const;
const write = { tag: "Deliveries", scope: "deliveries:write", method: "post", params } as const;
const noBody = { name: "Empty", schema: z.strictObject({}), example: {}, optional: true };

const oneDelivery = (status: 200 | 201 | 202, description: string, example: unknown) => ({
  status,
  description,
  name: "Delivery",
  schema: deliveryAnswer,
  example,
});

export const deliveryOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/api/v1/deliveries",
    id: "listDeliveries",
    ...read,
    summary: "List deliveries",
    description: "Newest first. `state` takes several, separated by commas.",
    query: listDeliveriesQuery,
    answer: {
      status: 200,
      description: "One page",
      name: "DeliveryPage",
      schema: pageOf(deliveryAnswer),
      example: examples.deliveries,
    },
    errors: ["invalid_request"],
  },
  {
    method: "get",
    path: "/api/v1/deliveries/{id}",
    id: "getDelivery",
    ...read,
    summary: "Get a delivery with its attempts",
    description:
      "Values of write-only headers are masked. Attempts that the schedule still holds are in `planned_attempts`.",
    params,
    answer: {
      status: 200,
      description: "Every request that was sent and what came back",
      name: "DeliveryDetail",
      schema: deliveryDetailAnswer,
      example: examples.deliveryDetail,
    },
    errors: ["invalid_request", "not_found"],
    because: { invalid_request: "a query parameter was given" },
  },
  {
    ...write,
    path: "/api/v1/deliveries/{id}/replay",
    id: "replayDelivery",
    summary: "Replay a delivery",
    description:
      "A new delivery of the same event, with the same id. `original`, the default, sends the same bytes as the first time; `current` uses the endpoint's profile and field mapping of now. Receivers that dedupe by `webhook-id` will recognise it.",
    idempotent: true,
    body: {
      name: "ReplayDelivery",
      schema: replayInput,
      example: { settings: "original" },
      optional: true,
    },
    answer: oneDelivery(201, "The new delivery", examples.replayedDelivery),
    errors: [...BODY_ERRORS, "not_found", "conflict", "idempotency_mismatch"],
    because: {
      conflict:
        "an attempt or another replay of it is under way, its endpoint was deleted or no longer takes such events, or retention has cleared the payload",
      idempotency_mismatch: "this `Idempotency-Key` was used for another delivery or other settings",
    },
  },
  {
    ...write,
    path: "/api/v1/deliveries/{id}/retry-now",
    id: "retryDeliveryNow",
    summary: "Bring the next attempt forward",
    description: "The schedule goes on from there. A delivery that has ended is replayed instead.",
    body: noBody,
    answer: oneDelivery(202, "The attempt is starting", examples.pendingDelivery),
    errors: [...BODY_ERRORS, "not_found", "conflict"],
    because: { conflict: "an attempt is under way, or the delivery is not pending" },
  },
  {
    ...write,
    path: "/api/v1/deliveries/{id}/cancel",
    id: "cancelDelivery",
    summary: "Cancel a delivery",
    description: "No further attempt is made. An attempt that is under way is still recorded.",
    body: noBody,
    answer: oneDelivery(200, "The cancelled delivery", examples.cancelledDelivery),
    errors: [...BODY_ERRORS, "not_found", "conflict"],
    because: { conflict: "the delivery has ended already" },
  },
];
