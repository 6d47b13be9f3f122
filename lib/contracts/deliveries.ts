// Owns the wire shapes of deliveries and attempts.
import { z } from "zod";
import type { AttemptErrorClass } from "@/lib/domain/delivery/error-classes";
import {
  DELIVERY_STATES,
  DELIVERY_TRIGGERS,
  type DeliveryState,
  type DeliveryTrigger,
  type EndpointState,
} from "@/lib/domain/delivery/states";
import { idSchema } from "@/lib/domain/ids";
import { type Instant, pageQuery } from "./common";

/** How many deliveries `?ids=` may name at once. */
export const MAX_IDS = 100;

const idList = z
  .string()
  .max(4_000)
  .describe(`Up to ${MAX_IDS} ids of deliveries, separated by commas`)
  .transform((value) => value.split(","))
  .pipe(z.array(idSchema("delivery")).min(1).max(MAX_IDS));

const anyState = `(${DELIVERY_STATES.join("|")})`;
const stateList = z
  .string()
  .meta({
    description: "One or several states, separated by commas",
    pattern: `^${anyState}(,${anyState})*$`,
  })
  .transform((value) => value.split(","))
  .pipe(z.array(z.enum(DELIVERY_STATES)).min(1).max(DELIVERY_STATES.length));

/** `code` is a status (`503`), a class (`5xx`), or an error class such as `timeout`. */
const codeFilter = z
  .string()
  .regex(
    /^([1-9]\d\d|[1-9]xx|[a-z_]{3,40})$/,
    "must be a status (503), a class (5xx) or an error class (timeout)",
  );

export const listDeliveriesQuery = pageQuery.extend({
  state: stateList.optional(),
  endpoint_id: z.string().min(1).max(64).optional().describe("Deliveries to this endpoint"),
  event_id: z.string().min(1).max(128).optional().describe("Deliveries of this event"),
  type: z.string().min(1).max(256).optional().describe("Deliveries of events of this type"),
  code: codeFilter
    .optional()
    .describe("How the last attempt ended: a status (503), a class (5xx) or an error class (timeout)"),
  trigger: z.enum(DELIVERY_TRIGGERS).optional().describe("What made the delivery"),
  id: z.string().min(1).max(128).optional().describe("Id of a delivery or of an event"),
  // How a live view reads again what it shows.
  ids: idList.optional(),
  from: z.iso.datetime({ offset: true }).optional().describe("Made at or after this time"),
  to: z.iso.datetime({ offset: true }).optional().describe("Made at or before this time"),
});
export type ListDeliveriesQuery = z.infer<typeof listDeliveriesQuery>;

export type DeliveryDto = {
  id: string;
  event_id: string;
  event_type: string;
  endpoint_id: string;
  endpoint_url: string;
  trigger: DeliveryTrigger;
  replay_of: string | null;
  state: DeliveryState;
  state_reason: string | null;
  attempt_count: number;
  next_attempt_at: Instant | null;
  /** True while an attempt is under way. */
  in_flight: boolean;
  last_status: number | null;
  last_error_class: AttemptErrorClass | null;
  last_duration_ms: number | null;
  created_at: Instant;
  updated_at: Instant;
  completed_at: Instant | null;
};

export type AttemptTimings = {
  dns_ms: number | null;
  connect_ms: number | null;
  tls_ms: number | null;
  first_byte_ms: number | null;
  total_ms: number;
};

export type AttemptDto = {
  id: string;
  number: number;
  succeeded: boolean;
  started_at: Instant;
  duration_ms: number | null;
  request: {
    method: "POST";
    url: string;
    headers: [string, string][];
    body: string | null;
    body_size: number;
    body_sha256: string | null;
  };
  response: {
    status: number;
    headers: [string, string][];
    body: string;
    body_encoding: "utf8" | "base64";
    body_size: number | null;
    truncated: boolean;
    incomplete: boolean;
  } | null;
  error: { class: AttemptErrorClass; message: string } | null;
  retry_after_at: Instant | null;
  timings: AttemptTimings | null;
  resolved_address: string | null;
  tls_version: string | null;
  secret_ids: string[];
};

export type DeliveryDetailDto = DeliveryDto & {
  endpoint: { state: EndpointState; state_reason: string | null; description: string; deleted: boolean };
  event: { timestamp: Instant; tenant: string | null; subject: string | null; payload_available: boolean };
  attempts: AttemptDto[];
  /** Attempts that the schedule still holds, with clock times (jitter not included). */
  planned_attempts: { number: number; at: Instant }[];
  replays: { id: string; state: DeliveryState; created_at: Instant }[];
};

/** `original` sends the bytes of the first time; `current` uses the endpoint's profile and field mapping of now. */
export const replayInput = z.strictObject({
  settings: z
    .enum(["original", "current"])
    .default("original")
    .describe("original: the bytes of the first time; current: profile and field mapping of now"),
});
export type ReplaySettings = z.infer<typeof replayInput>["settings"];

export type ReplayResult =
  | { outcome: "replayed"; delivery: DeliveryDto }
  | { outcome: "not_found" }
  | { outcome: "in_flight" }
  | { outcome: "payload_expired" }
  | { outcome: "endpoint_deleted" }
  /** The endpoint now belongs to another tenant, or no longer subscribes to the type. */
  | { outcome: "no_longer_matches" };

export type RetryNowResult =
  | { outcome: "started"; delivery: DeliveryDto }
  | { outcome: "not_found" }
  | { outcome: "not_pending"; state: DeliveryState }
  | { outcome: "in_flight" };

export type CancelResult =
  | { outcome: "cancelled"; delivery: DeliveryDto }
  | { outcome: "not_found" }
  | { outcome: "already_final"; state: DeliveryState };

/** A server-sent event on the dashboard's stream. No ids means "many": read the list again. */
export type StreamMessage =
  | { kind: "deliveries"; ids: string[] }
  | { kind: "endpoints" }
  | { kind: "inbox"; inbox_id: string };
