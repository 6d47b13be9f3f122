// Owns Visisto's profile (captured contacts).
import { type BuiltInProfile, COMMON, HEX_OF_BODY, NO_OVERLAP, sampleData } from "./built-in-profile";

export const VISISTO: BuiltInProfile = {
  slug: "visisto",
  name: "Visisto",
  description:
    "Captured contacts and rewards: plain hex signature over the body, retried for up to 72 hours.",
  definition: {
    ...COMMON,
    envelope: '{"event":"{{event.type}}","timestamp":"{{event.time.iso}}","data":"{{event.data}}"}',
    signature: { ...HEX_OF_BODY, header: "X-Visisto-Signature" },
    secret: { kind: "hex" },
    rotation: NO_OVERLAP,
    retry_policy: {
      strategy: "exponential",
      base_seconds: 60,
      factor: 2,
      max_delay_seconds: 28_800,
      max_attempts: 30,
      max_elapsed_seconds: 259_200,
      jitter: 0.2,
    },
  },
  samples: [
    {
      id: "evt_01k0w3g8zqe9v8m2c5t7r4n6pb",
      type: "contact.created",
      timestamp: "2025-06-15T14:32:00Z",
      data: sampleData({
        email: "visitor@example.com",
        name: "Jane Smith",
        phone: "+31201234567",
        fields: { company: "Acme Inc" },
        campaign_id: "cmp_abc123",
        source_url: "https://example.com/pricing",
        widget_type: "popup",
      }),
    },
    {
      id: "evt_01k0w3g8zqe9v8m2c5t7r4n6pc",
      type: "reward.issued",
      timestamp: "2025-06-15T14:33:00Z",
      data: sampleData({
        coupon_code: "WELCOME10",
        discount_value: "10%",
        expires_at: "2025-07-15T00:00:00Z",
        contact: { email: "visitor@example.com", name: "Jane Smith" },
      }),
    },
  ],
};
