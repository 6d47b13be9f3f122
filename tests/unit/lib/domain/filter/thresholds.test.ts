import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crosses, fallsBelow, risesAbove } from "@/lib/domain/filter/thresholds";
import { eventWith, filterOf, outcome } from "./fixtures";

describe("a threshold", () => {
  it.each([
    // previous, current, rises above, falls below
    [699, 700, true, false],
    [699, 701, true, false],
    [700, 701, false, false],
    [700, 700, false, false],
    [701, 700, false, false],
    [701, 699, false, true],
    [700, 699, false, true],
    [700, 699.999, false, true],
    [699.999, 700, true, false],
    [1, 2, false, false],
  ])("700: from %d to %d rises %s, falls %s", (previous, current, rises, falls) => {
    expect(risesAbove(previous, current, 700)).toBe(rises);
    expect(fallsBelow(previous, current, 700)).toBe(falls);
    expect(crosses(previous, current, 700)).toBe(rises || falls);
  });

  it("is crossed when and only when it is risen above or fallen below, never both", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), fc.integer(), (previous, current, threshold) => {
        const rises = risesAbove(previous, current, threshold);
        const falls = fallsBelow(previous, current, threshold);
        expect(rises && falls).toBe(false);
        expect(crosses(previous, current, threshold)).toBe(rises || falls);
        expect(crosses(current, previous, threshold)).toBe(rises || falls);
      }),
    );
  });

  it("no way through a row of values crosses it twice in the same direction without coming back", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 2 }), (values) => {
        let above = (values[0] ?? 0) >= 5;
        values.slice(1).forEach((current, index) => {
          const previous = values[index] ?? 0;
          if (risesAbove(previous, current, 5)) {
            expect(above).toBe(false);
            above = true;
          }
          if (fallsBelow(previous, current, 5)) {
            expect(above).toBe(true);
            above = false;
          }
          expect(above).toBe(current >= 5);
        });
      }),
    );
  });
});

describe("thresholds in an expression", () => {
  const change = (previous: unknown, current: unknown) =>
    eventWith({ previous_score: previous, new_score: current, limit: 650.5 });
  const scores = "event.data.previous_score, event.data.new_score";

  it("a subscriber's lower and upper threshold fire on a change of side only", () => {
    const text = `crosses(${scores}, [300, 700]) && event.subject == '0xAbc'`;
    const fires = (previous: number, current: number) =>
      outcome(text, change(previous, current)) === "matched";
    expect(fires(500, 600)).toBe(false);
    expect(fires(690, 700)).toBe(true);
    expect(fires(700, 705)).toBe(false);
    expect(fires(705, 699)).toBe(true);
    expect(fires(310, 299)).toBe(true);
    expect(fires(299, 250)).toBe(false);
    expect(fires(250, 800)).toBe(true);
    expect(
      filterOf(text).matches(eventWith({ previous_score: 1, new_score: 999 }, { subject: "0xOther" }))
        .matched,
    ).toBe(false);
  });

  it.each([
    [`crosses(${scores}, 700)`, 690, 710, "matched"],
    [`crosses(${scores}, 700.5)`, 700, 701, "matched"],
    [`crosses(${scores}, event.data.limit)`, 650, 651, "matched"],
    [`crosses(${scores}, [event.data.limit, 700])`, 650, 651, "matched"],
    [`rises_above(${scores}, 700)`, 690, 710, "matched"],
    [`rises_above(${scores}, 700)`, 710, 690, "false"],
    [`falls_below(${scores}, 700)`, 710, 690, "matched"],
    [`falls_below(${scores}, 700)`, 690, 710, "false"],
    [`crosses(${scores}, 700)`, null, 710, "type_mismatch"],
    [`crosses(${scores}, 700)`, "690", 710, "type_mismatch"],
    [`crosses(${scores}, 700)`, undefined, 710, "missing_member"],
    [`crosses(event.data.gone, event.data.new_score, 700)`, 1, 710, "missing_member"],
  ])("%s, from %s to %s → %s", (text, previous, current, expected) => {
    expect(outcome(text, change(previous, current))).toBe(expected);
  });
});
