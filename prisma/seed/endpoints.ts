// The endpoints of the demo: who wants what, how patiently each is retried, and since when each exists.
// Refuses to know how they are stored.
import type { RetryPolicy } from "@/lib/domain/retry/policy";
import type { ReceiverName } from "./behaviours";
import { CAFE_TENANT, ROASTERY_TENANT } from "./events";

export interface DemoEndpoint {
  /** `dead` is a port on which nothing listens, `inbox` the environment's own test receiver. */
  readonly receiver: ReceiverName | "dead" | "inbox";
  /** The last part of its URL. With the receiver it tells the endpoint from all others. */
  readonly path: string;
  readonly description: string;
  readonly eventTypes: readonly string[];
  readonly retryPolicy?: RetryPolicy;
  readonly tenant?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
  readonly maxConcurrency?: number;
  /** How long ago it was made. The Inbox is new, because no message of the past can be shown there. */
  readonly daysOld: number;
  /** Paused by a person that long ago. */
  readonly pausedHoursAgo?: number;
}

export const LIVE_ENDPOINTS: readonly DemoEndpoint[] = [
  {
    receiver: "healthy",
    path: "warehouse",
    description: "Warehouse: picks orders as soon as they are paid. Healthy and fast.",
    eventTypes: ["order.paid", "order.refunded", "stock.*"],
    headers: { "X-Warehouse": "harbour-1" },
    daysOld: 21,
  },
  {
    receiver: "slow",
    path: "accounting",
    description: "Accounting: books every invoice. Slow, but it always answers.",
    eventTypes: ["invoice.*", "order.refunded"],
    retryPolicy: { preset: "patient" },
    headers: { Authorization: "Bearer demo-of-a-masked-header" },
    timeoutMs: 10_000,
    maxConcurrency: 4,
    daysOld: 20,
  },
  {
    receiver: "flaky",
    path: "crm",
    description: "Customer database: one attempt in four fails with 500 or 502.",
    eventTypes: ["contact.*", "loyalty.*"],
    retryPolicy: { preset: "quick" },
    daysOld: 18,
  },
  {
    receiver: "recovering",
    path: "newsletter",
    description: "Newsletter: fails three times for each event, then takes it.",
    eventTypes: ["contact.created", "loyalty.earned"],
    retryPolicy: { delays_seconds: [0, 2, 5, 12, 60, 600], jitter: 0.2 },
    daysOld: 15,
  },
  {
    receiver: "rate-limited",
    path: "analytics",
    description: "Analytics: takes five events in ten seconds, then 429 with Retry-After.",
    eventTypes: ["order.*"],
    retryPolicy: {
      strategy: "exponential",
      base_seconds: 5,
      factor: 2,
      max_delay_seconds: 120,
      max_attempts: 10,
      jitter: 0.2,
    },
    headers: { "X-Team": "data" },
    daysOld: 14,
  },
  {
    receiver: "healthy",
    path: "cafe-aurora",
    description: "Café Aurora: sees the events of its own tenant only.",
    eventTypes: ["order.*", "loyalty.*"],
    tenant: CAFE_TENANT,
    daysOld: 12,
  },
  {
    receiver: "picky",
    path: "roastery",
    description: "Roastery Nord: answers 422 when a batch number is missing.",
    eventTypes: ["stock.*", "order.paid"],
    retryPolicy: { delays_seconds: [0, 10, 60] },
    tenant: ROASTERY_TENANT,
    daysOld: 11,
  },
  {
    receiver: "dead",
    path: "old-erp",
    description: "Old ERP: its server was switched off, nothing listens there any more.",
    eventTypes: ["invoice.paid"],
    retryPolicy: {
      strategy: "exponential",
      base_seconds: 30,
      factor: 6,
      max_delay_seconds: 7_200,
      max_attempts: 6,
      jitter: 0.1,
    },
    daysOld: 20,
  },
  {
    receiver: "closing",
    path: "pop-up-store",
    description: "Pop-up store: closes within minutes, answers 410 and is disabled for it.",
    eventTypes: ["loyalty.redeemed"],
    daysOld: 6,
  },
  {
    receiver: "moved",
    path: "old-website",
    description: "Old website: redirects to a new address. Redirects are not followed.",
    eventTypes: ["contact.updated"],
    retryPolicy: { strategy: "fixed", interval_seconds: 30, max_attempts: 2 },
    daysOld: 19,
  },
  {
    receiver: "healthy",
    path: "finance-export",
    description: "Finance export: paused during the audit, its deliveries are held.",
    eventTypes: ["invoice.*"],
    daysOld: 9,
    pausedHoursAgo: 5,
  },
  {
    receiver: "inbox",
    path: "inbox",
    description: "The Inbox of this environment: shows what a receiver gets.",
    eventTypes: ["order.paid", "order.refunded"],
    daysOld: 0,
  },
];

export const SANDBOX_ENDPOINTS: readonly DemoEndpoint[] = [
  {
    receiver: "healthy",
    path: "staging-shop",
    description: "Staging shop: everything, for end-to-end tests.",
    eventTypes: ["*"],
    daysOld: 17,
  },
  {
    receiver: "flaky",
    path: "laptop",
    description: "A developer’s laptop, sometimes asleep.",
    eventTypes: ["order.*"],
    retryPolicy: { preset: "quick" },
    daysOld: 3,
  },
  {
    receiver: "inbox",
    path: "inbox",
    description: "The sandbox’s Inbox: what a receiver would get.",
    eventTypes: ["*"],
    daysOld: 0,
  },
];
