// Owns what a partial change does to a locked endpoint: its row, its secrets, its waiting deliveries, the record of it.
// Knows nothing about its state and opens no transaction.
import type { ProfileSetting, UpdateEndpointInput } from "@/lib/contracts/endpoints";
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
import { tellRotation } from "../alerts/tell-rotation";
import { restartHealth } from "../health/restart-health";
import { requireCredentialsMayMove } from "./carried-credentials";
import { requireEndpoint } from "./change-endpoint";
import { requireAuthHeaderFree } from "./credentials";
import { endForeignDeliveries } from "./end-foreign-deliveries";
import { type MadeSecret, makeSecret } from "./make-secret";
import { repinToNewSecret } from "./repin-deliveries";
import { sealHeaders } from "./seal-headers";
import {
  acceptFilter,
  type FollowedSettings,
  followProfile,
  profileHeaderNames,
  requireProfile,
} from "./wire-settings";

/** A profile's version as people read it. */
const versionOf = ({ slug, number }: ProfileInUse) => `${slug}, version ${number}`;

/** What the audit log keeps: readable settings with their old and new value, custom headers by name only. */
function describeChange(row: EndpointView, change: EndpointChange, from: ProfileInUse, to: ProfileInUse) {
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
  note("profile", versionOf(from), change.profileVersionId === undefined ? undefined : versionOf(to));
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
): Promise<{ change: EndpointChange; profile: ProfileInUse; old: ProfileInUse }> {
  if (row.kind === "callback" && input.subjects !== undefined) {
    const message = "A callback is scoped to its own subject; put one for the other subject.";
    throw new AppError("invalid_request", message, { errors: [{ path: "subjects", message }] });
  }
  const old = await profileInUse(tx, row.profileVersionId);
  const profile = input.profile === undefined ? old : await requireProfile(tx, ctx, actor, input.profile);
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
  return { change, profile, old };
}

export type ChangedSettings = {
  row: EndpointView;
  /** The secret that `new_secret` asked for; null otherwise. */
  made: MadeSecret | null;
  /** To be called after the commit: what was too much for one transaction. */
  finish: () => Promise<void>;
};

const nothingLeft = async () => undefined;

/**
 * Changes the fields that are given. `before` has been locked by this transaction, and `url` accepted. Throws
 * `invalid_request`, `conflict` (secrets that the new profile cannot use, credentials that another origin would get).
 */
export async function changeSettings(
  tx: Tx,
  ctx: ServiceContext,
  actor: Actor,
  before: EndpointView,
  input: UpdateEndpointInput,
  url: string | undefined,
): Promise<ChangedSettings> {
  const { id } = before;
  const now = new Date(ctx.now());
  const kept =
    url === undefined
      ? []
      : requireCredentialsMayMove(before, url, {
          keep: input.keep_credentials === true,
          newHeaders: input.headers !== undefined,
        });
  const { change, profile, old } = await planChange(tx, ctx, actor, before, input, url);
  const detail = describeChange(before, change, old, profile);
  const made = input.new_secret === true ? makeSecret(ctx, id, profile.definition) : null;
  if (Object.keys(detail.after).length === 0 && made === null)
    return { row: before, made, finish: nothingLeft };
  if (made !== null) await replaceSecrets(tx, id, made, now);
  else if (change.profileVersionId !== undefined) await checkSecrets(tx, ctx, before, profile, now);
  await updateEndpointRow(tx, actor.environmentId, id, change, now);
  await recordAudit(tx, ctx, actor, {
    action: "endpoint.updated",
    targetKind: "endpoint",
    targetId: id,
    detail: {
      ...detail,
      ...(kept.length > 0 && { kept_credentials: kept }),
      ...(made !== null && { new_secret: made.row?.hint ?? null }),
    },
  });
  if (made !== null && made.row !== null) {
    await tellRotation(tx, ctx, actor, { endpoint: before, secret: made.row, overlapSeconds: 0 });
  }
  const ref = { environmentId: actor.environmentId, endpointId: id };
  const repinOthers =
    made !== null && change.profileVersionId !== undefined
      ? await repinToNewSecret(tx, ctx, ref, old.definition, profile, made)
      : null;
  const { tenant = null } = change;
  const endOthers =
    tenant !== null && tenant !== before.tenant ? await endForeignDeliveries(tx, ctx, ref, tenant) : null;
  // Another address is another receiver: what the old one did says nothing about it.
  if (change.url !== undefined && change.url !== before.url) await restartHealth(tx, ctx, id);
  return {
    row: await requireEndpoint(ctx, actor, id, tx),
    made,
    finish: async () => {
      await repinOthers?.();
      await endOthers?.();
    },
  };
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
