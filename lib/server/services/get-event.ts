// Gives one event with its payload as the bytes that came in. Who got it is asked from the deliveries, by event id.
import type { EventDto } from "@/lib/contracts/events";
import type { Actor } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import type { ServiceContext } from "../context";
import { findEvent } from "../repositories/event-reads";
import { toEventDto } from "./event-dto";
import { requirePermission } from "./require-permission";

export type EventWithPayload = {
  event: EventDto;
  /** Null once retention has cleared it. */
  data: Buffer | null;
  payloadClearedAt: Date | null;
};

/** The event; `not_found` for an id of another environment as for one that never was. */
export async function getEvent(ctx: ServiceContext, actor: Actor, id: string): Promise<EventWithPayload> {
  requirePermission(actor, "events:read");
  const row = await findEvent(ctx.db.prisma, actor.environmentId, id);
  if (row === null) throw new AppError("not_found", "There is no such event in this environment.");
  const { data, attributes, ...rest } = row;
  return {
    event: toEventDto({ ...rest, attributes: attributes as Record<string, string> | null }),
    data: data === null ? null : Buffer.from(data.buffer, data.byteOffset, data.byteLength),
    payloadClearedAt: row.payloadClearedAt,
  };
}
