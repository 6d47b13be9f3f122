// Owns the making of an endpoint and the first reveal of its secret.
import {
  type CreateEndpointInput,
  DEFAULT_MAX_CONCURRENCY,
  DEFAULT_TIMEOUT_MS,
  type EndpointWithSecretDto,
  MAX_ENDPOINTS_PER_ENVIRONMENT,
} from "@/lib/contracts/endpoints";
import type { Actor } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import { DEFAULT_RETRY_POLICY } from "@/lib/domain/retry/policy";
import type { ServiceContext } from "@/lib/server/context";
import { recordAudit } from "@/lib/server/repositories/audit";
import { inTransaction } from "@/lib/server/repositories/database";
import { insertSecret } from "@/lib/server/repositories/endpoint-secrets";
import { bumpEndpointVersion, countEndpoints, insertEndpoint } from "@/lib/server/repositories/endpoints";
import { acceptUrl } from "./endpoint/accept-url";
import { announceEndpoint, requireEndpoint } from "./endpoint/change-endpoint";
import { toEndpointDto } from "./endpoint/endpoint-dto";
import { makeSecret } from "./endpoint/make-secret";
import { sealHeaders } from "./endpoint/seal-headers";
import { requirePermission } from "./require-permission";

/**
 * Makes an active endpoint with a fresh secret, which only this answer shows.
 * Throws `target_not_allowed`, `invalid_request` (headers), `conflict` (the environment is full).
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
  const headers = sealHeaders(ctx, id, input.headers);
  const { secret, row } = makeSecret(ctx, id);

  const created = await inTransaction(ctx.db, async (tx) => {
    // The row lock on the environment also makes the count below exact.
    await bumpEndpointVersion(tx, environmentId);
    if ((await countEndpoints(tx, environmentId)) >= MAX_ENDPOINTS_PER_ENVIRONMENT) {
      throw new AppError(
        "conflict",
        `This environment has ${MAX_ENDPOINTS_PER_ENVIRONMENT} endpoints, the most that are allowed. Delete one first.`,
      );
    }
    await insertEndpoint(tx, {
      id,
      environmentId,
      url,
      description: input.description ?? "",
      tenant: input.tenant ?? null,
      eventTypes: [...new Set(input.event_types)],
      ...headers,
      timeoutMs: input.timeout_ms ?? DEFAULT_TIMEOUT_MS,
      retryPolicy: input.retry_policy ?? DEFAULT_RETRY_POLICY,
      maxConcurrency: input.max_concurrency ?? DEFAULT_MAX_CONCURRENCY,
      createdAt: row.createdAt,
    });
    await insertSecret(tx, row);
    await recordAudit(tx, ctx, actor, {
      action: "endpoint.created",
      targetKind: "endpoint",
      targetId: id,
      detail: { url, event_types: input.event_types, tenant: input.tenant ?? null, secret_hint: row.hint },
    });
    return requireEndpoint(ctx, actor, id, tx);
  });
  announceEndpoint(ctx, environmentId, id);
  return { ...toEndpointDto(created), secret };
}
