// Owns partial changes of an endpoint's settings. Knows nothing about its state or its secrets.
import type { ProfileSetting, UpdatedEndpointDto, UpdateEndpointInput } from "@/lib/contracts/endpoints";
import { type Actor, actorIdOf } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import { compileProfile } from "@/lib/domain/profile/compile";
import type { AutoDisableRule } from "@/lib/domain/profile/definition-shape";
import { retryPolicySchema } from "@/lib/domain/retry/policy";
import { SecretError } from "@/lib/domain/signing/keys";
import type { ServiceContext } from "@/lib/server/context";
import { recordAudit } from "@/lib/server/repositories/audit";
import type { Tx } from "@/lib/server/repositories/database";
import {
  expireSecrets,
  insertSecret,
  listLiveSecrets,
  listSealedSecrets,
  wipeEndedSecrets,
} from "@/lib/server/repositories/endpoint-secrets";
import {
  type EndpointChange,
  type EndpointView,
  insertTransform,
  updateEndpointRow,
} from "@/lib/server/repositories/endpoints";
import { type ProfileInUse, profileInUse } from "@/lib/server/repositories/profiles";
import { tellRotation } from "./alerts/tell-rotation";
import { acceptUrl } from "./endpoint/accept-url";
import { changeEndpoint, requireEndpoint } from "./endpoint/change-endpoint";
import { requireAuthHeaderFree } from "./endpoint/credentials";
import { endForeignDeliveries } from "./endpoint/end-foreign-deliveries";
import { toEndpointDto } from "./endpoint/endpoint-dto";
import { type MadeSecret, makeSecret } from "./endpoint/make-secret";
import { sealHeaders } from "./endpoint/seal-headers";
import {
  acceptFilter,
  type FollowedSettings,
  followProfile,
  profileHeaderNames,
  requireProfile,
} from "./endpoint/wire-settings";
import { restartHealth } from "./health/restart-health";
import { requirePermission } from "./require-permission";

/** What the audit log keeps: readable settings with their old and new value, custom headers by name only. */
function describeChange(row: EndpointView, change: EndpointChange) {
  const before: Record<string, unknown> = {};
  const after: Record<string, unknown> = {};
  const note = (name: string, old: unknown, next: unknown) => {
    if (next === undefined || JSON.stringify(old) === JSON.stringify(next)) return;
    before[name] = old;
    after[name] = next;
  };
  note("url", row.url, change.url);
  note("event_types", row.eventTypes, change.eventTypes);
  note("tenant", row.tenant, change.tenant);
  note("description", row.description, change.description);
  note("timeout_ms", row.timeoutMs, change.timeoutMs);
  note("retry_policy", row.retryPolicy, change.retryPolicy);
  note("max_concurrency", row.maxConcurrency, change.maxConcurrency);
  note("profile_version_id", row.profileVersionId, change.profileVersionId);
  note("overrides", row.overrides, change.overrides);
  note("filter", row.filter, change.filter);
  note("transform_id", row.transformId, change.transformId);
  note("subjects", row.subjects, change.subjects);
  note("auto_disable", row.autoDisable, change.autoDisable);
  note("rate_limit", row.rateLimit, change.rateLimit);
  // Values cannot be compared without opening them; that they were set again is what matters.
  if (change.headerNames !== undefined) {
    before.header_names = row.headerNames;
    after.header_names = change.headerNames;
  }
  return { before, after };
}

/** The settings that the row has, as `followProfile` takes them. */
const settingsOf = (row: EndpointView): FollowedSettings => ({
  timeoutMs: row.timeoutMs,
  retryPolicy: retryPolicySchema.parse(row.retryPolicy),
  autoDisable: row.autoDisable as AutoDisableRule | null,
  overrides: row.overrides as ProfileSetting[],
});

/** Throws `conflict` when the endpoint's secrets are not of the kind that the profile signs with. */
async function checkSecrets(
  tx: Tx,
  ctx: ServiceContext,
  row: EndpointView,
  profile: ProfileInUse,
  now: Date,
) {
  const compiled = compileProfile(profile.definition);
  const sealed = await listSealedSecrets(tx, row.id, now);
  const fits = sealed.every(({ id, ciphertext }) => {
    const text = ctx.secrets.open(ciphertext, { table: "endpoint_secret", rowId: id, field: "ciphertext" });
    try {
      compiled.openKey(text);
      return true;
    } catch (error) {
      if (error instanceof SecretError) return false;
      throw error;
    }
  });
  if (fits && (sealed.length > 0 || profile.definition.signature.kind === "none")) return;
  throw new AppError(
    "conflict",
    `The profile ${profile.name} signs with another kind of secret than this endpoint has. Pass new_secret: true to make one with this change; the old one ends at once.`,
  );
}

/** What a partial change means for the row: given fields, and those that follow a new profile. */
async function planChange(
  tx: Tx,
  ctx: ServiceContext,
  actor: Actor,
  row: EndpointView,
  input: UpdateEndpointInput,
  url: string | undefined,
): Promise<{ change: EndpointChange; profile: ProfileInUse }> {
  if (row.kind === "callback" && input.subjects !== undefined) {
    const message = "A callback is scoped to its own subject; put one for the other subject.";
    throw new AppError("invalid_request", message, { errors: [{ path: "subjects", message }] });
  }
  const profile =
    input.profile === undefined
      ? await profileInUse(tx, row.profileVersionId)
      : await requireProfile(tx, ctx, actor, input.profile);
  const names = profileHeaderNames(profile.definition);
  const moved = profile.versionId !== row.profileVersionId;
  const clash =
    moved && input.headers === undefined
      ? row.headerNames.filter((name) => names.includes(name.toLowerCase()))
      : [];
  if (clash.length > 0) {
    const message = `The profile ${profile.name} sends ${clash.join(", ")} itself; remove the endpoint's own first.`;
    throw new AppError("invalid_request", message, { errors: [{ path: "profile", message }] });
  }
  const before = settingsOf(row);
  const followed = followProfile(profile.definition, input, before);
  const change: EndpointChange = {
    ...(url !== undefined && { url }),
    ...(input.event_types !== undefined && { eventTypes: [...new Set(input.event_types)] }),
    ...(input.tenant !== undefined && { tenant: input.tenant }),
    ...(input.description !== undefined && { description: input.description }),
    ...(input.max_concurrency !== undefined && { maxConcurrency: input.max_concurrency }),
    ...(input.filter !== undefined && { filter: acceptFilter(input.filter) }),
    ...(input.subjects !== undefined && { subjects: [...new Set(input.subjects)] }),
    ...(input.rate_limit !== undefined && { rateLimit: input.rate_limit }),
    ...(input.headers !== undefined && sealHeaders(ctx, row.id, input.headers, names)),
    ...(moved && { profileVersionId: profile.versionId }),
    ...followed,
  };
  await requireAuthHeaderFree(tx, row.id, change.headerNames ?? [], "headers");
  await requireAuthHeaderFree(tx, row.id, moved ? names : [], "profile");
  if (input.transform !== undefined) {
    const rules =
      input.transform === null || input.transform.length === 0 ? null : JSON.stringify(input.transform);
    if (rules !== (row.transform?.rules ?? null)) {
      change.transformId = rules === null ? null : await insertTransform(tx, row.id, rules, actorIdOf(actor));
    }
  }
  return { change, profile };
}

/**
 * Changes the fields that are given and leaves all others (the row is locked, so parallel changes lose nothing).
 * Deliveries that wait for their next attempt use the new address, timeout and schedule; their profile and field mapping
 * stay, so that every attempt sends the same bytes. Those of another tenant's events than a new tenant's end. The answer has a secret only when `new_secret` asked for one.
 * Throws `not_found`, `target_not_allowed`, `invalid_request`, `conflict` (secrets that the new profile cannot use).
 */
export async function updateEndpoint(
  ctx: ServiceContext,
  actor: Actor,
  id: string,
  input: UpdateEndpointInput,
): Promise<UpdatedEndpointDto> {
  requirePermission(actor, "endpoints:write");
  // Before the transaction: resolving a name may take seconds, and a foreign id must not become a resolver.
  await requireEndpoint(ctx, actor, id);
  const url = input.url === undefined ? undefined : await acceptUrl(ctx, input.url);
  const { row, made, endOthers } = await changeEndpoint(ctx, actor, id, async (tx, before, now) => {
    const { change, profile } = await planChange(tx, ctx, actor, before, input, url);
    const detail = describeChange(before, change);
    const made = input.new_secret === true ? makeSecret(ctx, id, profile.definition) : null;
    if (Object.keys(detail.after).length === 0 && made === null) return { row: before, made, endOthers: null };
    if (made !== null) await replaceSecrets(tx, id, made, now);
    else if (change.profileVersionId !== undefined) await checkSecrets(tx, ctx, before, profile, now);
    await updateEndpointRow(tx, actor.environmentId, id, change, now);
    await recordAudit(tx, ctx, actor, {
      action: "endpoint.updated",
      targetKind: "endpoint",
      targetId: id,
      detail: { ...detail, ...(made !== null && { new_secret: made.row?.hint ?? null }) },
    });
    if (made !== null && made.row !== null) {
      await tellRotation(tx, ctx, actor, { endpoint: before, secret: made.row, overlapSeconds: 0 });
    }
    const { tenant = null } = change;
    const ref = { environmentId: actor.environmentId, endpointId: id };
    const endOthers =
      tenant !== null && tenant !== before.tenant ? await endForeignDeliveries(tx, ctx, ref, tenant) : null;
    // Another address is another receiver: what the old one did says nothing about it.
    if (change.url !== undefined && change.url !== before.url) await restartHealth(tx, ctx, id);
    return { row: await requireEndpoint(ctx, actor, id, tx), made, endOthers };
  });
  await endOthers?.();
  const dto = toEndpointDto(row);
  return made === null ? dto : { ...dto, secret: made.secret, public_key: made.publicKey };
}

async function replaceSecrets(tx: Tx, id: string, made: MadeSecret, now: Date): Promise<void> {
  const live = await listLiveSecrets(tx, id, now);
  await expireSecrets(
    tx,
    id,
    live.map((old) => old.id),
    now,
  );
  await wipeEndedSecrets(tx, id, now);
  if (made.row !== null) await insertSecret(tx, made.row);
}
