// Owns changes of a catalogue entry: its words and example, and whether it is archived.
import type { EventTypeDetailDto, UpdateEventTypeInput } from "@/lib/contracts/event-types";
import type { Actor } from "@/lib/domain/access/permissions";
import type { ServiceContext } from "@/lib/server/context";
import { recordAudit } from "@/lib/server/repositories/audit";
import { inTransaction } from "@/lib/server/repositories/database";
import {
  type EventTypeChange,
  type EventTypeRow,
  findEventType,
  lockEventType,
  updateEventType as updateRow,
} from "@/lib/server/repositories/event-types";
import { requirePermission } from "../require-permission";
import { acceptExample } from "./accept-example";
import { eventTypeNotFound, toEventTypeDto } from "./event-type-dto";

type Planned = { change: EventTypeChange; action: string; detail: Record<string, unknown> };

/** `plan` says what changes; null for nothing. */
async function changeEventType(
  ctx: ServiceContext,
  actor: Actor,
  ref: string,
  plan: (row: EventTypeRow) => Planned | null,
): Promise<EventTypeDetailDto> {
  requirePermission(actor, "endpoints:write");
  return inTransaction(ctx.db, async (tx) => {
    const before = await lockEventType(tx, actor.workspaceId, ref);
    if (before === null) throw eventTypeNotFound();
    const planned = plan(before);
    if (planned === null) return toEventTypeDto(before);
    await updateRow(tx, before.id, planned.change);
    await recordAudit(tx, ctx, actor, {
      action: planned.action,
      targetKind: "event_type",
      targetId: before.id,
      detail: { name: before.name, ...planned.detail },
    });
    const after = await findEventType(tx, actor.workspaceId, before.id);
    if (after === null) throw eventTypeNotFound();
    return toEventTypeDto(after);
  });
}

/** Changes what is given and leaves the rest. Throws `not_found`, `invalid_request` (an example that is no event data). */
export function updateEventType(
  ctx: ServiceContext,
  actor: Actor,
  ref: string,
  input: UpdateEventTypeInput,
): Promise<EventTypeDetailDto> {
  acceptExample(input.example_text);
  return changeEventType(ctx, actor, ref, (before) => {
    const given = {
      description: input.description,
      example: input.example_text,
      exampleSubject: input.example_subject,
      exampleAttributes: input.example_attributes,
    };
    const changed = Object.entries(given).filter(
      ([name, value]) =>
        value !== undefined && JSON.stringify(value) !== JSON.stringify(before[name as keyof typeof given]),
    );
    if (changed.length === 0) return null;
    return {
      change: Object.fromEntries(changed),
      action: "event_type.updated",
      detail: { changed: changed.map(([name]) => name), description: input.description },
    };
  });
}

/**
 * Archives an entry: it is offered nowhere any more. Events of its type are accepted and delivered as before, because a
 * catalogue describes and never refuses. Throws `not_found`.
 */
export function archiveEventType(
  ctx: ServiceContext,
  actor: Actor,
  ref: string,
): Promise<EventTypeDetailDto> {
  return changeEventType(ctx, actor, ref, (before) =>
    before.archivedAt !== null
      ? null
      : { change: { archivedAt: new Date(ctx.now()) }, action: "event_type.archived", detail: {} },
  );
}

/** Takes an entry back from the archive. Throws `not_found`. */
export function restoreEventType(
  ctx: ServiceContext,
  actor: Actor,
  ref: string,
): Promise<EventTypeDetailDto> {
  return changeEventType(ctx, actor, ref, (before) =>
    before.archivedAt === null
      ? null
      : { change: { archivedAt: null }, action: "event_type.restored", detail: {} },
  );
}
