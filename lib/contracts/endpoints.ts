// Owns the wire shapes of endpoints and their secrets.
import { z } from "zod";
import type { EndpointState } from "@/lib/domain/delivery/states";
import { ENDPOINT_STATES } from "@/lib/domain/delivery/states";
import { eventTypePattern } from "@/lib/domain/endpoint/event-type-match";
import { type RetryPolicy, retryPolicySchema } from "@/lib/domain/retry/policy";
import { externalName, type Instant, pageQuery, plainText } from "./common";

export const DEFAULT_TIMEOUT_MS = 15_000;
export const DEFAULT_MAX_CONCURRENCY = 10;

const headers = z.record(z.string().min(1).max(128), z.string().max(4096));

export const createEndpointInput = z.strictObject({
  url: z.string().min(1).max(2048),
  event_types: z.array(eventTypePattern).min(1).max(100),
  tenant: externalName(128).nullish(),
  description: plainText(256).optional(),
  headers: headers.optional(),
  timeout_ms: z.number().int().min(1000).max(30_000).optional(),
  retry_policy: retryPolicySchema.optional(),
  max_concurrency: z.number().int().min(1).max(100).optional(),
});
export type CreateEndpointInput = z.infer<typeof createEndpointInput>;

/** A partial change; `headers` replaces all custom headers (their values cannot be read back), null removes them. */
export const updateEndpointInput = z
  .strictObject({
    url: z.string().min(1).max(2048),
    event_types: z.array(eventTypePattern).min(1).max(100),
    tenant: externalName(128).nullable(),
    description: plainText(256),
    headers: headers.nullable(),
    timeout_ms: z.number().int().min(1000).max(30_000),
    retry_policy: retryPolicySchema,
    max_concurrency: z.number().int().min(1).max(100),
  })
  .partial();
export type UpdateEndpointInput = z.infer<typeof updateEndpointInput>;

/** What happens to held deliveries when an endpoint is enabled: sent now, dropped for good, or kept held. */
export const enableEndpointInput = z.strictObject({
  held: z.enum(["release", "drop", "keep"]).default("release"),
});
export type EnableEndpointInput = z.infer<typeof enableEndpointInput>;

export const MAX_OVERLAP_SECONDS = 7 * 24 * 3600;

/** `overlap_seconds` 0 kills the old secret at once; otherwise both sign until it ends. */
export const rotateSecretInput = z.strictObject({
  overlap_seconds: z.number().int().min(0).max(MAX_OVERLAP_SECONDS).default(86_400),
});
export type RotateSecretInput = z.infer<typeof rotateSecretInput>;

/** A test event through the real pipeline; `data` is kept as the raw text given. */
export const sendTestInput = z.strictObject({
  type: z.string().min(1).max(256).optional(),
  data_text: z
    .string()
    .max(256 * 1024)
    .optional(),
});
export type SendTestInput = z.infer<typeof sendTestInput>;

export const listEndpointsQuery = pageQuery.extend({
  state: z.enum(ENDPOINT_STATES).optional(),
  tenant: z.string().min(1).max(128).optional(),
  search: z.string().min(1).max(200).optional(),
});
export type ListEndpointsQuery = z.infer<typeof listEndpointsQuery>;

export type SecretDto = { id: string; hint: string; created_at: Instant; expires_at: Instant | null };

export type EndpointDto = {
  id: string;
  url: string;
  description: string;
  tenant: string | null;
  event_types: string[];
  /** Custom headers with masked values: they are write-only. */
  headers: Record<string, string>;
  timeout_ms: number;
  retry_policy: RetryPolicy;
  max_concurrency: number;
  state: EndpointState;
  state_reason: string | null;
  state_changed_at: Instant;
  secrets: SecretDto[];
  created_at: Instant;
  updated_at: Instant;
};

/** The only two answers that carry a secret in clear: creation and rotation. */
export type EndpointWithSecretDto = EndpointDto & { secret: string };

/** Numbers for lists and pages, loaded after the rows. Rates are shares of finished deliveries of the last 24 hours. */
export type EndpointStatsDto = {
  endpoint_id: string;
  succeeded_24h: number;
  failed_24h: number;
  pending: number;
  held: number;
  last_success_at: Instant | null;
  last_failure_at: Instant | null;
  /** Attempts per hour for the last 24 hours, oldest first. */
  hourly: { succeeded: number; failed: number }[];
};

export type UrlCheckDto =
  | { outcome: "allowed"; url: string; addresses: string[] }
  | { outcome: "refused"; code: string; message: string };

export const checkUrlInput = z.strictObject({ url: z.string().min(1).max(2048) });
