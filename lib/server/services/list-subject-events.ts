// Owns polling: a subject's events oldest first, for those who fetch instead of receiving. A cursor never passes an event
// that is being accepted at the moment, so none is ever skipped.
import type { EventDto } from "@/lib/contracts/events";
import { MAX_POLL_BYTES, type SubjectEventsQuery } from "@/lib/contracts/subject-events";
import type { Actor } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import { decodeCursor, encodeCursor } from "@/lib/domain/list-cursor";
import type { ServiceContext } from "../context";
import {
  listSubjectEvents as listRows,
  readHorizon,
  readPayloads,
  type SubjectPosition,
} from "../repositories/subject-events";
import { toEventDto } from "./event-dto";
import { requirePermission } from "./require-permission";

/**
 * A cursor at the end moves on with time, so that the next poll does not look at the same rows again; this far behind,
 * in case the database's clock is set back a little.
 */
const BEHIND_MS = 60_000;

export type SubjectEvent = {
  event: EventDto;
  payloadClearedAt: Date | null;
  /** The bytes as they came in; null once retention has cleared them. */
  data: Buffer | null;
};

export type SubjectEventsPage = {
  events: SubjectEvent[];
  /** Where to go on, now or later: also after an empty page. */
  nextCursor: string;
  /** True when asking again at once gives more. */
  hasMore: boolean;
};

const START: SubjectPosition = { createdAt: new Date(0), id: "" };

/** Events about a subject after the cursor. A cursor that no such list gave out is an `invalid_request`. */
export async function listSubjectEvents(
  ctx: ServiceContext,
  actor: Actor,
  subject: string,
  query: SubjectEventsQuery,
): Promise<SubjectEventsPage> {
  requirePermission(actor, "events:read");
  const { environmentId } = actor;
  const after = query.cursor === undefined ? START : positionOf(query.cursor);
  // Before the events are read, and in a statement of its own: the horizon only holds for what begins after it.
  const horizon = await readHorizon(ctx.db, environmentId);
  const rows = await listRows(
    ctx.db,
    { environmentId, subject, type: query.type },
    { after, horizon, take: query.limit + 1 },
  );
  let bytes = 0;
  const page = rows.slice(0, query.limit).filter((row, index) => {
    bytes += row.dataSize;
    return index === 0 || bytes <= MAX_POLL_BYTES;
  });
  const payloads = await readPayloads(
    ctx.db,
    environmentId,
    page.map(({ id }) => id),
  );
  const hasMore = rows.length > page.length;
  const last = page.at(-1) ?? after;
  const settled = { createdAt: new Date(horizon.getTime() - BEHIND_MS), id: "" };
  const next = !hasMore && settled.createdAt > last.createdAt ? settled : last;
  return {
    events: page.map((row) => ({
      event: toEventDto(row),
      payloadClearedAt: row.payloadClearedAt,
      data: payloads.get(row.id) ?? null,
    })),
    nextCursor: encodeCursor(`${next.createdAt.getTime()}|${next.id}`),
    hasMore,
  };
}

function positionOf(cursor: string): SubjectPosition {
  const match = /^(\d{1,15})\|([a-zA-Z0-9_-]{0,128})$/.exec(decodeCursor(cursor) ?? "");
  const createdAt = new Date(Number(match?.[1] ?? Number.NaN));
  if (match?.[2] === undefined || Number.isNaN(createdAt.getTime())) {
    throw new AppError(
      "invalid_request",
      "The cursor is not one that a list of a subject's events gave out.",
      {
        errors: [{ path: "cursor", message: "is not a cursor of this list" }],
      },
    );
  }
  return { createdAt, id: match[2] };
}
