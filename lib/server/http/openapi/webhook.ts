// Owns the description of what receivers get: a Standard Webhooks request (github.com/standard-webhooks/standard-webhooks).

const header = (name: string, description: string, example: string) => ({
  name,
  in: "header",
  required: true,
  description,
  schema: { type: "string" },
  example,
});

/** The operation that a receiver offers to Signpost. */
export const deliveryWebhook = {
  summary: "An event at your endpoint",
  description:
    "Answer 2xx within the timeout. Anything else, redirects included, is a failed attempt and is retried by the endpoint's schedule. 410 ends it and disables the endpoint.",
  security: [],
  parameters: [
    header(
      "webhook-id",
      "Id of the event. The same on every attempt and replay: dedupe by it.",
      "evt_01kahg5b1e…",
    ),
    header(
      "webhook-timestamp",
      "Unix seconds of this attempt. Refuse what is older than five minutes.",
      "1768469400",
    ),
    header(
      "webhook-signature",
      "One or more signatures separated by spaces, each `v1,` and the base64 of HMAC-SHA256 over `{webhook-id}.{webhook-timestamp}.{body}`. During a rotation there are two; one match is enough.",
      "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=",
    ),
  ],
  requestBody: {
    required: true,
    content: {
      "application/json": {
        schema: {
          type: "object",
          required: ["type", "timestamp", "data"],
          properties: {
            type: { type: "string" },
            timestamp: { type: "string", format: "date-time" },
            data: { description: "The bytes that the producer sent" },
          },
        },
        example: {
          type: "order.paid",
          timestamp: "2026-01-15T09:30:00.000Z",
          data: { order_id: "ord_1001" },
        },
      },
    },
  },
  responses: { "2XX": { description: "Received" } },
} as const;
