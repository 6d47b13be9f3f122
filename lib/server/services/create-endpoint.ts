// Owns the making of an endpoint and the first reveal of its secret.
import {
  type CreateEndpointInput,
  DEFAULT_MAX_CONCURRENCY,
  type EndpointWithSecretDto,
  MAX_ENDPOINTS_PER_ENVIRONMENT,
} from "@/lib/contracts/endpoints";
import { type Actor, actorIdOf } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import { DEFAULT_PROFILE } from "@/lib/domain/profile/built-in";
import type { ServiceContext } from "@/lib/server/context";
import { recordAudit } from "@/lib/server/repositories/audit";
import { inTransaction } from "@/lib/server/repositories/database";
import { insertSecret } from "@/lib/server/repositories/endpoint-secrets";
import {
  bumpEndpointVersion,
  countEndpoints,
  insertEndpoint,
  insertTransform,
  updateEndpointRow,
} from "@/lib/server/repositories/endpoints";
import { acceptUrl } from "./endpoint/accept-url";
import { announceEndpoint, requireEndpoint } from "./endpoint/change-endpoint";
import { toEndpointDto } from "./endpoint/endpoint-dto";
import { makeSecret } from "./endpoint/make-secret";
import { sealHeaders } from "./endpoint/seal-headers";
import { acceptFilter, followProfile, profileHeaderNames, requireProfile } from "./endpoint/wire-settings";
import { requirePermission } from "./require-permission";

/**
 * Makes an active endpoint with a fresh secret, which only this answer shows.
 * Throws `target_not_allowed`, `invalid_request` (headers, filter, profile, secret), `conflict` (the environment is full).
 */
export async function createEndpoint(
  ctx: ServiceContext,
  actor: Actor,
  input: CreateEndpointInput,
): Promise<EndpointWithSecretDto> {
  requirePermission(actor, "endpoints:write");
  const url = await acceptUrl(ctx, input.url);
  const { environmentId } = actor;
  const id = ctx.newId("endpoint");
  const filter = acceptFilter(input.filter ?? null);

  const { created, made } = await inTransaction(ctx.db, async (tx) => {
    // The row lock on the environment also makes the count below exact.
    await bumpEndpointVersion(tx, environmentId);
    if ((await countEndpoints(tx, environmentId)) >= MAX_ENDPOINTS_PER_ENVIRONMENT) {
      throw new AppError(
        "conflict",
        `This environment has ${MAX_ENDPOINTS_PER_ENVIRONMENT} endpoints, the most that are allowed. Delete one first.`,
      );
    }
    const profile = await requireProfile(tx, ctx, actor, input.profile ?? DEFAULT_PROFILE.slug);
    const { definition } = profile;
    const made = makeSecret(ctx, id, definition, input.secret);
    await insertEndpoint(tx, {
      id,
      environmentId,
      url,
      description: input.description ?? "",
      tenant: input.tenant ?? null,
      eventTypes: [...new Set(input.event_types)],
      ...sealHeaders(ctx, id, input.headers, profileHeaderNames(definition)),
      ...followProfile(definition, input),
      maxConcurrency: input.max_concurrency ?? DEFAULT_MAX_CONCURRENCY,
      profileVersionId: profile.versionId,
      filter,
      subjects: [...new Set(input.subjects ?? [])],
      rateLimit: input.rate_limit ?? null,
      createdAt: made.row?.createdAt ?? new Date(ctx.now()),
    });
    if (input.transform != null && input.transform.length > 0) {
      const transformId = await insertTransform(tx, id, JSON.stringify(input.transform), actorIdOf(actor));
      await updateEndpointRow(tx, environmentId, id, { transformId }, new Date(ctx.now()));
    }
    if (made.row !== null) await insertSecret(tx, made.row);
    await recordAudit(tx, ctx, actor, {
      action: "endpoint.created",
      targetKind: "endpoint",
      targetId: id,
      detail: {
        url,
        event_types: input.event_types,
        tenant: input.tenant ?? null,
        profile: profile.slug,
        secret_hint: made.row?.hint ?? null,
      },
    });
    return { created: await requireEndpoint(ctx, actor, id, tx), made };
  });
  announceEndpoint(ctx, environmentId, id);
  return { ...toEndpointDto(created), secret: made.secret, public_key: made.publicKey };
}
