// Owns the way from an endpoint's row to what may be shown of it. Secrets and header values have no way through here.
import type {
  EndpointDto,
  EndpointEndDto,
  EndpointProfileDto,
  ProfileSetting,
} from "@/lib/contracts/endpoints";
import type { EndpointState } from "@/lib/domain/delivery/states";
import type { EndpointKind } from "@/lib/domain/endpoint/kinds";
import { DEFAULT_PROFILE } from "@/lib/domain/profile/built-in";
import type { AutoDisableRule } from "@/lib/domain/profile/definition-shape";
import { retryPolicySchema } from "@/lib/domain/retry/policy";
import type { TransformRule } from "@/lib/domain/transform/rules";
import type { EndpointView } from "@/lib/server/repositories/endpoints";
import { toCredentialsDto } from "./credentials";

/** Stands for every custom header value: they are write-only, and not even their length is shown. */
export const MASKED_HEADER = "••••••••";

/** What lists, pages and the API show of an endpoint. */
export function toEndpointDto(row: EndpointView): EndpointDto {
  return {
    id: row.id,
    // The column has a check constraint with the same words.
    kind: row.kind as EndpointKind,
    url: row.url,
    description: row.description,
    tenant: row.tenant,
    event_types: row.eventTypes,
    headers: Object.fromEntries(row.headerNames.map((name) => [name, MASKED_HEADER])),
    timeout_ms: row.timeoutMs,
    retry_policy: retryPolicySchema.parse(row.retryPolicy),
    max_concurrency: row.maxConcurrency,
    rate_limit: row.rateLimit,
    profile: profileOf(row),
    overrides: row.overrides as ProfileSetting[],
    auto_disable: (row.autoDisable as AutoDisableRule | null) ?? false,
    filter: row.filter,
    transform: row.transform === null ? null : (JSON.parse(row.transform.rules) as TransformRule[]),
    subjects: row.subjects,
    ...toCredentialsDto(row),
    callback: row.kind === "callback" ? endOf(row) : null,
    // The column has a check constraint with the same words.
    state: row.state as EndpointState,
    state_reason: row.stateReason,
    state_changed_at: row.stateChangedAt.toISOString(),
    // The current one first; retiring ones follow, newest first.
    secrets: [...row.secrets]
      .sort((a, b) => Number(a.expiresAt !== null) - Number(b.expiresAt !== null))
      .map((secret) => ({
        id: secret.id,
        hint: secret.hint,
        public_key: secret.publicKey,
        created_at: secret.createdAt.toISOString(),
        expires_at: secret.expiresAt?.toISOString() ?? null,
      })),
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  };
}

function endOf(row: EndpointView): EndpointEndDto {
  return {
    expires_at: row.expiresAt?.toISOString() ?? null,
    unsubscribe_on: row.unsubscribeOn,
    unsubscribed_at: row.unsubscribedAt?.toISOString() ?? null,
    unsubscribed_by_event: row.unsubscribedByEvent,
  };
}

function profileOf({ profileVersion, profileVersionId }: EndpointView): EndpointProfileDto {
  if (profileVersion === null) {
    const { slug, name } = DEFAULT_PROFILE;
    return { version_id: null, slug, name, version: 1, latest_version: 1 };
  }
  const { number, profile } = profileVersion;
  return {
    version_id: profileVersionId,
    slug: profile.slug,
    name: profile.name,
    version: number,
    latest_version: profile.versions[0]?.number ?? number,
  };
}
