import { describe, expect, test } from "vitest";
import { formatDelays, parseDelays, previewPolicy } from "@/lib/client/endpoints/retry-preview";
import { formatDuration } from "@/lib/client/format-duration";
import { RETRY_PRESETS } from "@/lib/domain/retry/policy";

const spoken = (seconds: number) => formatDuration(seconds).replaceAll("\u00a0", " ");

describe("the preview of a policy", () => {
  test("the standard preset's last try is in 75 h 35 m, its tenth attempt", () => {
    const { rows, lastSeconds, jitter } = previewPolicy({ preset: "standard" }, 0);
    expect(rows).toHaveLength(10);
    expect(spoken(lastSeconds)).toBe("75 h 35 m");
    expect(jitter).toBe(0.2);
    expect(rows[0]).toEqual({ number: 1, waitSeconds: null, elapsedSeconds: 0, atMs: 0 });
    expect(rows[2]).toEqual({ number: 3, waitSeconds: 300, elapsedSeconds: 305, atMs: 305_000 });
  });

  test("clock times count from the given present, and a first delay moves all of them", () => {
    const { rows } = previewPolicy({ delays_seconds: [60, 30] }, 1_000_000);
    expect(rows.map((row) => row.atMs)).toEqual([1_060_000, 1_090_000]);
    expect(rows.map((row) => row.elapsedSeconds)).toEqual([60, 90]);
  });

  test("an exponential rule is capped at its longest wait", () => {
    const { rows } = previewPolicy(
      { strategy: "exponential", base_seconds: 10, factor: 10, max_delay_seconds: 500, max_attempts: 4 },
      0,
    );
    expect(rows.map((row) => row.waitSeconds)).toEqual([null, 10, 100, 500]);
  });
});

describe("delays as text", () => {
  test.each(Object.keys(RETRY_PRESETS) as (keyof typeof RETRY_PRESETS)[])(
    "%s survives the way there and back",
    (preset) => {
      const { delays } = RETRY_PRESETS[preset];
      expect(parseDelays(formatDelays(delays))).toEqual({ outcome: "read", seconds: [...delays] });
    },
  );

  test.each([
    ["0, 5s,5m ,2h,1d", [0, 5, 300, 7200, 86_400]],
    ["1.5m", [90]],
    ["5 s\n10", [5, 10]],
    ["", []],
  ])("%j is read", (text, seconds) => {
    expect(parseDelays(text)).toEqual({ outcome: "read", seconds });
  });

  test.each(["5x", "-1", "1h30m", "now", "0, ∞"])("%j is not, and the wrong part is named", (text) => {
    expect(parseDelays(text)).toEqual({ outcome: "wrong", part: text.split(",").at(-1)?.trim() });
  });
});

test.each([
  [0, "0 s"],
  [59.9, "59 s"],
  [60, "1 m"],
  [3_599, "59 m 59 s"],
  [86_400, "24 h"],
  [345_599, "95 h 59 m"],
  [345_600, "4 d"],
  [493_500, "5 d 17 h"],
])("%d seconds read %j", (seconds, text) => {
  expect(spoken(seconds)).toBe(text);
});
