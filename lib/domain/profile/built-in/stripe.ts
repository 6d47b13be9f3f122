// Owns the profile for receivers that use Stripe's libraries (`constructEvent`).
import { type BuiltInProfile, COMMON, HEX_OF_BODY, ONE_DAY_OVERLAP, sampleData } from "./built-in-profile";

export const STRIPE: BuiltInProfile = {
  slug: "stripe",
  name: "Stripe",
  description:
    "Stripe's signature and event object: the event's data becomes data.object. Retried for up to three days.",
  definition: {
    ...COMMON,
    envelope: `{
  "id": "{{event.id}}",
  "object": "event",
  "api_version": "{{event.attributes.api_version}}",
  "created": "{{event.time.unix}}",
  "data": { "object": "{{event.data}}" },
  "livemode": "{{environment.is_live}}",
  "pending_webhooks": 1,
  "request": { "id": null, "idempotency_key": null },
  "type": "{{event.type}}"
}`,
    signature: {
      ...HEX_OF_BODY,
      content: "{timestamp}.{body}",
      header: "Stripe-Signature",
      format: "t={timestamp},{signatures}",
      each: "v1={signature}",
      separator: ",",
    },
    secret: { kind: "whsec" },
    rotation: ONE_DAY_OVERLAP,
    retry_policy: {
      strategy: "exponential",
      base_seconds: 60,
      factor: 3,
      max_delay_seconds: 43_200,
      max_attempts: 30,
      max_elapsed_seconds: 259_200,
      jitter: 0.2,
    },
  },
  samples: [
    {
      id: "evt_01k0w3g8zqe9v8m2c5t7r4n6pb",
      type: "invoice.paid",
      timestamp: "2026-03-15T14:30:00.000Z",
      data: sampleData({ id: "in_1042", object: "invoice", amount_paid: 12_990, currency: "eur" }),
    },
  ],
};
