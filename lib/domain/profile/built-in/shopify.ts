// Owns the profile for receivers that use Shopify's libraries (`webhooks.validate`): they want all of these headers.
import { type BuiltInProfile, COMMON, HEX_OF_BODY, NO_OVERLAP } from "./built-in-profile";

export const SHOPIFY: BuiltInProfile = {
  slug: "shopify",
  name: "Shopify",
  description:
    "Shopify's headers and signature; the event's data is the whole body. Attributes: topic (such as orders/create; the event type unless given), shop_domain (the tenant unless given), api_version.",
  definition: {
    ...COMMON,
    envelope: '"{{event.data}}"',
    headers: [
      { name: "X-Shopify-Topic", value: "{{event.attributes.topic | default(event.type)}}" },
      { name: "X-Shopify-Shop-Domain", value: "{{event.attributes.shop_domain? | default(event.tenant)}}" },
      { name: "X-Shopify-API-Version", value: '{{event.attributes.api_version | default("2026-01")}}' },
      { name: "X-Shopify-Webhook-Id", value: "{{delivery.id}}" },
      { name: "X-Shopify-Event-Id", value: "{{event.id}}" },
      { name: "X-Shopify-Triggered-At", value: "{{event.time.iso_ms}}" },
    ],
    signature: { ...HEX_OF_BODY, encoding: "base64", header: "X-Shopify-Hmac-SHA256" },
    secret: { kind: "hex" },
    rotation: NO_OVERLAP,
    timeout_ms: 5_000,
    // Eight retries within four hours.
    retry_policy: { delays_seconds: [0, 60, 120, 300, 600, 1200, 2400, 3600, 5400], jitter: 0.1 },
  },
  samples: [
    {
      id: "evt_01k0w3g8zqe9v8m2c5t7r4n6pb",
      type: "orders.create",
      timestamp: "2026-03-15T14:30:00.000Z",
      tenant: "example.myshopify.com",
      attributes: { topic: "orders/create" },
      data: '{"id":820982911946154508,"email":"jon@example.com","total_price":"398.00"}',
    },
  ],
};
