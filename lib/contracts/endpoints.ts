// Owns the wire shapes of endpoints and their secrets.
import { z } from "zod";
import type { EndpointState } from "@/lib/domain/delivery/states";
import { ENDPOINT_STATES } from "@/lib/domain/delivery/states";
import { eventTypeName, eventTypePattern } from "@/lib/domain/endpoint/event-type-match";
import type { EndpointKind } from "@/lib/domain/endpoint/kinds";
import { idSchema } from "@/lib/domain/ids";
import { type AutoDisableRule, autoDisableSchema } from "@/lib/domain/profile/definition-shape";
import { type RetryPolicy, retryPolicySchema } from "@/lib/domain/retry/policy";
import type { TransformRule } from "@/lib/domain/transform/rules";
import { transformSchema } from "@/lib/domain/transform/schema";
import { externalName, type Instant, pageQuery, plainText } from "./common";
import { type EndpointCredentialsDto, endpointAuthInput } from "./endpoint-auth";
import { jsonText } from "./json-text";

export const DEFAULT_MAX_CONCURRENCY = 10;
/** Ingest matches every event against all endpoints of its environment, so their number is bounded. */
export const MAX_ENDPOINTS_PER_ENVIRONMENT = 1000;
/** Callbacks that have not ended. An event is matched only with those of its own subject, so there may be more of them. */
export const MAX_CALLBACKS_PER_ENVIRONMENT = 5000;
/** More signatures than this would make the header unreasonably long (8 KiB is a usual limit of receivers). */
export const MAX_LIVE_SECRETS = 10;

/** Subjects that one endpoint may be scoped to. */
export const MAX_SUBJECTS = 100;

export const profileRef = z
  .string()
  .max(64)
  .regex(
    /^([a-z0-9]+(-[a-z0-9]+)*|prof_[0-9a-z]{26})$/,
    "must be a profile's slug, such as stripe, or its id",
  );

/** Settings that follow the profile until a person sets them for one endpoint. */
export const PROFILE_SETTINGS = ["timeout_ms", "retry_policy", "auto_disable"] as const;
export type ProfileSetting = (typeof PROFILE_SETTINGS)[number];

/** A secret that receivers already have, so that nothing changes for them. */
export const importedSecret = z.string().min(1).max(512);

const wireFields = {
  profile: profileRef.describe(
    "How requests look and are signed: a slug such as standard-webhooks, or an id",
  ),
  filter: z
    .string()
    .min(1)
    .max(2_000)
    .nullable()
    .describe("A CEL expression over event, such as event.data.amount > 100; null takes every event"),
  transform: transformSchema
    .nullable()
    .describe("Field mapping: rules that change data before it is sent, in their order"),
  subjects: z
    .array(externalName(256))
    .max(MAX_SUBJECTS)
    .describe("Only events about one of these; empty takes events about anything"),
  rate_limit: z.number().int().min(1).max(1000).nullable().describe("Most attempts each second"),
  auto_disable: z
    .union([autoDisableSchema, z.literal(false)])
    .nullable()
    .describe("When to disable it for failing; false is never, null follows the profile"),
};

const timeoutMs = z.number().int().min(1000).max(30_000);
const headers = z.record(z.string().min(1).max(128), z.string().max(4096));

export const createEndpointInput = z.strictObject({
  url: z.string().min(1).max(2048).describe("Where to deliver; https unless the instance allows http"),
  event_types: z.array(eventTypePattern).min(1).max(100).describe("Names, groups such as order.*, or *"),
  tenant: externalName(128).nullish().describe("Whose endpoint it is; without one it is your own"),
  description: plainText(256).optional().describe("For people"),
  headers: headers.optional().describe("Sent with each request; values are write-only"),
  timeout_ms: timeoutMs.nullish().describe("For a whole attempt; null follows the profile"),
  retry_policy: retryPolicySchema
    .nullish()
    .describe("A preset, a list of delays, or a formula; null follows the profile"),
  max_concurrency: z.number().int().min(1).max(100).optional().describe("Attempts at the same time"),
  profile: wireFields.profile.optional(),
  filter: wireFields.filter.optional(),
  transform: wireFields.transform.optional(),
  subjects: wireFields.subjects.optional(),
  rate_limit: wireFields.rate_limit.optional(),
  auto_disable: wireFields.auto_disable.optional(),
  auth: endpointAuthInput
    .optional()
    .describe("How requests say who is calling, beside the signature; write-only"),
  secret: importedSecret.optional().describe("One that receivers have already; made for you unless given"),
});
export type CreateEndpointInput = z.infer<typeof createEndpointInput>;

/** A partial change; `headers` replaces all custom headers (their values cannot be read back), null removes them. */
export const updateEndpointInput = z
  .strictObject({
    url: createEndpointInput.shape.url,
    event_types: createEndpointInput.shape.event_types,
    tenant: externalName(128).nullable().describe("Whose endpoint it is; null makes it your own"),
    description: plainText(256).describe("For people"),
    headers: headers.nullable().describe("Replaces all custom headers; null removes them"),
    timeout_ms: timeoutMs.nullable().describe("For a whole attempt; null follows the profile"),
    retry_policy: retryPolicySchema
      .nullable()
      .describe("A preset, a list of delays, or a formula; null follows the profile"),
    max_concurrency: z.number().int().min(1).max(100).describe("Attempts at the same time"),
    ...wireFields,
    keep_credentials: z
      .literal(true)
      .describe(
        "Send the stored authentication, headers and client certificate to a new address of another origin too",
      ),
    new_secret: z
      .literal(true)
      .describe(
        "Make a new secret with this change: needed when the new profile cannot use the one there is",
      ),
  })
  .partial();
export type UpdateEndpointInput = z.infer<typeof updateEndpointInput>;

export const HELD_ACTIONS = ["release", "replay", "drop", "keep"] as const;

/** What happens to held deliveries when an endpoint is enabled. */
export const enableEndpointInput = z.strictObject({
  held: z
    .enum(HELD_ACTIONS)
    .default("release")
    .describe(
      "release: due now, and on with their schedules, as they were made; replay: each is made anew, with the whole schedule and the endpoint's profile and field mapping of now; drop: cancelled for good; keep: still held",
    ),
});
export type EnableEndpointInput = z.infer<typeof enableEndpointInput>;

export const MAX_OVERLAP_SECONDS = 7 * 24 * 3600;

/** `overlap_seconds` 0 kills the old secret at once; otherwise both sign until it ends. */
export const rotateSecretInput = z.strictObject({
  overlap_seconds: z
    .number()
    .int()
    .min(0)
    .max(MAX_OVERLAP_SECONDS)
    .optional()
    .describe("The profile's own unless given; a profile whose signature carries one secret allows 0 only"),
  secret: importedSecret.optional().describe("One that receivers have already; made for you unless given"),
});
export type RotateSecretInput = z.infer<typeof rotateSecretInput>;

/** A test event through the real pipeline; `data` is kept as the raw text given. */
export const sendTestInput = z.strictObject({
  type: eventTypeName.optional().describe("signpost.test unless given"),
  data_text: jsonText
    .optional()
    .describe("JSON text to send as data, byte for byte; the example of the type unless given"),
});
export type SendTestInput = z.infer<typeof sendTestInput>;

/** The test is under way: watch the delivery until it is final. */
export type TestSentDto = { event_id: string; delivery_id: string };

/** The two lists of endpoints that people look at. */
export const ENDPOINT_LISTS = ["ordinary", "callback"] as const;

export const listEndpointsQuery = pageQuery.extend({
  state: z.enum(ENDPOINT_STATES).optional(),
  tenant: externalName(128).optional(),
  kind: z
    .enum(ENDPOINT_LISTS)
    .optional()
    .describe("callback: those of single subjects, ordinary: all others; both unless given"),
  subject: externalName(256).optional().describe("Those that are scoped to it"),
  event_type: eventTypeName.optional().describe("Those that take events of this type"),
  profile: profileRef.optional().describe("Those on any version of this profile, by slug or id"),
  /** Part of a URL, description, tenant or id. */
  search: plainText(200).min(1).optional(),
});
export type ListEndpointsQuery = z.infer<typeof listEndpointsQuery>;

export type SecretDto = {
  id: string;
  hint: string;
  /** What receivers of an ed25519 signature verify with; null for a shared secret. */
  public_key: string | null;
  created_at: Instant;
  expires_at: Instant | null;
};

export type EndpointProfileDto = {
  /** Null for the default, which needs no row. */
  version_id: number | null;
  slug: string;
  name: string;
  version: number;
  /** Higher than `version` when the profile has changed since: this endpoint still sends the old form. */
  latest_version: number;
};

/** When a callback takes no more events. */
export type EndpointEndDto = {
  expires_at: Instant | null;
  /** Event types that end it. */
  unsubscribe_on: string[];
  unsubscribed_at: Instant | null;
  /** The event that ended it; null when a call or a person did. */
  unsubscribed_by_event: string | null;
};

export type EndpointDto = EndpointCredentialsDto & {
  id: string;
  kind: EndpointKind;
  url: string;
  description: string;
  tenant: string | null;
  event_types: string[];
  /** Custom headers with masked values: they are write-only. */
  headers: Record<string, string>;
  timeout_ms: number;
  retry_policy: RetryPolicy;
  max_concurrency: number;
  rate_limit: number | null;
  profile: EndpointProfileDto;
  /** Settings that were set for this endpoint; the others follow the profile. */
  overrides: ProfileSetting[];
  auto_disable: AutoDisableRule | false;
  filter: string | null;
  transform: TransformRule[] | null;
  subjects: string[];
  /** Of a callback only. */
  callback: EndpointEndDto | null;
  state: EndpointState;
  state_reason: string | null;
  state_changed_at: Instant;
  secrets: SecretDto[];
  created_at: Instant;
  updated_at: Instant;
};

/** The only two answers that carry a secret in clear: creation and rotation. */
export type EndpointWithSecretDto = EndpointDto & {
  /** What receivers verify with: the shared secret, or the public key of an ed25519 signature; empty when nothing is signed. */
  secret: string;
  /** What receivers of an ed25519 signature verify with. */
  public_key: string | null;
};

/** A change's answer; it has a secret when the change asked for a new one. */
export type UpdatedEndpointDto = EndpointDto | EndpointWithSecretDto;

/** What enabling did with the deliveries that were held. */
export type EnabledEndpointDto = EndpointDto & {
  held_deliveries: { action: EnableEndpointInput["held"]; count: number };
};

/**
 * Numbers for lists and pages, loaded after the rows. Deliveries are those created in the last 24 hours; tests do not count.
 * A very busy endpoint is counted from `counted_since` only (its most recent deliveries), never slowly.
 */
export type EndpointStatsDto = {
  endpoint_id: string;
  succeeded_24h: number;
  failed_24h: number;
  pending: number;
  held: number;
  last_success_at: Instant | null;
  last_failure_at: Instant | null;
  counted_since: Instant;
  /** Attempts per hour for the last 24 hours, oldest first. */
  hourly: { succeeded: number; failed: number }[];
};

export const MAX_STATS_IDS = 50;

/** `?ids=ep_a,ep_b`: the numbers of one page of a list in one call. */
export const endpointStatsQuery = z.strictObject({
  ids: z
    .string()
    .max(MAX_STATS_IDS * 40)
    .transform((value) => value.split(","))
    .pipe(z.array(idSchema("endpoint")).min(1).max(MAX_STATS_IDS)),
});

/** The verdict on a URL as it is typed: `url` is the form that would be saved, `warning` why a delivery would fail at the moment. */
export type UrlCheckDto =
  | { outcome: "allowed"; url: string; warning: string | null }
  | { outcome: "refused"; code: string; message: string };

export const checkUrlInput = z.strictObject({ url: z.string().min(1).max(2048) });
