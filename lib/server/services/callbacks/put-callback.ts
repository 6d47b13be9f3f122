// Owns setting a subject's callback: made when there is none, otherwise replaced, and subscribed again when it had ended.
import type { PutCallbackDto, PutCallbackInput } from "@/lib/contracts/callbacks";
import type { Actor } from "@/lib/domain/access/permissions";
import { callbackStatus } from "@/lib/domain/endpoint/kinds";
import { AppError } from "@/lib/domain/errors";
import type { ServiceContext } from "@/lib/server/context";
import { recordAudit } from "@/lib/server/repositories/audit";
import { inTransaction, type Tx } from "@/lib/server/repositories/database";
import {
  bumpEndpointVersion,
  type EndpointView,
  findCallbackId,
  lockEndpoint,
  updateEndpointRow,
} from "@/lib/server/repositories/endpoints";
import { acceptUrl } from "../endpoint/accept-url";
import { addEndpoint } from "../endpoint/add-endpoint";
import { dropCarriedCredentials } from "../endpoint/carried-credentials";
import { announceEndpoint, endpointNotFound, requireEndpoint } from "../endpoint/change-endpoint";
import { endForeignDeliveries } from "../endpoint/end-foreign-deliveries";
import { type Restated, restateWire } from "../endpoint/restate-wire";
import { restartHealth } from "../health/restart-health";
import { requirePermission } from "../require-permission";
import { toCallbackDto } from "./callback-dto";

export type PutCallbackResult = { callback: PutCallbackDto; created: boolean };

function expiryOf(input: PutCallbackInput, nowMs: number): Date | null {
  if (input.expires_in_seconds !== undefined) return new Date(nowMs + input.expires_in_seconds * 1000);
  if (input.expires_at === undefined) return null;
  const expiresAt = new Date(input.expires_at);
  if (expiresAt.getTime() > nowMs) return expiresAt;
  const message = "is in the past; a callback that takes no events is of no use";
  throw new AppError("invalid_request", `expires_at ${message}.`, {
    errors: [{ path: "expires_at", message }],
  });
}

/**
 * Sets where events about the subject go. A secret is in the answer when one was made. One that exists keeps its endpoint
 * (with log, secret, pause and further settings; authentication, headers and client certificate as long as the origin
 * stays); what ended is taken back.
 * Throws `target_not_allowed`, `invalid_request`, `conflict` (too many callbacks; a profile that needs another secret;
 * one of another tenant that has not ended).
 */
export async function putCallback(
  ctx: ServiceContext,
  actor: Actor,
  subject: string,
  input: PutCallbackInput,
): Promise<PutCallbackResult> {
  requirePermission(actor, "endpoints:write");
  const { environmentId } = actor;
  const expiresAt = expiryOf(input, ctx.now());
  const url = await acceptUrl(ctx, input.callback_url, "callback_url");
  const target = { url, expiresAt, unsubscribeOn: [...new Set(input.unsubscribe_on)] };

  const { row, created, revealed, finish } = await inTransaction(ctx.db, async (tx) => {
    await bumpEndpointVersion(tx, environmentId);
    const id = await findCallbackId(tx, environmentId, subject);
    if (id !== null) {
      return { ...(await replace(tx, ctx, actor, id, input, target)), created: false };
    }
    const { created: row, made } = await addEndpoint(tx, ctx, actor, {
      settings: {
        url,
        event_types: input.event_types,
        subjects: [subject],
        tenant: input.tenant,
        profile: input.profile,
        secret: input.secret,
      },
      kind: "callback",
      expiresAt,
      unsubscribeOn: target.unsubscribeOn,
    });
    const revealed = { secret: made.secret, public_key: made.publicKey };
    return { row, created: true, revealed, finish: null };
  });
  announceEndpoint(ctx, environmentId, row.id);
  await finish?.();
  return { callback: { ...toCallbackDto(row, ctx.now()), ...revealed }, created };
}

/** Whoever names a subject must not turn another customer's events to an address of their own. */
function refuseOtherTenant(callback: EndpointView, tenant: string | null, nowMs: number): void {
  if (callback.tenant === null || callback.tenant === tenant) return;
  const times = {
    expiresAtMs: callback.expiresAt?.getTime() ?? null,
    unsubscribedAtMs: callback.unsubscribedAt?.getTime() ?? null,
  };
  if (callbackStatus(times, nowMs) !== "active") return;
  const message =
    "The callback of this subject belongs to another tenant. Name that tenant, or unsubscribe the callback first.";
  throw new AppError("conflict", message, { errors: [{ path: "tenant", message }] });
}

type Target = { url: string; expiresAt: Date | null; unsubscribeOn: string[] };

async function replace(
  tx: Tx,
  ctx: ServiceContext,
  actor: Actor,
  id: string,
  input: PutCallbackInput,
  { url, expiresAt, unsubscribeOn }: Target,
): Promise<Restated & { row: EndpointView }> {
  if (!(await lockEndpoint(tx, actor.environmentId, id))) throw endpointNotFound();
  const before = await requireEndpoint(ctx, actor, id, tx);
  refuseOtherTenant(before, input.tenant ?? null, ctx.now());
  const { revealed, finish } = await restateWire(tx, ctx, actor, before, input);
  // What was stored for the old receiver is none of the new one's business.
  const { dropped, change: withoutHeaders } = await dropCarriedCredentials(tx, before, url);
  const change = {
    ...withoutHeaders,
    url,
    eventTypes: [...new Set(input.event_types)],
    tenant: input.tenant ?? null,
    expiresAt,
    unsubscribeOn,
    unsubscribedAt: null,
    unsubscribedByEvent: null,
  };
  await updateEndpointRow(tx, actor.environmentId, id, change, new Date(ctx.now()));
  await recordAudit(tx, ctx, actor, {
    action: "callback.replaced",
    targetKind: "endpoint",
    targetId: id,
    detail: {
      subject: before.subjects[0],
      url: { from: before.url, to: url },
      event_types: change.eventTypes,
      expires_at: expiresAt,
      unsubscribe_on: unsubscribeOn,
      ...(dropped.length > 0 && { dropped_credentials: dropped }),
      ...(before.unsubscribedAt !== null && { had_ended_at: before.unsubscribedAt }),
    },
  });
  const row = await requireEndpoint(ctx, actor, id, tx);
  const ref = { environmentId: actor.environmentId, endpointId: id };
  const endOthers =
    row.tenant !== null && row.tenant !== before.tenant
      ? await endForeignDeliveries(tx, ctx, ref, row.tenant)
      : null;
  // Another address is another receiver: what the old one did says nothing about it.
  if (url !== before.url) await restartHealth(tx, ctx, id);
  return {
    row,
    revealed,
    finish: async () => {
      await finish();
      await endOthers?.();
    },
  };
}
