// Gives one entry of the catalogue with its example.
import type { EventTypeDetailDto } from "@/lib/contracts/event-types";
import type { Actor } from "@/lib/domain/access/permissions";
import type { ServiceContext } from "@/lib/server/context";
import { findEventType } from "@/lib/server/repositories/event-types";
import { requirePermission } from "../require-permission";
import { eventTypeNotFound, toEventTypeDto } from "./event-type-dto";

/** The entry by its name or id. Throws `not_found`. */
export async function getEventType(
  ctx: ServiceContext,
  actor: Actor,
  ref: string,
): Promise<EventTypeDetailDto> {
  requirePermission(actor, "endpoints:read");
  const row = await findEventType(ctx.db.prisma, actor.workspaceId, ref);
  if (row === null) throw eventTypeNotFound();
  return toEventTypeDto(row);
}
