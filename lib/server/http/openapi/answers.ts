// Owns the schemas of what the public API answers, for its description and for the test that holds answers against it.
// Each is typed by its DTO: a DTO that changes without its schema does not compile.
import { z } from "zod";
import type { AttemptDto, DeliveryDetailDto, DeliveryDto } from "@/lib/contracts/deliveries";
import {
  type EnabledEndpointDto,
  type EndpointDto,
  type EndpointStatsDto,
  type EndpointWithSecretDto,
  HELD_ACTIONS,
  PROFILE_SETTINGS,
  type SecretDto,
  type TestSentDto,
  type UpdatedEndpointDto,
} from "@/lib/contracts/endpoints";
import { type AcceptedEventDto, clientEventId, type EventDto } from "@/lib/contracts/events";
import type { ProblemDto } from "@/lib/contracts/problem";
import { ATTEMPT_ERROR_CLASSES } from "@/lib/domain/delivery/error-classes";
import { DELIVERY_STATES, DELIVERY_TRIGGERS, ENDPOINT_STATES } from "@/lib/domain/delivery/states";
import { eventTypeName, eventTypePattern } from "@/lib/domain/endpoint/event-type-match";
import { ENDPOINT_KINDS } from "@/lib/domain/endpoint/kinds";
import { ERROR_CODES } from "@/lib/domain/errors";
import { ID_PREFIXES, type IdKind, idSchema } from "@/lib/domain/ids";
import { autoDisableSchema } from "@/lib/domain/profile/definition-shape";
import { retryPolicySchema } from "@/lib/domain/retry/policy";
import { transformRuleSchema } from "@/lib/domain/transform/rules";
import { credentialsShape } from "./credentials-shape";

/** An id that Signpost has made, by its kind. */
export const id = (kind: IdKind) => idSchema(kind).describe(`Begins with ${ID_PREFIXES[kind]}_`);
const httpStatus = z.number().int().min(100).max(599);
export const instant = z.string().describe("RFC 3339, UTC, milliseconds").meta({ format: "date-time" });
export const count = z.number().int().min(0);
const state = z.enum(DELIVERY_STATES);
const errorClass = z.enum(ATTEMPT_ERROR_CLASSES);
const headerList = z.array(z.tuple([z.string(), z.string()])).describe("Name and value, in order");

export const problemAnswer: z.ZodType<ProblemDto> = z.strictObject({
  type: z.string().describe("Reference to the documentation of this code"),
  title: z.string(),
  status: z.number().int().min(400).max(599),
  code: z.enum(ERROR_CODES),
  detail: z.string().describe("What is wrong here, for people"),
  errors: z
    .array(z.strictObject({ path: z.string(), message: z.string() }))
    .optional()
    .describe("Each refused field; an empty path is the whole body"),
  request_id: id("request"),
});

export const acceptedEventAnswer: z.ZodType<AcceptedEventDto> = z.strictObject({
  id: clientEventId.describe("Your id, or evt_… when you gave none"),
  deliveries: count.describe("How many endpoints it is going to"),
});

const eventShape = {
  id: clientEventId,
  type: eventTypeName,
  tenant: z.string().nullable(),
  subject: z.string().nullable(),
  timestamp: instant,
  attributes: z.record(z.string(), z.string()).nullable(),
  data_size: count.describe("Bytes of data as stored"),
  test: z.boolean(),
  deliveries: count,
  created_at: instant,
};

export const eventAnswer: z.ZodType<EventDto> = z.strictObject(eventShape);

export const eventDetailAnswer = z.strictObject({
  ...eventShape,
  payload_cleared_at: instant.nullable(),
  data: z.unknown().describe("The bytes that were posted; null once retention has cleared them"),
});

const secretAnswer: z.ZodType<SecretDto> = z.strictObject({
  id: id("endpointSecret"),
  hint: z.string(),
  public_key: z.string().nullable().describe("What an ed25519 signature is verified with"),
  created_at: instant,
  expires_at: instant.nullable().describe("When it stops signing; null for the current secret"),
});

const endpointShape = {
  id: id("endpoint"),
  kind: z
    .enum(ENDPOINT_KINDS)
    .describe("subscription: made by webhooks/subscribe; callback: of a single subject, with an end"),
  url: z.string(),
  description: z.string(),
  tenant: z.string().nullable(),
  event_types: z.array(eventTypePattern),
  headers: z.record(z.string(), z.string()).describe("Your custom headers, values masked"),
  timeout_ms: z.number().int(),
  retry_policy: retryPolicySchema,
  max_concurrency: z.number().int(),
  rate_limit: z.number().int().nullable(),
  profile: z
    .strictObject({
      version_id: z.number().int().nullable(),
      slug: z.string(),
      name: z.string(),
      version: z.number().int(),
      latest_version: z.number().int(),
    })
    .describe("The wire contract, and whether it has changed since"),
  overrides: z
    .array(z.enum(PROFILE_SETTINGS))
    .describe("Settings that were set for this endpoint; the others follow the profile"),
  auto_disable: z.union([autoDisableSchema, z.literal(false)]),
  filter: z.string().nullable(),
  transform: z.array(transformRuleSchema).nullable(),
  subjects: z.array(z.string()),
  ...credentialsShape,
  callback: z
    .strictObject({
      expires_at: instant.nullable(),
      unsubscribe_on: z.array(z.string()).describe("Event types that end it"),
      unsubscribed_at: instant.nullable(),
      unsubscribed_by_event: z.string().nullable().describe("The event that ended it"),
    })
    .nullable()
    .describe("When a callback takes no more events; null for any other endpoint"),
  state: z.enum(ENDPOINT_STATES),
  state_reason: z.string().nullable(),
  state_changed_at: instant,
  secrets: z.array(secretAnswer),
  created_at: instant,
  updated_at: instant,
};

export const endpointAnswer: z.ZodType<EndpointDto> = z.strictObject(endpointShape);

export const endpointWithSecretAnswer: z.ZodType<EndpointWithSecretDto> = z.strictObject({
  ...endpointShape,
  secret: z
    .string()
    .describe(
      "What receivers verify with: the shared secret, shown this once, or an ed25519 public key; empty for a profile that does not sign",
    ),
  public_key: z.string().nullable().describe("What receivers of an ed25519 signature verify with, whpk_…"),
});

/** With a secret when the change asked for a new one. */
export const updatedEndpointAnswer: z.ZodType<UpdatedEndpointDto> = z.union([
  endpointAnswer,
  endpointWithSecretAnswer,
]);

export const enabledEndpointAnswer: z.ZodType<EnabledEndpointDto> = z.strictObject({
  ...endpointShape,
  held_deliveries: z.strictObject({ action: z.enum(HELD_ACTIONS), count }),
});

export const endpointStatsAnswer: z.ZodType<EndpointStatsDto> = z.strictObject({
  endpoint_id: id("endpoint"),
  succeeded_24h: count,
  failed_24h: count,
  pending: count,
  held: count,
  last_success_at: instant.nullable(),
  last_failure_at: instant.nullable(),
  counted_since: instant,
  hourly: z
    .array(z.strictObject({ succeeded: count, failed: count }))
    .describe("Attempts, oldest hour first"),
});

export const testSentAnswer: z.ZodType<TestSentDto> = z.strictObject({
  event_id: z.string(),
  delivery_id: id("delivery").describe("Read this delivery until its state is final"),
});

const deliveryShape = {
  id: id("delivery"),
  event_id: z.string(),
  event_type: eventTypeName,
  endpoint_id: id("endpoint"),
  endpoint_url: z.string(),
  trigger: z.enum(DELIVERY_TRIGGERS),
  replay_of: id("delivery").nullable().describe("The delivery that this one repeats"),
  state,
  state_reason: z.string().nullable(),
  attempt_count: count,
  next_attempt_at: instant.nullable(),
  in_flight: z.boolean().describe("True while an attempt is under way"),
  last_status: httpStatus.nullable(),
  last_error_class: errorClass.nullable(),
  last_duration_ms: z.number().nullable(),
  created_at: instant,
  updated_at: instant,
  completed_at: instant.nullable(),
};

export const deliveryAnswer: z.ZodType<DeliveryDto> = z.strictObject(deliveryShape);

const ms = z.number().nullable();

export const attemptAnswer: z.ZodType<AttemptDto> = z.strictObject({
  id: id("attempt"),
  number: z.number().int(),
  succeeded: z.boolean(),
  started_at: instant,
  duration_ms: ms,
  request: z.strictObject({
    method: z.literal("POST"),
    url: z.string(),
    headers: headerList,
    body: z.string().nullable(),
    body_size: count,
    body_sha256: z.string().nullable(),
  }),
  response: z
    .strictObject({
      status: httpStatus,
      headers: headerList,
      body: z.string(),
      body_encoding: z.enum(["utf8", "base64"]),
      body_size: count.nullable(),
      truncated: z.boolean(),
      incomplete: z.boolean(),
    })
    .nullable(),
  error: z.strictObject({ class: errorClass, message: z.string() }).nullable(),
  retry_after_at: instant.nullable(),
  timings: z
    .strictObject({ dns_ms: ms, connect_ms: ms, tls_ms: ms, first_byte_ms: ms, total_ms: z.number() })
    .nullable(),
  resolved_address: z.string().nullable(),
  tls_version: z.string().nullable(),
  secret_ids: z.array(id("endpointSecret")).describe("The secrets that signed this attempt"),
});

export const deliveryDetailAnswer: z.ZodType<DeliveryDetailDto> = z.strictObject({
  ...deliveryShape,
  endpoint: z.strictObject({
    state: z.enum(ENDPOINT_STATES),
    state_reason: z.string().nullable(),
    description: z.string(),
    deleted: z.boolean(),
  }),
  event: z.strictObject({
    timestamp: instant,
    tenant: z.string().nullable(),
    subject: z.string().nullable(),
    payload_available: z.boolean(),
  }),
  attempts: z.array(attemptAnswer),
  planned_attempts: z.array(z.strictObject({ number: z.number().int(), at: instant })),
  replays: z.array(z.strictObject({ id: id("delivery"), state, created_at: instant })),
});

/** One page of a list. */
export function pageOf(item: z.ZodType): z.ZodType {
  return z.strictObject({
    data: z.array(item),
    next_cursor: z.string().nullable().describe("Give it as ?cursor for the next page; null on the last one"),
  });
}
