// Owns the order of events in one delivery's life for the timeline: created, attempts, the one under way, planned ones, end.
import type { AttemptDto, DeliveryDetailDto } from "@/lib/contracts/deliveries";

export type TimelineItem =
  | { kind: "created"; at: string }
  | { kind: "attempt"; at: string; number: number; attempt: AttemptDto }
  | { kind: "in_flight"; at: string | null; number: number }
  | { kind: "planned"; at: string; number: number; isNext: boolean }
  | { kind: "ended"; at: string; state: "succeeded" | "failed" | "cancelled" };

type Story = Pick<
  DeliveryDetailDto,
  | "state"
  | "created_at"
  | "completed_at"
  | "in_flight"
  | "attempt_count"
  | "attempts"
  | "planned_attempts"
  | "next_attempt_at"
>;

/**
 * The items from first to last. Attempts come by number, because clocks of two processes may differ; an attempt under way
 * has no row yet, so it stands between the recorded and the planned ones.
 */
export function buildTimeline(delivery: Story): TimelineItem[] {
  const items: TimelineItem[] = [{ kind: "created", at: delivery.created_at }];
  const attempts = [...delivery.attempts].sort((a, b) => a.number - b.number);
  for (const attempt of attempts) {
    items.push({ kind: "attempt", at: attempt.started_at, number: attempt.number, attempt });
  }
  const isRecorded = attempts.some((attempt) => attempt.number === delivery.attempt_count);
  if (delivery.state === "pending" && delivery.in_flight && !isRecorded) {
    items.push({ kind: "in_flight", at: delivery.next_attempt_at, number: delivery.attempt_count });
  }
  if (delivery.state === "pending") {
    for (const [index, planned] of delivery.planned_attempts.entries()) {
      const isNext = index === 0 && !delivery.in_flight;
      items.push({ kind: "planned", at: planned.at, number: planned.number, isNext });
    }
  }
  const { state, completed_at: completedAt } = delivery;
  if (state !== "pending" && state !== "held" && completedAt !== null) {
    items.push({ kind: "ended", at: completedAt, state });
  }
  return items;
}
