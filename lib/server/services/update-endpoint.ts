// Owns partial changes of an endpoint's settings. Knows nothing about its state or its secrets.
import type { EndpointDto, UpdateEndpointInput } from "@/lib/contracts/endpoints";
import type { Actor } from "@/lib/domain/access/permissions";
import type { ServiceContext } from "@/lib/server/context";
import { recordAudit } from "@/lib/server/repositories/audit";
import {
  type EndpointChange,
  type EndpointView,
  updateEndpointRow,
} from "@/lib/server/repositories/endpoints";
import { acceptUrl } from "./endpoint/accept-url";
import { changeEndpoint, requireEndpoint } from "./endpoint/change-endpoint";
import { toEndpointDto } from "./endpoint/endpoint-dto";
import { sealHeaders } from "./endpoint/seal-headers";
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
  // Values cannot be compared without opening them; that they were set again is what matters.
  if (change.headerNames !== undefined) {
    before.header_names = row.headerNames;
    after.header_names = change.headerNames;
  }
  return { before, after };
}

/**
 * Changes the fields that are given and leaves all others (the row is locked, so parallel changes lose nothing).
 * Deliveries that wait for their next attempt use the new settings. Throws `not_found`, `target_not_allowed`, `invalid_request`.
 */
export async function updateEndpoint(
  ctx: ServiceContext,
  actor: Actor,
  id: string,
  input: UpdateEndpointInput,
): Promise<EndpointDto> {
  requirePermission(actor, "endpoints:write");
  // Before the transaction: resolving a name may take seconds, and a foreign id must not become a resolver.
  await requireEndpoint(ctx, actor, id);
  const change: EndpointChange = {
    ...(input.url !== undefined && { url: await acceptUrl(ctx, input.url) }),
    ...(input.event_types !== undefined && { eventTypes: [...new Set(input.event_types)] }),
    ...(input.tenant !== undefined && { tenant: input.tenant }),
    ...(input.description !== undefined && { description: input.description }),
    ...(input.timeout_ms !== undefined && { timeoutMs: input.timeout_ms }),
    ...(input.retry_policy !== undefined && { retryPolicy: input.retry_policy }),
    ...(input.max_concurrency !== undefined && { maxConcurrency: input.max_concurrency }),
    ...(input.headers !== undefined && sealHeaders(ctx, id, input.headers)),
  };
  const changed = await changeEndpoint(ctx, actor, id, async (tx, row, now) => {
    const detail = describeChange(row, change);
    if (Object.keys(detail.after).length === 0) return row;
    await updateEndpointRow(tx, actor.environmentId, id, change, now);
    await recordAudit(tx, ctx, actor, {
      action: "endpoint.updated",
      targetKind: "endpoint",
      targetId: id,
      detail,
    });
    return requireEndpoint(ctx, actor, id, tx);
  });
  return toEndpointDto(changed);
}
