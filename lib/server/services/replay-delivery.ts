// Replays one delivery: a new one with the same event, so the same id and the same bytes, linked to the one it came from.
// It is inert: one attempt, whatever the endpoint's state, and nothing is concluded about the endpoint's health.
import type { DeliveryDto, ReplayResult, ReplaySettings } from "@/lib/contracts/deliveries";
import type { Actor } from "@/lib/domain/access/permissions";
import { matchesEventType, matchesTenant } from "@/lib/domain/endpoint/event-type-match";
import { AppError } from "@/lib/domain/errors";
import type { ServiceContext } from "../context";
import { recordAudit } from "../repositories/audit";
import { inTransaction, type Tx } from "../repositories/database";
import { findDelivery } from "../repositories/deliveries";
import {
  claimReplayKey,
  hasOpenReplay,
  insertReplay,
  lockReplaySource,
  type ReplaySource,
  releaseReplayKey,
} from "../repositories/replays";
import { toDeliveryDto } from "./delivery-dto";
import { requirePermission } from "./require-permission";
import { startAttempt } from "./start-attempt";

type Refusal = Exclude<ReplayResult, { outcome: "replayed" }>;
type Step = { outcome: "inserted"; id: string } | { outcome: "repeated"; id: string } | Refusal;

export type ReplayOptions = {
  /** The same key gives the same replay again instead of another one. */
  idempotencyKey?: string | undefined;
  /** The profile and field mapping that the delivery was made with (the same bytes again), or those of its endpoint now. */
  settings?: ReplaySettings | undefined;
};

/** Makes the replay and starts its attempt in the background; the answer does not wait for the receiver. */
export async function replayDelivery(
  ctx: ServiceContext,
  actor: Actor,
  id: string,
  options: ReplayOptions = {},
): Promise<ReplayResult> {
  requirePermission(actor, "deliveries:write");
  const { environmentId } = actor;
  const step = await inTransaction(ctx.db, (tx) => insertOnce(tx, ctx, actor, id, options));
  if (step.outcome !== "inserted" && step.outcome !== "repeated") return step;
  if (step.outcome === "inserted") {
    ctx.bus.publish(environmentId, { kind: "deliveries", ids: [step.id, id] });
    startAttempt(ctx, step.id);
  }
  return { outcome: "replayed", delivery: await readDelivery(ctx, environmentId, step.id) };
}

async function insertOnce(
  tx: Tx,
  ctx: ServiceContext,
  actor: Actor,
  id: string,
  { idempotencyKey: key, settings = "original" }: ReplayOptions,
): Promise<Step> {
  const { environmentId } = actor;
  const replayId = ctx.newId("delivery");
  if (key !== undefined) {
    const claim = await claimReplayKey(tx, { environmentId, key, deliveryId: id, settings, replayId });
    if (claim.outcome === "used") return { outcome: "repeated", id: claim.replayId };
    if (claim.outcome === "mismatch") {
      throw new AppError(
        "idempotency_mismatch",
        "This Idempotency-Key was used for another delivery or other settings.",
      );
    }
  }
  const source = await lockReplaySource(tx, environmentId, id);
  const refusal =
    source === null ? ({ outcome: "not_found" } as const) : await refuse(tx, environmentId, source);
  if (source === null || refusal !== null) {
    if (key !== undefined) await releaseReplayKey(tx, environmentId, key);
    return refusal ?? { outcome: "not_found" };
  }
  const wire =
    settings === "original"
      ? source
      : { profileVersionId: source.currentProfileVersionId, transformId: source.currentTransformId };
  await insertReplay(tx, environmentId, source, wire, replayId);
  await recordAudit(tx, ctx, actor, {
    action: "delivery.replayed",
    targetKind: "delivery",
    targetId: id,
    detail: { replay_id: replayId, settings, endpoint_id: source.endpointId, event_id: source.eventId },
  });
  return { outcome: "inserted", id: replayId };
}

async function refuse(tx: Tx, environmentId: string, source: ReplaySource): Promise<Refusal | null> {
  if (source.endpointDeleted) return { outcome: "endpoint_deleted" };
  if (!source.hasPayload) return { outcome: "payload_expired" };
  // The endpoint may have changed hands since: an event must never reach another tenant, replays included.
  const isWanted = source.isTest || matchesEventType(source.endpointEventTypes, source.eventType);
  if (!isWanted || !matchesTenant(source.endpointTenant, source.eventTenant)) {
    return { outcome: "no_longer_matches" };
  }
  if (source.inFlight || (await hasOpenReplay(tx, environmentId, source.id))) return { outcome: "in_flight" };
  return null;
}

async function readDelivery(ctx: ServiceContext, environmentId: string, id: string): Promise<DeliveryDto> {
  const row = await findDelivery(ctx.db.prisma, environmentId, id);
  if (row === null) throw new AppError("not_found", "The replay has been removed by retention.");
  return toDeliveryDto(row);
}
