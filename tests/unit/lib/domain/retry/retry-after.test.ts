import { describe, expect, it } from "vitest";
import { MAX_RETRY_AFTER_MS, parseRetryAfter } from "@/lib/domain/retry/retry-after";

const NOW = Date.UTC(2026, 0, 1, 12, 0, 0);

describe("Retry-After", () => {
  it.each([
    ["7", 7_000],
    [" 120 ", 120_000],
    ["Thu, 01 Jan 2026 12:01:00 GMT", 60_000],
    ["99999999999999999999", MAX_RETRY_AFTER_MS],
    ["Fri, 31 Dec 9999 23:59:59 GMT", MAX_RETRY_AFTER_MS],
  ])("R-07 R-08 %j waits %d ms", (value, expected) => {
    expect(parseRetryAfter(value, NOW)).toBe(expected);
  });

  it.each([
    null,
    undefined,
    "",
    "0",
    "-1",
    "NaN",
    "inf",
    "1e300",
    "abc",
    "7, 8",
    "7.5",
    "Thu, 01 Jan 2026 11:59:59 GMT",
    "tomorrow",
  ])("R-08 %j is ignored", (value) => {
    expect(parseRetryAfter(value, NOW)).toBeNull();
  });
});
