// Owns adding an event type to the workspace's catalogue.
import type { CreateEventTypeInput, EventTypeDetailDto } from "@/lib/contracts/event-types";
import type { Actor } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import type { ServiceContext } from "@/lib/server/context";
import { recordAudit } from "@/lib/server/repositories/audit";
import { inTransaction } from "@/lib/server/repositories/database";
import { findEventType, insertEventTypes } from "@/lib/server/repositories/event-types";
import { requirePermission } from "../require-permission";
import { acceptExample } from "./accept-example";
import { eventTypeNotFound, toEventTypeDto } from "./event-type-dto";

/** Throws `invalid_request` (an example that is no event data), `conflict` (the name is in the catalogue). */
export async function createEventType(
  ctx: ServiceContext,
  actor: Actor,
  input: CreateEventTypeInput,
): Promise<EventTypeDetailDto> {
  requirePermission(actor, "endpoints:write");
  acceptExample(input.example_text);
  const id = ctx.newId("eventType");
  return inTransaction(ctx.db, async (tx) => {
    const added = await insertEventTypes(tx, [
      {
        id,
        workspaceId: actor.workspaceId,
        name: input.name,
        description: input.description ?? "",
        example: input.example_text ?? null,
        exampleSubject: input.example_subject ?? null,
        exampleAttributes: input.example_attributes ?? null,
      },
    ]);
    if (added === 0) {
      throw new AppError(
        "conflict",
        `${input.name} is in the catalogue already: change that entry. Types of events that came in are there by themselves.`,
      );
    }
    await recordAudit(tx, ctx, actor, {
      action: "event_type.created",
      targetKind: "event_type",
      targetId: id,
      detail: { name: input.name, has_example: input.example_text != null },
    });
    const row = await findEventType(tx, actor.workspaceId, id);
    if (row === null) throw eventTypeNotFound();
    return toEventTypeDto(row);
  });
}
