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

  describe("with a longest time", () => {
    const threeDays = {
      strategy: "exponential",
      base_seconds: 60,
      max_delay_seconds: 43_200,
      max_attempts: 100,
      max_elapsed_seconds: 259_200,
      jitter: 0.2,
    };

    it("ends before the first attempt that would come later", () => {
      const policy = retryPolicySchema.parse(threeDays);
      const { delaysSeconds } = expandPolicy(policy);
      const total = delaysSeconds.reduce((sum, delay) => sum + delay, 0);
      expect(delaysSeconds.slice(0, 4)).toEqual([0, 60, 120, 240]);
      expect(total).toBeLessThanOrEqual(259_200);
      expect(total + 43_200).toBeGreaterThan(259_200);
      expect(maxAttempts(policy)).toBe(delaysSeconds.length);
    });

    it("the attempt at the very end belongs to it, and the number of attempts still counts", () => {
      const fixed = { strategy: "fixed" as const, interval_seconds: 10, max_elapsed_seconds: 30 };
      expect(expandPolicy({ ...fixed, max_attempts: 100 }).delaysSeconds).toEqual([0, 10, 10, 10]);
      expect(expandPolicy({ ...fixed, max_attempts: 2 }).delaysSeconds).toEqual([0, 10]);
      expect(expandPolicy({ ...fixed, max_attempts: 9, max_elapsed_seconds: 9 }).delaysSeconds).toEqual([0]);
    });

    it("neither jitter nor Retry-After carries an attempt beyond it", () => {
      const policy = retryPolicySchema.parse({ ...threeDays, max_elapsed_seconds: 1000 });
      const step = 3;
      expect(nextDelayMs({ policy, step, random: 0.5 })).toBe(240_000);
      expect(nextDelayMs({ policy, step, random: 0.999999, elapsedMs: 180_000 })).toBe(288_000);
      expect(nextDelayMs({ policy, step, random: 0.999999, elapsedMs: 750_000 })).toBe(250_000);
      expect(nextDelayMs({ policy, step, random: 0, elapsedMs: 1_000_001 })).toBeNull();
      expect(nextDelayMs({ policy, step, random: 0, elapsedMs: 180_000, retryAfterMs: 820_000 })).toBe(
        820_000,
      );
      expect(nextDelayMs({ policy, step, random: 0, elapsedMs: 180_000, retryAfterMs: 820_001 })).toBeNull();
    });

    it("without one the time that has passed changes nothing", () => {
      const policy = { delays_seconds: [0, 60] };
      expect(nextDelayMs({ policy, step: 1, random: 0, elapsedMs: 1e12 })).toBe(60_000);
    });

    it("up to 100 attempts, but only with it", () => {
      const many = { strategy: "fixed", interval_seconds: 1, max_attempts: 100 };
      expect(retryPolicySchema.safeParse({ ...many, max_elapsed_seconds: 60 }).success).toBe(true);
      const refused = retryPolicySchema.safeParse(many);
      expect(JSON.stringify(refused.error?.issues)).toContain(
        "more than 30 attempts need max_elapsed_seconds",
      );
    });
  });

  it("a policy that was stored before still means the same", () => {
    const stored = {
      strategy: "exponential",
      base_seconds: 10,
      factor: 3,
      max_delay_seconds: 100,
      max_attempts: 30,
    };
    const policy = retryPolicySchema.parse(stored);
    expect(policy).toEqual(stored);
    expect(expandPolicy(policy).delaysSeconds).toHaveLength(30);
  });

  it("the schedule of a policy is computed once", () => {
    const policy = { delays_seconds: [0, 60] };
    expect(expandPolicy(policy)).toBe(expandPolicy(policy));
  });

  it.each([
    { delays_seconds: [] },
    { strategy: "fixed", interval_seconds: 1, max_attempts: 101, max_elapsed_seconds: 60 },
    { strategy: "fixed", interval_seconds: 1, max_attempts: 3, max_elapsed_seconds: 0 },
    { strategy: "fixed", interval_seconds: 1, max_attempts: 3, max_elapsed_seconds: 1e9 },
    { delays_seconds: [0], max_elapsed_seconds: 60 },
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
