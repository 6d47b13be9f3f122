// Owns the examples of the API's description. A test holds each against its schema.

const ENDPOINT_ID = "ep_01kahg4v5yfr0a8rjc0nwznb3q";
const DELIVERY_ID = "dlv_01kahg5b2vecqb9h1m4x8s7t6w";
const EVENT_ID = "evt_01kahg5b1ee9tt5v3f2w0q8r4z";
const AT = "2026-01-15T09:30:00.000Z";

const event = {
  id: EVENT_ID,
  type: "order.paid",
  tenant: null,
  subject: "ord_1001",
  timestamp: AT,
  attributes: null,
  data_size: 44,
  test: false,
  deliveries: 1,
  created_at: AT,
};

const endpoint = {
  id: ENDPOINT_ID,
  kind: "endpoint",
  url: "https://shop.example.com/webhooks",
  description: "Shop backend",
  tenant: null,
  event_types: ["order.*"],
  headers: {},
  timeout_ms: 15_000,
  retry_policy: { preset: "standard" },
  max_concurrency: 10,
  rate_limit: null,
  profile: {
    version_id: null,
    slug: "standard-webhooks",
    name: "Standard Webhooks",
    version: 1,
    latest_version: 1,
  },
  overrides: [],
  auto_disable: { after_hours: 120, min_failures: 5, warn_at_percent: [50, 70, 90] },
  filter: null,
  transform: null,
  subjects: [],
  auth: null,
  client_certificate: null,
  callback: null,
  state: "active",
  state_reason: null,
  state_changed_at: AT,
  secrets: [
    {
      id: "sec_01kahg4v5zf6ja4n9d2c7b8x1y",
      hint: "whsec_…9Fw=",
      public_key: null,
      created_at: AT,
      expires_at: null,
    },
  ],
  created_at: AT,
  updated_at: AT,
};

const delivery = {
  id: DELIVERY_ID,
  event_id: EVENT_ID,
  event_type: "order.paid",
  endpoint_id: ENDPOINT_ID,
  endpoint_url: "https://shop.example.com/webhooks",
  trigger: "event",
  replay_of: null,
  state: "succeeded",
  state_reason: null,
  attempt_count: 1,
  next_attempt_at: null,
  in_flight: false,
  last_status: 204,
  last_error_class: null,
  last_duration_ms: 84.2,
  created_at: AT,
  updated_at: "2026-01-15T09:30:00.091Z",
  completed_at: "2026-01-15T09:30:00.091Z",
};

const attempt = {
  id: "att_01kahg5b3ef8rt4y6w1q9z2x5c",
  number: 1,
  succeeded: true,
  started_at: "2026-01-15T09:30:00.006Z",
  duration_ms: 84.2,
  request: {
    method: "POST",
    url: "https://shop.example.com/webhooks",
    headers: [
      ["content-type", "application/json"],
      ["webhook-id", EVENT_ID],
      ["webhook-timestamp", "1768469400"],
      ["webhook-signature", "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4="],
    ],
    body: '{"type":"order.paid","timestamp":"2026-01-15T09:30:00.000Z","data":{"order_id":"ord_1001"}}',
    body_size: 93,
    body_sha256: null,
  },
  response: {
    status: 204,
    headers: [["date", "Thu, 15 Jan 2026 09:30:00 GMT"]],
    body: "",
    body_encoding: "utf8",
    body_size: 0,
    truncated: false,
    incomplete: false,
  },
  error: null,
  retry_after_at: null,
  timings: { dns_ms: 3.1, connect_ms: 11.4, tls_ms: 22.8, first_byte_ms: 83.9, total_ms: 84.2 },
  resolved_address: "203.0.113.20",
  tls_version: "TLSv1.3",
  secret_ids: ["sec_01kahg4v5zf6ja4n9d2c7b8x1y"],
};

const page = (item: unknown) => ({ data: [item], next_cursor: null });

export const examples = {
  createEvent: { type: "order.paid", subject: "ord_1001", data: { order_id: "ord_1001", amount: 4200 } },
  createBatch: {
    events: [
      { type: "order.paid", data: { order_id: "ord_1001" } },
      { type: "order.shipped", data: { order_id: "ord_1001" } },
    ],
  },
  acceptedEvent: { id: EVENT_ID, deliveries: 1 },
  acceptedBatch: {
    data: [
      { id: EVENT_ID, deliveries: 1 },
      { id: "evt_01kahg5b1ff9tt5v3f2w0q8r50", deliveries: 0 },
    ],
  },
  events: page(event),
  event: { ...event, payload_cleared_at: null, data: { order_id: "ord_1001", amount: 4200 } },
  createEndpoint: {
    url: "https://shop.example.com/webhooks",
    event_types: ["order.*"],
    description: "Shop backend",
    retry_policy: { delays_seconds: [0, 5, 300, 3600] },
  },
  updateEndpoint: { event_types: ["order.*", "invoice.paid"], timeout_ms: 10_000 },
  endpoint,
  endpoints: page(endpoint),
  endpointWithSecret: { ...endpoint, secret: "whsec_<44 characters of base64>", public_key: null },
  enabledEndpoint: { ...endpoint, held_deliveries: { action: "release", count: 3 } },
  endpointStats: {
    endpoint_id: ENDPOINT_ID,
    succeeded_24h: 1204,
    failed_24h: 2,
    pending: 1,
    held: 0,
    last_success_at: AT,
    last_failure_at: null,
    counted_since: "2026-01-14T09:30:00.000Z",
    hourly: [{ succeeded: 51, failed: 0 }],
  },
  enableEndpoint: { held: "release" },
  rotateSecret: { overlap_seconds: 86_400 },
  sendTest: { type: "order.paid", data_text: '{"order_id":"ord_test"}' },
  testSent: { event_id: EVENT_ID, delivery_id: DELIVERY_ID },
  delivery,
  deliveries: page(delivery),
  replayedDelivery: {
    ...delivery,
    trigger: "replay",
    replay_of: DELIVERY_ID,
    id: "dlv_01kahg6c9rfxs8e2d4b6n1m3k5",
  },
  pendingDelivery: { ...delivery, state: "pending", completed_at: null, in_flight: true },
  cancelledDelivery: { ...delivery, state: "cancelled" },
  deliveryDetail: {
    ...delivery,
    endpoint: { state: "active", state_reason: null, description: "Shop backend", deleted: false },
    event: { timestamp: AT, tenant: null, subject: "ord_1001", payload_available: true },
    attempts: [attempt],
    planned_attempts: [],
    replays: [],
  },
} as const;
