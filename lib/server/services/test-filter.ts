// Tries a filter on past events before anybody saves it: "would have matched 12 of the last 100".
import type { z } from "zod";
import {
  type FilterSampleDto,
  type FilterTrialDto,
  TRIAL_SAMPLES,
  type testFilterInput,
} from "@/lib/contracts/trials";
import type { Actor } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import type { FilterReason } from "@/lib/domain/filter/compile";
import { type FilterSample, testFilter as tryFilter } from "@/lib/domain/filter/test-filter";
import type { ServiceContext } from "../context";
import { findTrialEvents, readTrialEvents } from "../repositories/trial-events";
import { acceptFilter } from "./endpoint/wire-settings";
import { toFilterEvent } from "./filter-event";
import { requirePermission } from "./require-permission";

/** Older events are not searched, however rare the type: a trial must stay cheap. */
const SEARCHED_EVENTS = 5_000;
/** Payloads in memory at a time; other requests get their turn between two chunks. */
const CHUNK = 10;

const toSample = ({ id, type, time, verdict }: FilterSample): FilterSampleDto => ({
  event_id: id,
  type,
  timestamp: time.toISOString(),
  matched: verdict.matched,
  reason: verdict.matched ? null : verdict.reason,
  detail: verdict.matched ? null : verdict.detail,
});

/** Counts and samples over the newest events. Throws `invalid_request` with every problem of the filter and its position. */
export async function testFilter(
  ctx: ServiceContext,
  actor: Actor,
  input: z.output<typeof testFilterInput>,
): Promise<FilterTrialDto> {
  requirePermission(actor, "endpoints:read");
  requirePermission(actor, "events:read");
  const text = acceptFilter(input.filter) ?? "";
  const { environmentId } = actor;
  const { environmentKind } = await ctx.ingest.snapshotFor(environmentId);
  const ids = await findTrialEvents(
    ctx.db.prisma,
    {
      environmentId,
      eventTypes: input.event_types ?? null,
      subjects: input.subjects ?? [],
      tenant: input.tenant ?? null,
    },
    { take: input.limit, within: SEARCHED_EVENTS },
  );
  const answer = { matched: 0, of: 0 };
  const reasons: Partial<Record<FilterReason, number>> = {};
  const matching: FilterSample[] = [];
  const others: FilterSample[] = [];
  for (let at = 0; at < ids.length; at += CHUNK) {
    const rows = await readTrialEvents(ctx.db.prisma, environmentId, ids.slice(at, at + CHUNK));
    const events = rows.flatMap((row) => toFilterEvent(row, environmentKind) ?? []);
    const part = tryFilter(text, events, TRIAL_SAMPLES);
    if (part.outcome === "not_valid") throw new AppError("invalid_request", "The filter cannot be used.");
    answer.matched += part.matched;
    answer.of += part.of;
    for (const [reason, count] of Object.entries(part.reasons) as [FilterReason, number][]) {
      reasons[reason] = (reasons[reason] ?? 0) + count;
    }
    matching.push(...part.matching);
    others.push(...part.others);
  }
  const samples = [...matching.slice(0, TRIAL_SAMPLES), ...others.slice(0, TRIAL_SAMPLES)].map(toSample);
  return { ...answer, reasons, samples };
}
