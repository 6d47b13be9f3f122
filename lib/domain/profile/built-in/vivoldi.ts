// Owns Vivoldi's profile (links, coupons, stamps). docs/decisions says what is signed and in which unit time is sent.
import { type BuiltInProfile, COMMON, HEX_OF_BODY, NO_OVERLAP, sampleData } from "./built-in-profile";

export const VIVOLDI: BuiltInProfile = {
  slug: "vivoldi",
  name: "Vivoldi",
  description:
    "Links, coupons and stamps: five seconds to answer, five retries; the event's data is the whole body. Attributes: webhook_type (GLOBAL, GROUP), resource_type (URL, COUPON, STAMP), action_type (NONE, ADD, REMOVE, USE), comp_idx (the tenant unless given).",
  definition: {
    ...COMMON,
    envelope: '"{{event.data}}"',
    headers: [
      { name: "X-Vivoldi-Request-Id", value: "{{attempt.id}}" },
      { name: "X-Vivoldi-Event-Id", value: "{{event.id}}" },
      { name: "X-Vivoldi-Webhook-Type", value: '{{event.attributes.webhook_type | default("GLOBAL")}}' },
      { name: "X-Vivoldi-Resource-Type", value: '{{event.attributes.resource_type | default("URL")}}' },
      { name: "X-Vivoldi-Action-Type", value: '{{event.attributes.action_type | default("NONE")}}' },
      { name: "X-Vivoldi-Comp-Idx", value: "{{event.attributes.comp_idx? | default(event.tenant)}}" },
    ],
    content_hash: { header: "X-Content-SHA256", format: "{hash}", encoding: "hex" },
    signature: {
      ...HEX_OF_BODY,
      content: "{timestamp}.{body}",
      header: "X-Vivoldi-Signature",
      format: "t={timestamp},{signatures},alg=hmac-sha256",
      each: "v1={signature}",
      timestamp_unit: "ms",
      timestamp_header: "X-Vivoldi-Timestamp",
    },
    secret: { kind: "hex" },
    rotation: NO_OVERLAP,
    timeout_ms: 5_000,
    retry_policy: {
      strategy: "exponential",
      base_seconds: 60,
      factor: 4,
      max_delay_seconds: 86_400,
      max_attempts: 6,
      jitter: 0.1,
    },
  },
  samples: [
    {
      id: "89365c75dae740ac8500dfc48c5014b5",
      type: "link.clicked",
      timestamp: "2025-09-18T08:33:11.752Z",
      attributes: { webhook_type: "GLOBAL", resource_type: "URL", action_type: "NONE", comp_idx: "50742" },
      data: sampleData({
        compIdx: 50_742,
        linkId: "spring-sale",
        referer: "https://example.com/",
        device: "mobile",
      }),
    },
    {
      id: "f1d2c3b4a5968778695a4b3c2d1e0f99",
      type: "stamp.added",
      timestamp: "2025-09-18T08:35:00.000Z",
      attributes: { webhook_type: "GROUP", resource_type: "STAMP", action_type: "ADD", comp_idx: "50742" },
      data: sampleData({ compIdx: 50_742, cardIdx: 271, stampIdx: 9_001, stamps: 4 }),
    },
    {
      id: "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
      type: "coupon.used",
      timestamp: "2025-09-18T08:36:00.000Z",
      attributes: { webhook_type: "GLOBAL", resource_type: "COUPON", action_type: "USE", comp_idx: "50742" },
      data: sampleData({ compIdx: 50_742, couponNo: "ZJLF0399WQBEQZJM", couponName: "Spring sale" }),
    },
  ],
};
