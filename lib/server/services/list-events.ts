// Lists events, newest first, without payloads. Polling this by subject is the alternative to receiving deliveries.
import type { Page } from "@/lib/contracts/common";
import type { EventDto, ListEventsQuery } from "@/lib/contracts/events";
import type { Actor } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import { decodeCursor, encodeCursor } from "@/lib/domain/list-cursor";
import type { ServiceContext } from "../context";
import { type EventPosition, listEvents as listRows } from "../repositories/event-reads";
import { toEventDto } from "./event-dto";
import { requirePermission } from "./require-permission";
import { toTimeRange } from "./time-range";

/** One page of events. A cursor that this service did not hand out is an `invalid_request`. */
export async function listEvents(
  ctx: ServiceContext,
  actor: Actor,
  query: ListEventsQuery,
): Promise<Page<EventDto>> {
  requirePermission(actor, "events:read");
  const rows = await listRows(
    ctx.db.prisma,
    {
      environmentId: actor.environmentId,
      id: query.id,
      type: query.type,
      subject: query.subject,
      tenant: query.tenant,
      ...toTimeRange(query),
    },
    { before: query.cursor === undefined ? undefined : positionOf(query.cursor), take: query.limit + 1 },
  );
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const hasMore = rows.length > query.limit && last !== undefined;
  return {
    data: page.map(toEventDto),
    next_cursor: hasMore ? encodeCursor(`${last.createdAt.getTime()}|${last.id}`) : null,
  };
}

function positionOf(cursor: string): EventPosition {
  const match = /^(\d{1,15})\|([a-zA-Z0-9_-]{1,128})$/.exec(decodeCursor(cursor) ?? "");
  const createdAt = new Date(Number(match?.[1] ?? Number.NaN));
  if (match?.[2] === undefined || Number.isNaN(createdAt.getTime())) {
    throw new AppError("invalid_request", "The cursor is not one that a list of events gave out.", {
      errors: [{ path: "cursor", message: "is not a cursor of this list" }],
    });
  }
  return { createdAt, id: match[2] };
}
