import { describe, expect, it } from "vitest";
import { buildTimeline } from "@/lib/client/deliveries/timeline";
import type { AttemptDto } from "@/lib/contracts/deliveries";

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 12, minute)).toISOString();
const attempt = (number: number, minute: number) => ({ number, started_at: at(minute) }) as AttemptDto;

const waiting = {
  state: "pending" as const,
  created_at: at(0),
  completed_at: null,
  in_flight: false,
  attempt_count: 2,
  attempts: [attempt(2, 5), attempt(1, 0)],
  planned_attempts: [
    { number: 3, at: at(10) },
    { number: 4, at: at(40) },
  ],
  next_attempt_at: at(10),
};

const words = (items: ReturnType<typeof buildTimeline>) =>
  items.map((item) => ("number" in item ? `${item.kind} ${item.number}` : item.kind));

describe("buildTimeline", () => {
  it("puts attempts in order of number and the planned ones after them, with the next one marked", () => {
    const items = buildTimeline(waiting);
    expect(words(items)).toEqual(["created", "attempt 1", "attempt 2", "planned 3", "planned 4"]);
    expect(items.filter((item) => item.kind === "planned").map((item) => item.isNext)).toEqual([true, false]);
  });

  it("shows an attempt under way between the recorded and the planned ones", () => {
    const items = buildTimeline({
      ...waiting,
      in_flight: true,
      attempt_count: 3,
      planned_attempts: [{ number: 4, at: at(40) }],
    });
    expect(words(items)).toEqual(["created", "attempt 1", "attempt 2", "in_flight 3", "planned 4"]);
    expect(items.at(-1)).toMatchObject({ kind: "planned", isNext: false });
  });

  it("ends with the final state and plans nothing after it", () => {
    const items = buildTimeline({ ...waiting, state: "cancelled", completed_at: at(7) });
    expect(words(items)).toEqual(["created", "attempt 1", "attempt 2", "ended"]);
    expect(items.at(-1)).toMatchObject({ state: "cancelled", at: at(7) });
  });

  it("leaves a held delivery open", () => {
    const items = buildTimeline({ ...waiting, state: "held", planned_attempts: [], next_attempt_at: null });
    expect(words(items)).toEqual(["created", "attempt 1", "attempt 2"]);
  });
});
