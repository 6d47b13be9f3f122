import { describe, expect, it } from "vitest";
import { testFilter } from "@/lib/domain/filter/test-filter";
import { eventWith } from "./fixtures";

const events = Array.from({ length: 100 }, (_, index) =>
  eventWith(index % 10 === 9 ? {} : { score: index }, { id: `evt_${index}` }),
);

describe("testFilter", () => {
  it("tells how many of the events would have matched, and why the others would not", () => {
    const trial = testFilter("event.data.score >= 86", events, 2);
    expect(trial).toMatchObject({
      outcome: "tested",
      matched: 12,
      of: 100,
      reasons: { false: 78, missing_member: 10 },
    });
    if (trial.outcome !== "tested") return;
    expect(trial.matching.map(({ id }) => id)).toEqual(["evt_86", "evt_87"]);
    expect(trial.others.map(({ id, verdict }) => [id, verdict.matched])).toEqual([
      ["evt_0", false],
      ["evt_1", false],
    ]);
  });

  it("no events: none of none", () => {
    expect(testFilter("true", [])).toEqual({
      outcome: "tested",
      matched: 0,
      of: 0,
      reasons: {},
      matching: [],
      others: [],
    });
  });

  it("a text that does not compile is not tested", () => {
    expect(testFilter("event.typo == 1", events)).toMatchObject({
      outcome: "not_valid",
      problems: [{ position: 6, end: 10 }],
    });
  });
});
