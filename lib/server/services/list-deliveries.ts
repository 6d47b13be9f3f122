// Lists deliveries, newest first. The cursor is the last id; filters narrow, they never widen past the environment.
import type { Page } from "@/lib/contracts/common";
import type { DeliveryDto, ListDeliveriesQuery } from "@/lib/contracts/deliveries";
import type { Actor } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import { idSchema } from "@/lib/domain/ids";
import { decodeCursor, encodeCursor } from "@/lib/domain/list-cursor";
import type { ServiceContext } from "../context";
import { type DeliveryFilter, listDeliveries as listRows } from "../repositories/deliveries";
import { toDeliveryDto } from "./delivery-dto";
import { requirePermission } from "./require-permission";
import { toTimeRange } from "./time-range";

const deliveryId = idSchema("delivery");

/** One page of deliveries. A cursor that this service did not hand out is an `invalid_request`. */
export async function listDeliveries(
  ctx: ServiceContext,
  actor: Actor,
  query: ListDeliveriesQuery,
): Promise<Page<DeliveryDto>> {
  requirePermission(actor, "deliveries:read");
  const filter: DeliveryFilter = {
    environmentId: actor.environmentId,
    states: query.state,
    endpointId: query.endpoint_id,
    eventId: query.event_id,
    type: query.type,
    trigger: query.trigger,
    id: query.id,
    ids: query.ids,
    ...codeFilter(query.code),
    ...toTimeRange(query),
  };
  const rows = await listRows(ctx.db.prisma, filter, {
    beforeId: query.cursor === undefined ? undefined : positionOf(query.cursor),
    take: query.limit + 1,
  });
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    data: page.map(toDeliveryDto),
    next_cursor: rows.length > query.limit && last !== undefined ? encodeCursor(last.id) : null,
  };
}

function positionOf(cursor: string): string {
  const position = decodeCursor(cursor);
  if (position === null || !deliveryId.safeParse(position).success) {
    throw new AppError("invalid_request", "The cursor is not one that a list of deliveries gave out.", {
      errors: [{ path: "cursor", message: "is not a cursor of this list" }],
    });
  }
  return position;
}

/** `503` and `5xx` are statuses; anything else is an error class. */
function codeFilter(code: string | undefined): Pick<DeliveryFilter, "status" | "errorClass"> {
  if (code === undefined) return {};
  if (/^\dxx$/.test(code)) {
    const hundred = Number(code[0]) * 100;
    return { status: { min: hundred, max: hundred + 99 } };
  }
  if (/^\d{3}$/.test(code)) return { status: { min: Number(code), max: Number(code) } };
  return { errorClass: code };
}
