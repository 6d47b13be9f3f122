// The shapes of the demo's back-filled rows, named as their columns, and how one attempt of the past becomes one.
import { createHash } from "node:crypto";
import { makeId } from "@/lib/domain/ids";
import { DEFAULT_PROFILE } from "@/lib/domain/profile/built-in";
import { compileProfile } from "@/lib/domain/profile/compile";
import type { RetryPolicy } from "@/lib/domain/retry/policy";
import { signStandardWebhook } from "@/lib/domain/signing/standard-webhooks";
import type { Behaviour, ReceiverAnswer } from "./behaviours";
import type { DemoEvent } from "./events";
import { bytes, type Random } from "./random";

const MASK = "••••••";

/** An endpoint as far as its past deliveries depend on it. */
export interface PastEndpoint {
  readonly id: string;
  readonly url: string;
  /** Null: nothing listens there. */
  readonly behaviour: Behaviour | null;
  readonly tenant: string | null;
  readonly eventTypes: readonly string[];
  readonly retryPolicy: RetryPolicy;
  readonly createdAtMs: number;
  /** Paused since; null while active. */
  readonly heldSinceMs: number | null;
  readonly headerNames: readonly string[];
  readonly secretId: string;
  /** HMAC key of the secret. */
  readonly key: Uint8Array;
}

/** Everything that columns of `event`, `delivery` and `attempt` need; bytes in PostgreSQL's hex form. */
export interface PastRows {
  readonly events: object[];
  readonly deliveries: DeliveryRow[];
  readonly attempts: AttemptRow[];
}

export interface DeliveryRow {
  readonly id: string;
  readonly environment_id: string;
  readonly event_id: string;
  readonly endpoint_id: string;
  readonly event_type: string;
  readonly trigger: "event" | "replay";
  readonly replay_of: string | null;
  state: "pending" | "succeeded" | "failed" | "held";
  state_reason: string | null;
  attempt_count: number;
  step: number;
  next_attempt_at: string | null;
  claimable_at: string | null;
  readonly lease_until: null;
  lease_token: number;
  last_status: number | null;
  last_error_class: string | null;
  last_duration_ms: number | null;
  readonly created_at: string;
  updated_at: string;
  completed_at: string | null;
}

export interface AttemptRow {
  readonly delivery_id: string;
  readonly number: number;
  readonly succeeded: boolean;
  readonly duration_ms: number;
  readonly [column: string]: unknown;
}

export interface PastEvent {
  readonly id: string;
  readonly atMs: number;
  readonly event: DemoEvent;
  readonly data: Buffer;
}

export const isoTime = (ms: number) => new Date(ms).toISOString();
const hex = (value: Buffer) => `\\x${value.toString("hex")}`;
const rounded = (ms: number) => Math.round(ms * 100) / 100;

/** Marks what was never really sent, for everybody who looks at the event. */
const SEEDED = { "demo.seeded": "this event was back-filled, not received" };
/** What the endpoints of the demo send. */
const PROFILE = compileProfile(DEFAULT_PROFILE.definition);

export function eventRow(environmentId: string, { id, atMs, event, data }: PastEvent, deliveries: number) {
  return {
    environment_id: environmentId,
    id,
    type: event.type,
    tenant: event.tenant ?? null,
    subject: event.subject ?? null,
    attributes: { ...event.attributes, ...SEEDED },
    data: hex(data),
    data_size: data.length,
    is_test: false,
    request_hash: hex(createHash("sha256").update(JSON.stringify(event)).digest()),
    delivery_count: deliveries,
    occurred_at: isoTime(atMs),
    created_at: isoTime(atMs),
    payload_cleared_at: null,
  };
}

function requestHeaders(endpoint: PastEndpoint, eventId: string, body: Buffer, atMs: number) {
  const timestampSeconds = Math.floor(atMs / 1000);
  const keys = [endpoint.key];
  return [
    ["content-type", "application/json"],
    ["user-agent", "Signpost/1.0"],
    ["webhook-id", eventId],
    ["webhook-timestamp", String(timestampSeconds)],
    ["webhook-signature", signStandardWebhook({ id: eventId, timestampSeconds, body, keys })],
    ...endpoint.headerNames.map((name) => [name, MASK]),
  ];
}

function responseColumns(answer: ReceiverAnswer | null, atMs: number) {
  const body = Buffer.from(answer?.body ?? "");
  return {
    response_status: answer?.status ?? null,
    response_headers: answer && [
      ...answer.headers,
      ["content-length", String(body.length)],
      ["Date", new Date(atMs).toUTCString()],
      ["Connection", "keep-alive"],
      ["Keep-Alive", "timeout=5"],
    ],
    response_body: answer && hex(body),
    response_body_size: answer && body.length,
    response_truncated: false,
    response_incomplete: false,
  };
}

function describeFailure(status: number | null): string {
  if (status === null) return "The receiver refused the connection.";
  if (status >= 300 && status <= 399) return `The receiver answered ${status}; redirects are not followed.`;
  return `The receiver answered ${status}.`;
}

/** The wire body that the receiver of the past saw. */
export function bodyOf({ id, event, atMs, data }: PastEvent): Buffer {
  const { type, tenant = null, subject = null, attributes = null } = event;
  const rest = { tenant, subject, attributes: { ...attributes, ...SEEDED }, environment: "live" as const };
  return PROFILE.render({ id, type, occurredAtMs: atMs, data, ...rest });
}

export interface PastAttempt {
  readonly deliveryId: string;
  readonly number: number;
  readonly atMs: number;
  readonly answer: ReceiverAnswer | null;
  readonly errorClass: string | null;
  /** Milliseconds that the receiver asked to wait, when that was heeded. */
  readonly retryAfterMs: number | null;
}

/** One attempt as it would have been recorded. */
export function attemptRow(
  attempt: PastAttempt,
  event: PastEvent,
  endpoint: PastEndpoint,
  random: Random,
): AttemptRow {
  const { atMs, answer, errorClass, retryAfterMs } = attempt;
  const body = bodyOf(event);
  const connectMs = answer === null || random() < 0.3 ? rounded(0.2 + random() * 0.8) : null;
  const firstByteMs = answer === null ? null : rounded(answer.delayMs + 0.4 + random() * 2);
  const totalMs = rounded((connectMs ?? 0) + (firstByteMs ?? 0) + 0.1 + random() * 0.4);
  return {
    id: makeId("attempt", atMs, bytes(random, 10)),
    delivery_id: attempt.deliveryId,
    number: attempt.number,
    succeeded: errorClass === null,
    started_at: isoTime(atMs),
    duration_ms: totalMs,
    request_url: endpoint.url,
    request_headers: requestHeaders(endpoint, event.id, body, atMs),
    request_body_sha256: hex(createHash("sha256").update(body).digest()),
    request_body_size: body.length,
    secret_ids: [endpoint.secretId],
    ...responseColumns(answer, atMs + totalMs),
    error_class: errorClass,
    error_message: errorClass === null ? null : describeFailure(answer?.status ?? null),
    retry_after_at: retryAfterMs === null ? null : isoTime(atMs + totalMs + retryAfterMs),
    timings: {
      dns_ms: null,
      connect_ms: connectMs,
      tls_ms: null,
      first_byte_ms: firstByteMs,
      total_ms: totalMs,
    },
    resolved_address: "127.0.0.1",
    tls_version: null,
  };
}
