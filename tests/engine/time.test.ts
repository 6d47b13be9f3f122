import { describe, expect, test } from "vitest";
import { createClient } from "@/inngest/client";
import { defaultBackoff } from "@/inngest/embedded/backoff";
import { createCronSchedule } from "@/inngest/embedded/cron-schedule";
import { parseTimeString, retryAfterTime, sleepEnd } from "@/inngest/embedded/duration";
import { readFunction } from "@/inngest/embedded/function-config";

const NOW = Date.parse("2026-03-01T12:00:30Z");

describe("how the SDK writes times", () => {
  test.each([
    ["300ms", 300],
    ["1s", 1_000],
    ["1h30m", 5_400_000],
    ["2d", 172_800_000],
    ["1w1.5s", 604_801_500],
    ["", 0],
    ["soon", undefined],
    ["10", undefined],
    ["-1s", undefined],
  ])("the time string %j", (text, ms) => {
    expect(parseTimeString(text)).toBe(ms);
  });

  test("a sleep says how long or until when", () => {
    expect(sleepEnd("2s", NOW)).toBe(NOW + 2_000);
    expect(sleepEnd("2026-03-01T12:00:00.500Z", NOW)).toBe(NOW - 29_500);
    expect(sleepEnd("whenever", NOW)).toBeUndefined();
  });

  test("Retry-After is seconds or a date", () => {
    expect(retryAfterTime("3", NOW)).toBe(NOW + 3_000);
    expect(retryAfterTime("2026-03-01T12:01:00Z", NOW)).toBe(NOW + 30_000);
    expect(retryAfterTime(null, NOW)).toBeUndefined();
    expect(retryAfterTime("later", NOW)).toBeUndefined();
  });

  test("the default pauses grow from 15 seconds to two hours", () => {
    expect(defaultBackoff(1, 0)).toBe(15_000);
    expect(defaultBackoff(1, 1)).toBe(18_750);
    expect(defaultBackoff(2, 0)).toBe(30_000);
    expect(defaultBackoff(99, 0)).toBe(7_200_000);
  });
});

describe("cron slots", () => {
  const client = createClient("embedded", "app");
  const schedule = (cron: string) => {
    const fn = client.createFunction({ id: "fn", triggers: [{ cron }] }, async () => undefined);
    return createCronSchedule([readFunction(fn, "app")], NOW);
  };
  const times = (slots: { at: Date }[]) => slots.map((slot) => slot.at.toISOString().slice(11, 16));

  test("a slot is given once, at its time and not before", () => {
    const cron = schedule("*/5 * * * *");
    expect(times(cron.takeDue(NOW))).toEqual(["12:00"]);
    expect(cron.takeDue(NOW + 1_000)).toEqual([]);
    expect(new Date(cron.next(NOW) ?? 0).toISOString()).toBe("2026-03-01T12:05:00.000Z");
    expect(cron.takeDue(Date.parse("2026-03-01T12:04:59.999Z"))).toEqual([]);
    expect(times(cron.takeDue(Date.parse("2026-03-01T12:05:00Z")))).toEqual(["12:05"]);
    expect(cron.takeDue(Date.parse("2026-03-01T12:05:00Z"))).toEqual([]);
  });

  test("a slot long before the start is not made up for, and of several missed ones the newest counts", () => {
    const cron = schedule("0 * * * *");
    expect(times(cron.takeDue(Date.parse("2026-03-01T15:20:00Z")))).toEqual(["15:00"]);
    const daily = schedule("0 3 * * *");
    expect(daily.takeDue(NOW)).toEqual([]);
  });

  test("without cron triggers there is no next slot", () => {
    expect(createCronSchedule([], NOW).next(NOW)).toBeUndefined();
  });
});
