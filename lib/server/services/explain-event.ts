// Says which endpoints did not get an event and why, by the settings of now: those of the moment it came in are not kept.
import type { EventExplanationDto, NotDeliveredCode, NotDeliveredDto } from "@/lib/contracts/explanations";
import type { Actor } from "@/lib/domain/access/permissions";
import type { EndpointState } from "@/lib/domain/delivery/states";
import {
  asksFilter,
  type ExplainedEndpoint,
  explainMismatch,
  type FilterAnswer,
} from "@/lib/domain/endpoint/explain-match";
import { callbackEnding } from "@/lib/domain/endpoint/kinds";
import { AppError } from "@/lib/domain/errors";
import { compileFilter } from "@/lib/domain/filter/compile";
import type { FilterEvent } from "@/lib/domain/filter/event";
import { stepsForEach } from "@/lib/domain/filter/limits";
import type { ServiceContext } from "../context";
import { findEvent } from "../repositories/event-reads";
import { listRecipients, listRoutedEndpoints } from "../repositories/event-recipients";
import { toFilterEvent } from "./filter-event";
import { requirePermission } from "./require-permission";

/** Filters judged before other requests get their turn. */
const FILTERS_AT_ONCE = 10;

type Event = NonNullable<Awaited<ReturnType<typeof findEvent>>>;
type Endpoint = Awaited<ReturnType<typeof listRoutedEndpoints>>[number];

function askFilter(text: string, event: FilterEvent | null, steps: number): FilterAnswer {
  if (event === null) {
    return { unknown: "It has a filter, and retention has cleared the payload that the filter would read." };
  }
  const compiled = compileFilter(text);
  if (!compiled.ok) return { unknown: "Its filter cannot be read by this version; save the filter again." };
  return compiled.filter.matches(event, steps);
}

const NOW_HELD: Partial<Record<string, string>> = {
  paused: " It is paused, so the delivery would be held.",
  disabled: " It is disabled, so the delivery would be held.",
};

function explained(endpoint: Endpoint, nowMs: number): ExplainedEndpoint {
  const { tenant, eventTypes, subjects, filter } = endpoint;
  const end = callbackEnding(
    {
      expiresAtMs: endpoint.expiresAt?.getTime() ?? null,
      unsubscribedAtMs: endpoint.unsubscribedAt?.getTime() ?? null,
      unsubscribedByEvent: endpoint.unsubscribedByEvent,
    },
    nowMs,
  );
  return { tenant, eventTypes, subjects, hasFilter: filter !== null, end };
}

/**
 * The steps that a filter may take, as ingest shares them: by the endpoints there were for those of that time, by all of now
 * for what was created later.
 */
function sharesOf(endpoints: readonly Endpoint[], event: Event, nowMs: number) {
  const asking = endpoints.filter((endpoint) => asksFilter(explained(endpoint, nowMs), event));
  const now = stepsForEach(asking.length);
  const then = stepsForEach(asking.filter((endpoint) => endpoint.createdAt <= event.createdAt).length);
  return (endpoint: Endpoint) => (endpoint.createdAt <= event.createdAt ? then : now);
}

function reasonFor(
  endpoint: Endpoint,
  event: Event,
  filterEvent: FilterEvent | null,
  steps: number,
  nowMs: number,
): [NotDeliveredCode, string] {
  if (event.isTest) return ["test_event", "A test goes to one endpoint only."];
  const mismatch = explainMismatch(explained(endpoint, nowMs), event, () =>
    askFilter(endpoint.filter ?? "", filterEvent, steps),
  );
  if (endpoint.createdAt > event.createdAt) {
    const today =
      mismatch === null
        ? "Today it would get such an event."
        : `Nor would it get it today: ${mismatch.detail}`;
    return ["created_later", `It was created after the event came in. ${today}`];
  }
  if (mismatch !== null) return [mismatch.code, mismatch.detail];
  const held = NOW_HELD[endpoint.state] ?? "";
  return ["wanted_now", `With its settings of now it would get the event: they have changed since.${held}`];
}

/** The endpoints without a delivery of the event, each with the first reason. Throws `not_found`. */
export async function explainEvent(
  ctx: ServiceContext,
  actor: Actor,
  id: string,
): Promise<EventExplanationDto> {
  requirePermission(actor, "events:read");
  requirePermission(actor, "endpoints:read");
  const { environmentId } = actor;
  const { prisma } = ctx.db;
  const event = await findEvent(prisma, environmentId, id);
  if (event === null) throw new AppError("not_found", "There is no such event in this environment.");
  const [endpoints, recipients, { environmentKind }] = await Promise.all([
    listRoutedEndpoints(prisma, environmentId, event.subject),
    listRecipients(prisma, environmentId, id),
    ctx.ingest.snapshotFor(environmentId),
  ]);
  const nowMs = ctx.now();
  const filterEvent = toFilterEvent(event, environmentKind);
  const others: NotDeliveredDto[] = [];
  const stepsOf = sharesOf(endpoints, event, nowMs);
  let judged = 0;
  for (const endpoint of endpoints) {
    if (recipients.has(endpoint.id)) continue;
    if (endpoint.filter !== null && ++judged % FILTERS_AT_ONCE === 0) await new Promise(setImmediate);
    const [reason, detail] = reasonFor(endpoint, event, filterEvent, stepsOf(endpoint), nowMs);
    others.push({
      endpoint_id: endpoint.id,
      url: endpoint.url,
      description: endpoint.description,
      // The column has a check constraint with the same words.
      state: endpoint.state as EndpointState,
      reason,
      detail,
    });
  }
  return {
    event_id: id,
    computed_at: new Date(nowMs).toISOString(),
    delivered_to: recipients.size,
    not_delivered: others,
  };
}
