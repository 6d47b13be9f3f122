import { expect, test } from "vitest";
import { EMPTY_REFINE, isRefineValid, refineInput } from "@/lib/client/endpoints/refine-draft";
import { readWarnAt, warnAtText } from "@/lib/client/endpoints/warn-at";

const draftWith = (text: string) => ({
  ...EMPTY_REFINE,
  autoDisable: {
    kind: "own" as const,
    rule: { after_hours: 24, min_failures: 3, warn_at_percent: readWarnAt(text) },
  },
});

test.each([
  ["50, 70, 90", [50, 70, 90]],
  ["50,70", [50, 70]],
  [" 80 % ", [80]],
  ["", []],
  ["  ", []],
  ["50, 70,", [50, 70]],
])("%j is saved as %j", (text, percents) => {
  expect(readWarnAt(text)).toEqual(percents);
  expect(isRefineValid(draftWith(text))).toBe(true);
  expect(refineInput(draftWith(text)).auto_disable).toMatchObject({ warn_at_percent: percents });
  expect(readWarnAt(warnAtText(percents))).toEqual(percents);
});

test.each(["90, 50", "50, 50", "0", "100", "5.5", "half", "50,,70", "1,2,3,4,5,6", "-5"])(
  "%j cannot be saved",
  (text) => {
    expect(isRefineValid(draftWith(text))).toBe(false);
  },
);
