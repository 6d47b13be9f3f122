// Gives one delivery with every attempt, what is still planned, and the replays made from it.
import { createHash } from "node:crypto";
import type { DeliveryDetailDto } from "@/lib/contracts/deliveries";
import type { Actor } from "@/lib/domain/access/permissions";
import type { DeliveryState, EndpointState } from "@/lib/domain/delivery/states";
import { AppError } from "@/lib/domain/errors";
import { plannedAttempts, type RetryPolicy } from "@/lib/domain/retry/policy";
import type { ServiceContext } from "../context";
import { listAttempts } from "../repositories/attempts";
import {
  type DeliveryRow,
  findDelivery,
  findDeliveryParents,
  listReplaysOf,
} from "../repositories/deliveries";
import { renderOnWire } from "./delivery/wires";
import { type RebuiltBody, toAttemptDto, toDeliveryDto } from "./delivery-dto";
import { requirePermission } from "./require-permission";

/** The whole story of one delivery; `not_found` for an id of another environment as for one that never was. */
export async function getDelivery(ctx: ServiceContext, actor: Actor, id: string): Promise<DeliveryDetailDto> {
  requirePermission(actor, "deliveries:read");
  const { environmentId } = actor;
  const row = await findDelivery(ctx.db.prisma, environmentId, id);
  if (row === null) throw new AppError("not_found", "There is no such delivery in this environment.");
  const [parents, attempts, replays] = await Promise.all([
    findDeliveryParents(ctx.db.prisma, environmentId, row.eventId, row.endpointId, id),
    listAttempts(ctx.db.prisma, environmentId, id),
    listReplaysOf(ctx.db.prisma, environmentId, id),
  ]);
  // Retention may have removed the delivery between the two reads.
  if (parents === null) throw new AppError("not_found", "There is no such delivery in this environment.");
  const { event, endpoint } = parents;
  const rebuilt = await rebuild(ctx, row, parents);
  return {
    ...toDeliveryDto(row),
    endpoint: {
      state: endpoint.state as EndpointState,
      state_reason: endpoint.stateReason,
      description: endpoint.description,
      deleted: endpoint.deletedAt !== null,
    },
    event: {
      timestamp: event.occurredAt.toISOString(),
      tenant: event.tenant,
      subject: event.subject,
      payload_available: event.data !== null,
    },
    attempts: attempts.map((attempt) => toAttemptDto(attempt, rebuilt)),
    planned_attempts: planned(row, endpoint.retryPolicy as RetryPolicy),
    replays: replays.map((replay) => ({
      id: replay.id,
      state: replay.state as DeliveryState,
      created_at: replay.createdAt.toISOString(),
    })),
  };
}

type Parents = NonNullable<Awaited<ReturnType<typeof findDeliveryParents>>>;

/** The body as it went on the wire; null when it cannot be made again. */
async function rebuild(
  ctx: ServiceContext,
  row: DeliveryRow,
  { event, endpoint, wire }: Parents,
): Promise<RebuiltBody | null> {
  if (event.data === null) return null;
  let body: Buffer;
  try {
    ({ body } = renderOnWire(await ctx.wires.get(wire), {
      id: row.eventId,
      type: event.type,
      occurredAtMs: event.occurredAt.getTime(),
      data: event.data,
      tenant: event.tenant,
      subject: event.subject,
      attributes: event.attributes as Record<string, string> | null,
      environment: endpoint.environment.kind,
    }));
  } catch (error) {
    // The page of a delivery that could not be built still has to open: its attempts say why.
    ctx.logger.warn({ err: error, delivery: row.id }, "the body of a delivery could not be made again");
    return null;
  }
  return { text: body.toString("utf8"), sha256: createHash("sha256").update(body).digest("hex") };
}

/** Only a pending delivery has a future; replays and tests have one attempt and no schedule. */
function planned(row: DeliveryRow, policy: RetryPolicy): DeliveryDetailDto["planned_attempts"] {
  if (row.state !== "pending" || row.nextAttemptAt === null) return [];
  const dueMs = row.nextAttemptAt.getTime();
  const times = row.trigger === "event" ? plannedAttempts(policy, row.step, dueMs) : [dueMs];
  // A shortened schedule may already be used up; the attempt that is due still happens.
  const upcoming = times.length === 0 ? [dueMs] : times;
  // An attempt under way has its number already; the ones after it follow.
  const first = row.inFlight ? row.attemptCount : row.attemptCount + 1;
  return upcoming
    .map((ms, index) => ({ number: first + index, at: new Date(ms).toISOString() }))
    .slice(row.inFlight ? 1 : 0);
}
