import { describe, expect, it } from "vitest";
import {
  expandPolicy,
  maxAttempts,
  nextDelayMs,
  plannedAttempts,
  retryPolicySchema,
} from "@/lib/domain/retry/policy";

describe("retry policies", () => {
  it("the standard schedule is ten attempts over about 75 hours", () => {
    const { delaysSeconds } = expandPolicy({ preset: "standard" });
    expect(delaysSeconds).toEqual([0, 5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400]);
    const hours = delaysSeconds.reduce((sum, delay) => sum + delay, 0) / 3600;
    expect(hours).toBeCloseTo(75.58, 1);
  });

  it("an exponential policy grows by its factor up to its cap", () => {
    const policy = retryPolicySchema.parse({
      strategy: "exponential",
      base_seconds: 10,
      factor: 3,
      max_delay_seconds: 100,
      max_attempts: 5,
    });
    expect(expandPolicy(policy).delaysSeconds).toEqual([0, 10, 30, 90, 100]);
  });

  it("a fixed policy keeps its interval", () => {
    const policy = retryPolicySchema.parse({ strategy: "fixed", interval_seconds: 60, max_attempts: 3 });
    expect(expandPolicy(policy).delaysSeconds).toEqual([0, 60, 60]);
  });

  it("one attempt means one attempt", () => {
    expect(maxAttempts({ preset: "none" })).toBe(1);
    expect(nextDelayMs({ policy: { preset: "none" }, step: 1, random: 0.5 })).toBeNull();
  });

  it.each([
    [0, 4_000],
    [0.5, 5_000],
    [0.999999, 6_000],
  ])("F-05 jitter spreads a delay of 5 s by 20 %% (random %d → %d ms)", (random, expected) => {
    expect(nextDelayMs({ policy: { preset: "standard" }, step: 1, random })).toBe(expected);
  });

  it("an explicit list has no jitter unless it asks for it", () => {
    const policy = { delays_seconds: [0, 60] };
    expect(nextDelayMs({ policy, step: 1, random: 0 })).toBe(60_000);
    expect(nextDelayMs({ policy: { ...policy, jitter: 0.5 }, step: 1, random: 0 })).toBe(30_000);
  });

  it("R-07 Retry-After lengthens a wait and never shortens it", () => {
    const policy = { delays_seconds: [0, 60] };
    expect(nextDelayMs({ policy, step: 1, random: 0, retryAfterMs: 120_000 })).toBe(120_000);
    expect(nextDelayMs({ policy, step: 1, random: 0, retryAfterMs: 1_000 })).toBe(60_000);
  });

  it("planned attempts carry clock times from the next one on", () => {
    expect(plannedAttempts({ delays_seconds: [0, 5, 10, 20] }, 1, 1_000_000)).toEqual([
      1_000_000, 1_010_000, 1_030_000,
    ]);
  });

  it.each([
    { delays_seconds: [] },
    { delays_seconds: [-1] },
    { delays_seconds: [Number.POSITIVE_INFINITY] },
    { delays_seconds: Array.from({ length: 31 }, () => 1) },
    { strategy: "exponential", base_seconds: 0, max_attempts: 3 },
    { strategy: "fixed", interval_seconds: 1, max_attempts: 0 },
    { preset: "eager" },
    { preset: "standard", delays_seconds: [0] },
  ])("refuses %j", (policy) => {
    expect(retryPolicySchema.safeParse(policy).success).toBe(false);
  });
});
