import { describe, expect, it } from "vitest";
import { formatLocal, formatRelative, formatUtc } from "@/components/ui/format-time";

const NOW = Date.UTC(2026, 10, 20, 19, 38, 37, 123);
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe("formatRelative", () => {
  it.each([
    ["the same moment", 0, "now"],
    ["less than five seconds", 4 * SECOND, "now"],
    ["seconds", 42 * SECOND, "42 s ago"],
    ["the last second before a minute", MINUTE - 1, "59 s ago"],
    ["a minute", MINUTE, "1 m ago"],
    ["an hour", HOUR, "1 h ago"],
    ["the last moment before a day", DAY - 1, "23 h ago"],
    ["days, however many", 400 * DAY, "400 d ago"],
    ["the future", -3 * HOUR, "in 3 h"],
    ["a clock a little ahead", -2 * SECOND, "now"],
  ])("%s", (_title, agoMs, words) => {
    expect(formatRelative(NOW - agoMs, NOW)).toBe(words);
  });
});

describe("formatUtc", () => {
  it("keeps milliseconds and names the zone", () => {
    expect(formatUtc(NOW)).toBe("2026-11-20 19:38:37.123 UTC");
  });
});

describe("formatLocal", () => {
  it("shows the clock alone on the same day", () => {
    expect(formatLocal(NOW - HOUR, NOW, "Europe/Berlin")).toBe("19:38:37");
  });

  it("judges the day in the reader's zone, not in UTC", () => {
    const beforeMidnightInBerlin = Date.UTC(2026, 10, 20, 22, 59);
    const afterMidnightInBerlin = Date.UTC(2026, 10, 20, 23, 1);
    expect(formatLocal(beforeMidnightInBerlin, afterMidnightInBerlin, "Europe/Berlin")).toBe("20 Nov, 23:59");
  });

  it("adds the year when it is another one", () => {
    expect(formatLocal(Date.UTC(2025, 10, 20, 12), NOW, "UTC")).toBe("20 Nov 2025, 12:00");
  });
});
