// Owns the rows of a new endpoint, whatever asks for it: the endpoints API, webhooks/subscribe, a subject's callback.
import {
  type CreateEndpointInput,
  DEFAULT_MAX_CONCURRENCY,
  MAX_CALLBACKS_PER_ENVIRONMENT,
  MAX_ENDPOINTS_PER_ENVIRONMENT,
} from "@/lib/contracts/endpoints";
import { type Actor, actorIdOf } from "@/lib/domain/access/permissions";
import type { EndpointKind } from "@/lib/domain/endpoint/kinds";
import { AppError } from "@/lib/domain/errors";
import { DEFAULT_PROFILE } from "@/lib/domain/profile/built-in";
import type { ServiceContext } from "@/lib/server/context";
import { recordAudit } from "@/lib/server/repositories/audit";
import type { Tx } from "@/lib/server/repositories/database";
import { putAuth } from "@/lib/server/repositories/endpoint-credentials";
import { insertSecret } from "@/lib/server/repositories/endpoint-secrets";
import {
  countCallbacks,
  countEndpoints,
  type EndpointView,
  insertEndpoint,
  insertTransform,
  updateEndpointRow,
} from "@/lib/server/repositories/endpoints";
import { findDefaultProfile } from "@/lib/server/repositories/environments";
import { type ProfileInUse, takeProfile } from "@/lib/server/repositories/profiles";
import { requireEndpoint } from "./change-endpoint";
import { sealAuth } from "./credentials";
import { type MadeSecret, makeSecret } from "./make-secret";
import { sealHeaders } from "./seal-headers";
import { acceptFilter, followProfile, profileHeaderNames, requireProfile } from "./wire-settings";

export type NewEndpointInput = {
  /** Settings as the API takes them; the URL and that of access tokens have been accepted. */
  settings: CreateEndpointInput;
  kind: EndpointKind;
  /** Of callbacks only. */
  expiresAt?: Date | null;
  unsubscribeOn?: string[];
};

/** Throws `conflict` when there is no room for one more; the lock on the environment makes the count exact. */
async function requireRoom(tx: Tx, environmentId: string, kind: EndpointKind, now: Date): Promise<void> {
  if (kind === "callback") {
    if ((await countCallbacks(tx, environmentId, now)) < MAX_CALLBACKS_PER_ENVIRONMENT) return;
    throw new AppError(
      "conflict",
      `This environment has ${MAX_CALLBACKS_PER_ENVIRONMENT} callbacks that have not ended, the most that are allowed. Give them an expiry or final event types, or end some.`,
    );
  }
  if ((await countEndpoints(tx, environmentId)) < MAX_ENDPOINTS_PER_ENVIRONMENT) return;
  throw new AppError(
    "conflict",
    `This environment has ${MAX_ENDPOINTS_PER_ENVIRONMENT} endpoints, the most that are allowed. Delete one first.`,
  );
}

/** The profile for makers who name none. Throws `conflict` when the environment's own default is gone. */
async function defaultProfile(tx: Tx, ctx: ServiceContext, actor: Actor): Promise<ProfileInUse> {
  const ref = (await findDefaultProfile(tx, actor.environmentId)) ?? DEFAULT_PROFILE.slug;
  const profile = await takeProfile(tx, ctx.newId, actor.workspaceId, ref);
  if (profile !== null) return profile;
  throw new AppError(
    "conflict",
    `The default profile of this environment, ${ref}, was archived. Choose another default, or name a profile.`,
  );
}

/**
 * Adds an active endpoint with a fresh secret. Call it after `bumpEndpointVersion` in the same transaction. Throws
 * `invalid_request` (headers, filter, profile, authentication, secret), `conflict` (the environment is full).
 */
export async function addEndpoint(
  tx: Tx,
  ctx: ServiceContext,
  actor: Actor,
  { settings, kind, expiresAt = null, unsubscribeOn = [] }: NewEndpointInput,
): Promise<{ created: EndpointView; made: MadeSecret }> {
  const { environmentId } = actor;
  const id = ctx.newId("endpoint");
  const now = new Date(ctx.now());
  await requireRoom(tx, environmentId, kind, now);
  const profile =
    settings.profile === undefined
      ? await defaultProfile(tx, ctx, actor)
      : await requireProfile(tx, ctx, actor, settings.profile);
  const { definition } = profile;
  const taken = { custom: Object.keys(settings.headers ?? {}), profile: profileHeaderNames(definition) };
  const auth = settings.auth && sealAuth(ctx, id, settings.auth, taken, "auth.");
  const made = makeSecret(ctx, id, definition, settings.secret);
  await insertEndpoint(tx, {
    id,
    environmentId,
    url: settings.url,
    description: settings.description ?? "",
    tenant: settings.tenant ?? null,
    eventTypes: [...new Set(settings.event_types)],
    ...sealHeaders(ctx, id, settings.headers, profileHeaderNames(definition)),
    ...followProfile(definition, settings),
    maxConcurrency: settings.max_concurrency ?? DEFAULT_MAX_CONCURRENCY,
    profileVersionId: profile.versionId,
    filter: acceptFilter(settings.filter ?? null),
    subjects: [...new Set(settings.subjects ?? [])],
    rateLimit: settings.rate_limit ?? null,
    kind,
    expiresAt,
    unsubscribeOn,
    createdAt: made.row?.createdAt ?? now,
  });
  if (settings.transform != null && settings.transform.length > 0) {
    const rules = JSON.stringify(settings.transform);
    const transformId = await insertTransform(tx, id, rules, actorIdOf(actor));
    await updateEndpointRow(tx, environmentId, id, { transformId }, now);
  }
  if (made.row !== null) await insertSecret(tx, made.row);
  if (auth) await putAuth(tx, auth, now);
  await recordAudit(tx, ctx, actor, {
    action: "endpoint.created",
    targetKind: "endpoint",
    targetId: id,
    detail: {
      url: settings.url,
      event_types: settings.event_types,
      tenant: settings.tenant ?? null,
      profile: profile.slug,
      secret_hint: made.row?.hint ?? null,
      ...(auth && { auth: auth.kind, auth_hint: auth.hint }),
      ...(kind !== "endpoint" && { kind, subjects: settings.subjects ?? [] }),
    },
  });
  return { created: await requireEndpoint(ctx, actor, id, tx), made };
}
