// Owns the default profile, its asymmetric sibling, and Svix, which differs in the names of the headers.
import {
  type BuiltInProfile,
  COMMON,
  ONE_DAY_OVERLAP,
  type SampleEvent,
  sampleData,
} from "./built-in-profile";

const ENVELOPE = '{"type":"{{event.type}}","timestamp":"{{event.time.iso_ms}}","data":"{{event.data}}"}';

const SAMPLE: SampleEvent = {
  id: "evt_01k0w3g8zqe9v8m2c5t7r4n6pb",
  type: "order.paid",
  timestamp: "2026-03-15T14:30:00.000Z",
  subject: "order_1042",
  data: sampleData({ order_id: "order_1042", amount: 12_990, currency: "EUR" }),
};

/** The profile of every endpoint that names none. */
export const STANDARD_WEBHOOKS: BuiltInProfile = {
  slug: "standard-webhooks",
  name: "Standard Webhooks",
  description:
    "The open specification: HMAC-SHA256 over id, timestamp and body, verified by ready-made libraries in many languages.",
  definition: {
    ...COMMON,
    envelope: ENVELOPE,
    signature: { kind: "standard", prefix: "webhook" },
    secret: { kind: "whsec" },
    rotation: ONE_DAY_OVERLAP,
  },
  samples: [SAMPLE],
};

export const STANDARD_WEBHOOKS_ED25519: BuiltInProfile = {
  slug: "standard-webhooks-ed25519",
  name: "Standard Webhooks, Ed25519",
  description:
    "Standard Webhooks with a key pair: receivers verify with the public key (whpk_…) and cannot sign. Needs a library that knows v1a.",
  definition: { ...STANDARD_WEBHOOKS.definition, secret: { kind: "ed25519" } },
  samples: [SAMPLE],
};

export const SVIX: BuiltInProfile = {
  slug: "svix",
  name: "Svix",
  description:
    "Standard Webhooks with headers that begin with svix-, for receivers that use Svix's libraries.",
  definition: { ...STANDARD_WEBHOOKS.definition, signature: { kind: "standard", prefix: "svix" } },
  samples: [SAMPLE],
};
