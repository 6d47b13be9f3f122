// Owns the description of the operations below /webhooks.
import { z } from "zod";
import {
  type SubscribedDto,
  subscribeInput,
  unsubscribeInput,
  webhookTestInput,
} from "@/lib/contracts/webhooks";
import { ENDPOINT_STATES } from "@/lib/domain/delivery/states";
import { id, instant, testSentAnswer } from "./answers";
import { examples } from "./examples";
import { BODY_ERRORS, type Operation } from "./operation";
import { endpointParam } from "./parameters";

const subscription: z.ZodType<SubscribedDto> = z.strictObject({
  id: id("endpoint"),
  url: z.string(),
  events: z.array(z.string()),
  wallet: z.string().nullable(),
  tenant: z.string().nullable(),
  profile: z.string(),
  state: z.enum(ENDPOINT_STATES),
  created_at: instant,
  secret: z.string().optional().describe("Only in the answer of the call that made it"),
  public_key: z.string().nullable().optional().describe("What receivers of an ed25519 signature verify with"),
});

const ID = "ep_01kahg4v5zf6ja4n9d2c7b8x1y";
const WALLET = "0x742d35Cc6634C0532925a3b8D4C9B5e55d7b1234";

const write = { tag: "Webhooks", scope: "endpoints:write" } as const;

export const webhookOperations: readonly Operation[] = [
  {
    ...write,
    method: "post",
    path: "/api/v1/webhooks/subscribe",
    id: "subscribe",
    summary: "Subscribe a URL",
    description:
      "An endpoint in one short call. URL, `tenant` and `wallet` name it: calling again gives the one there is these events, and no second one is made. `wallet` is the subject that it is about; without one it takes events about anything.",
    body: {
      name: "Subscribe",
      schema: subscribeInput,
      example: {
        url: "https://app.example.com/webhooks",
        events: ["threat.detected", "risk.score.changed"],
        wallet: WALLET,
      },
    },
    answer: {
      status: 201,
      description: "Made, with its secret, which is shown this once",
      name: "Subscription",
      schema: subscription,
      example: {
        id: ID,
        url: "https://app.example.com/webhooks",
        events: ["threat.detected", "risk.score.changed"],
        wallet: WALLET,
        tenant: null,
        profile: "nzochain",
        state: "active",
        created_at: "2026-01-15T09:30:00.000Z",
        secret: "<64 hexadecimal digits>",
        public_key: null,
      },
      also: { status: 200, description: "It was there, and takes these events now" },
    },
    errors: [...BODY_ERRORS, "target_not_allowed", "conflict"],
    because: {
      conflict:
        "the environment has no room for another endpoint, its default profile was archived, or another profile needs another kind of secret",
    },
  },
  {
    ...write,
    method: "post",
    path: "/api/v1/webhooks/unsubscribe",
    id: "unsubscribe",
    summary: "End a subscription",
    description:
      "By its id, or by the URL, tenant and wallet that it was made with. What waits for it is cancelled; the log stays.",
    body: {
      name: "Unsubscribe",
      schema: unsubscribeInput,
      example: { url: "https://app.example.com/webhooks", wallet: WALLET },
    },
    answer: { status: 204, description: "Ended" },
    errors: [...BODY_ERRORS, "not_found"],
  },
  {
    ...write,
    method: "delete",
    path: "/api/v1/webhooks/{id}",
    id: "deleteSubscription",
    summary: "End a subscription by its id",
    description: "Only what webhooks/subscribe has made; other endpoints are deleted as endpoints.",
    params: { id: { ...endpointParam, text: "Id of the subscription" } },
    answer: { status: 204, description: "Ended" },
    errors: ["not_found"],
  },
  {
    ...write,
    method: "post",
    path: "/api/v1/webhooks/test",
    id: "sendExampleEvent",
    summary: "Send an event type's example to an endpoint",
    description:
      "A real event for that endpoint alone, signed and sent at once. It is marked as a test and counts for nothing. Use a key of the sandbox to try things out.",
    body: {
      name: "WebhookTest",
      schema: webhookTestInput,
      example: { endpoint_id: ID, event_type: "score.updated" },
    },
    answer: {
      status: 202,
      description: "Under way",
      name: "TestSent",
      schema: testSentAnswer,
      example: examples.testSent,
    },
    errors: [...BODY_ERRORS, "not_found", "conflict"],
    because: {
      invalid_request: "a field is wrong, or the type has no example",
      conflict: "it is a callback that has ended",
    },
  },
];
