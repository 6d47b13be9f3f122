// Owns ingest: an authorised caller's bytes become durable events. Nothing happens before the answer but the commit.
import type { AcceptedEventDto } from "@/lib/contracts/events";
import { type Actor, actorAllows } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import type { ServiceContext } from "../context";
import { commitBatch } from "./ingest/commit-batch";
import { parseBatch, parseEvent } from "./ingest/parse-event";

/** Printable ASCII, 1 to 255 characters (draft-ietf-httpapi-idempotency-key-header). Kept for 7 days. */
const IDEMPOTENCY_KEY = /^[\x20-\x7e]{1,255}$/;

export type IngestAnswer<T> = { answer: T; replayed: boolean };

function checkCaller(actor: Actor, idempotencyKey: string | null): void {
  if (!actorAllows(actor, "events:write")) {
    throw new AppError("forbidden", "This API key may not send events: it lacks the scope events:write.");
  }
  if (idempotencyKey !== null && !IDEMPOTENCY_KEY.test(idempotencyKey)) {
    throw new AppError("invalid_request", "Idempotency-Key must be 1 to 255 printable ASCII characters.", {
      errors: [{ path: "Idempotency-Key", message: "must be 1 to 255 printable ASCII characters" }],
    });
  }
}

/** Accepts one event; resolves once it and its deliveries are committed. Refusals are `AppError`s and write nothing. */
export async function ingestEvent(
  ctx: ServiceContext,
  actor: Actor,
  body: Buffer,
  idempotencyKey: string | null,
): Promise<IngestAnswer<AcceptedEventDto>> {
  checkCaller(actor, idempotencyKey);
  const event = parseEvent(body);
  const { replayed, ...answer } = await ctx.ingest.commitOne({
    environmentId: actor.environmentId,
    id: event.input.id ?? ctx.newId("event"),
    event,
    receivedAtMs: ctx.now(),
    idempotencyKey,
  });
  if (!replayed) ctx.observeEventTypes(actor.workspaceId, [event.input.type]);
  return { answer, replayed };
}

/** Accepts up to 1,000 events, all or none; the answers stand in the order of the request. */
export async function ingestBatch(
  ctx: ServiceContext,
  actor: Actor,
  body: Buffer,
  idempotencyKey: string | null,
): Promise<IngestAnswer<{ data: AcceptedEventDto[] }>> {
  checkCaller(actor, idempotencyKey);
  const batch = parseBatch(body);
  const result = await commitBatch(ctx, actor.environmentId, batch, idempotencyKey);
  if (!result.replayed) {
    ctx.observeEventTypes(actor.workspaceId, [...new Set(batch.events.map((event) => event.input.type))]);
  }
  return result;
}
