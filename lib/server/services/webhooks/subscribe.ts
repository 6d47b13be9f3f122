// Owns webhooks/subscribe: an endpoint made in one short call. URL, tenant and wallet name a subscription, so that calling
// again changes the one there is and never makes a second that would get every event twice.
import type { SubscribedDto, SubscribeInput, SubscriptionDto } from "@/lib/contracts/webhooks";
import type { Actor } from "@/lib/domain/access/permissions";
import type { EndpointState } from "@/lib/domain/delivery/states";
import { DEFAULT_PROFILE } from "@/lib/domain/profile/built-in";
import type { ServiceContext } from "@/lib/server/context";
import { recordAudit } from "@/lib/server/repositories/audit";
import { inTransaction, type Tx } from "@/lib/server/repositories/database";
import {
  bumpEndpointVersion,
  type EndpointView,
  findSubscriptionId,
  lockEndpoint,
  updateEndpointRow,
} from "@/lib/server/repositories/endpoints";
import { acceptUrl } from "../endpoint/accept-url";
import { addEndpoint } from "../endpoint/add-endpoint";
import { announceEndpoint, endpointNotFound, requireEndpoint } from "../endpoint/change-endpoint";
import { restateWire } from "../endpoint/restate-wire";
import { requirePermission } from "../require-permission";

export type SubscribeResult = { subscription: SubscribedDto; created: boolean };

function toSubscriptionDto(row: EndpointView): SubscriptionDto {
  return {
    id: row.id,
    url: row.url,
    events: row.eventTypes,
    wallet: row.subjects[0] ?? null,
    tenant: row.tenant,
    profile: row.profileVersion?.profile.slug ?? DEFAULT_PROFILE.slug,
    // The column has a check constraint with the same words.
    state: row.state as EndpointState,
    created_at: row.createdAt.toISOString(),
  };
}

/**
 * Makes the subscription, or gives the one there is these events. The secret is in the answer when one was made.
 * Throws `target_not_allowed`, `invalid_request`, `conflict` (the environment is full; a profile that needs another secret).
 */
export async function subscribe(
  ctx: ServiceContext,
  actor: Actor,
  input: SubscribeInput,
): Promise<SubscribeResult> {
  requirePermission(actor, "endpoints:write");
  const { environmentId } = actor;
  const url = await acceptUrl(ctx, input.url);
  const name = { url, tenant: input.tenant ?? null, subject: input.wallet ?? null };

  const { row, created, revealed, finish } = await inTransaction(ctx.db, async (tx) => {
    await bumpEndpointVersion(tx, environmentId);
    const id = await findSubscriptionId(tx, environmentId, name);
    if (id !== null) {
      if (!(await lockEndpoint(tx, environmentId, id))) throw endpointNotFound();
      const before = await requireEndpoint(ctx, actor, id, tx);
      const restated = await restateWire(tx, ctx, actor, before, input);
      return { ...restated, row: await setEvents(tx, ctx, actor, id, input.events), created: false };
    }
    const { created: row, made } = await addEndpoint(tx, ctx, actor, {
      settings: {
        url,
        event_types: input.events,
        subjects: name.subject === null ? [] : [name.subject],
        tenant: name.tenant,
        profile: input.profile,
        secret: input.secret,
      },
      kind: "subscription",
    });
    const revealed = { secret: made.secret, public_key: made.publicKey };
    return { row, created: true, revealed, finish: null };
  });
  announceEndpoint(ctx, environmentId, row.id);
  await finish?.();
  return { subscription: { ...toSubscriptionDto(row), ...revealed }, created };
}

async function setEvents(
  tx: Tx,
  ctx: ServiceContext,
  actor: Actor,
  id: string,
  events: readonly string[],
): Promise<EndpointView> {
  const before = await requireEndpoint(ctx, actor, id, tx);
  const eventTypes = [...new Set(events)];
  if (JSON.stringify(eventTypes) === JSON.stringify(before.eventTypes)) return before;
  await updateEndpointRow(tx, actor.environmentId, id, { eventTypes }, new Date(ctx.now()));
  await recordAudit(tx, ctx, actor, {
    action: "endpoint.updated",
    targetKind: "endpoint",
    targetId: id,
    detail: { before: { event_types: before.eventTypes }, after: { event_types: eventTypes } },
  });
  return requireEndpoint(ctx, actor, id, tx);
}
