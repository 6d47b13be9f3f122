import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assessHealth, type HealthFacts } from "@/lib/domain/health/assess";
import { decideHealth } from "@/lib/domain/health/decide";
import { countedMs, MAX_BEAT_GAP_MS, overlapMs, type Span, stoppedSpan } from "@/lib/domain/health/outage";
import type { AutoDisableRule } from "@/lib/domain/profile/definition-shape";

const HOUR = 3_600_000;
const RULE: AutoDisableRule = { after_hours: 120, min_failures: 5, warn_at_percent: [50, 70, 90] };
const T0 = Date.UTC(2026, 0, 1);

const failingFacts = (change: Partial<HealthFacts> = {}): HealthFacts => ({
  failingSinceMs: T0,
  warnedPercent: 0,
  warnedSinceMs: null,
  warnedAtMs: null,
  ...change,
});
const warned = (percent: number, atHours: number) =>
  failingFacts({ warnedPercent: percent, warnedSinceMs: T0, warnedAtMs: T0 + atHours * HOUR });

function decide(facts: HealthFacts, hours: number, change: Partial<Parameters<typeof decideHealth>[0]> = {}) {
  const rule = change.rule === undefined ? RULE : change.rule;
  const assessment = assessHealth(facts, rule, [], T0 + hours * HOUR);
  return decideHealth({ facts, assessment, rule, isActive: true, nothingGetsOut: false, ...change });
}

describe("the auto-disable rule", () => {
  it.each([
    [failingFacts(), 59.99, { kind: "none" }],
    [failingFacts(), 60, { kind: "warn", percent: 50 }],
    [warned(50, 60), 83.99, { kind: "none" }],
    [warned(50, 60), 84, { kind: "warn", percent: 70 }],
    [warned(70, 60), 108, { kind: "warn", percent: 90 }],
    [warned(90, 60), 119.99, { kind: "none" }],
    [warned(90, 60), 120, { kind: "disable" }],
  ])("F-07 warns at each stage once, and disables at the end (%#)", (facts, hours, effect) => {
    expect(decide(facts, hours).effect).toEqual(effect);
  });

  it("F-07 nobody is disabled without a warning: a late one is followed by the notice of the last stage", () => {
    expect(decide(failingFacts(), 200).effect).toEqual({ kind: "warn", percent: 90 });
    expect(decide(warned(90, 200), 211.9).effect).toEqual({ kind: "none" });
    expect(decide(warned(90, 200), 212).effect).toEqual({ kind: "disable" });
  });

  it("the notice is never longer than a day, and a rule without stages has none", () => {
    const long = { ...RULE, after_hours: 720 };
    expect(decide(warned(90, 720), 743.9, { rule: long }).effect).toEqual({ kind: "none" });
    expect(decide(warned(90, 720), 744, { rule: long }).effect).toEqual({ kind: "disable" });
    expect(decide(failingFacts(), 120, { rule: { ...RULE, warn_at_percent: [] } }).effect).toEqual({
      kind: "disable",
    });
  });

  it("does nothing without a rule, for a stopped endpoint, or while nothing gets out", () => {
    expect(decide(failingFacts(), 500, { rule: null }).effect).toEqual({ kind: "none" });
    expect(decide(warned(90, 60), 500, { isActive: false }).effect).toEqual({ kind: "none" });
    expect(decide(warned(90, 60), 500, { nothingGetsOut: true }).effect).toEqual({ kind: "none" });
  });

  it("a success after a warning is good news, and failing again starts from the first stage", () => {
    const well = { ...warned(70, 90), failingSinceMs: null };
    expect(decide(well, 100)).toEqual({ recovered: true, effect: { kind: "none" } });
    const again = { ...warned(70, 90), failingSinceMs: T0 + 95 * HOUR };
    expect(decide(again, 100)).toEqual({ recovered: true, effect: { kind: "none" } });
    expect(decide(again, 95 + 60).effect).toEqual({ kind: "warn", percent: 50 });
  });

  it("says what comes next, as it will be done", () => {
    const now = T0 + 61 * HOUR;
    const assessed = assessHealth(warned(50, 60), RULE, [], now);
    expect(assessed).toMatchObject({ percent: 50, stage: 50, failingMs: 61 * HOUR, isDue: false });
    expect(assessed.nextWarning).toEqual({ percent: 70, atMs: T0 + 84 * HOUR });
    expect(assessed.disableAtMs).toBe(T0 + 120 * HOUR);
  });

  it("time of our own outages is left out, and moves everything that comes", () => {
    const outage: Span = { startMs: T0 + 10 * HOUR, endMs: T0 + 40 * HOUR };
    const assessed = assessHealth(failingFacts(), RULE, [outage], T0 + 61 * HOUR);
    expect(assessed).toMatchObject({ failingMs: 31 * HOUR, leftOutMs: 30 * HOUR, stage: 0 });
    expect(assessed.disableAtMs).toBe(T0 + 150 * HOUR);
  });

  it("while an outage goes on, nobody can say when", () => {
    const open: Span = { startMs: T0 + 10 * HOUR, endMs: null };
    const assessed = assessHealth(failingFacts(), RULE, [open], T0 + 500 * HOUR);
    expect(assessed).toMatchObject({
      failingMs: 10 * HOUR,
      disableAtMs: null,
      nextWarning: null,
      isDue: false,
    });
  });

  it("however often it is evaluated, each stage comes once, in order, and before the end", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 60 }), (steps) => {
        let facts = failingFacts();
        let hours = 0;
        const seen: (number | "disabled")[] = [];
        for (const step of steps) {
          hours += step;
          const { effect } = decide(facts, hours);
          if (effect.kind === "warn") {
            seen.push(effect.percent);
            facts = {
              ...facts,
              warnedPercent: effect.percent,
              warnedSinceMs: T0,
              warnedAtMs: facts.warnedAtMs ?? T0 + hours * HOUR,
            };
          }
          if (effect.kind === "disable") {
            seen.push("disabled");
            break;
          }
        }
        const stages = seen.filter((entry) => entry !== "disabled");
        expect(stages).toEqual([...new Set(stages)].sort((a, b) => Number(a) - Number(b)));
        if (seen.includes("disabled")) {
          expect(stages.length).toBeGreaterThan(0);
          expect(seen.at(-1)).toBe("disabled");
        }
      }),
    );
  });
});

describe("our own outages", () => {
  it("a gap between two beats is one, the first beat ever is none", () => {
    expect(stoppedSpan(null, T0)).toBeNull();
    expect(stoppedSpan(T0, T0 + MAX_BEAT_GAP_MS)).toBeNull();
    expect(stoppedSpan(T0, T0 + MAX_BEAT_GAP_MS + 1)).toEqual({
      startMs: T0,
      endMs: T0 + MAX_BEAT_GAP_MS + 1,
    });
  });

  it("overlapping outages are left out once", () => {
    const spans: Span[] = [
      { startMs: 10, endMs: 30 },
      { startMs: 20, endMs: 40 },
      { startMs: 25, endMs: 28 },
      { startMs: 90, endMs: null },
    ];
    expect(overlapMs(spans, 0, 100)).toBe(40);
    expect(countedMs(spans, 0, 100)).toBe(60);
    expect(countedMs(spans, 15, 35)).toBe(0);
  });

  it("counts exactly the milliseconds that lie in no span", () => {
    const span = fc.tuple(fc.nat(80), fc.nat(80)).map(([a, b]) => ({
      startMs: Math.min(a, b),
      endMs: Math.max(a, b),
    }));
    fc.assert(
      fc.property(fc.array(span, { maxLength: 8 }), fc.nat(80), fc.nat(80), (spans, a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        let free = 0;
        for (let at = from; at < to; at++) {
          if (!spans.some(({ startMs, endMs }) => at >= startMs && at < endMs)) free++;
        }
        expect(countedMs(spans, from, to)).toBe(free);
      }),
    );
  });
});
