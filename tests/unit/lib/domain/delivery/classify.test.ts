import { describe, expect, it } from "vitest";
import { classifyStatus, judgeAttempt } from "@/lib/domain/delivery/classify";

const base = {
  trigger: "event" as const,
  policy: { delays_seconds: [0, 60, 60] },
  step: 1,
  random: 0.5,
  retryAfterMs: null,
};

describe("judgeAttempt", () => {
  it.each([200, 204, 299])("R-01 %d is success", (status) => {
    expect(judgeAttempt({ ...base, result: { status } })).toMatchObject({
      state: "succeeded",
      errorClass: null,
    });
  });

  it.each([
    [301, "redirect"],
    [304, "redirect"],
    [308, "redirect"],
    [400, "client_error"],
    [401, "client_error"],
    [404, "client_error"],
    [422, "client_error"],
    [429, "rate_limited"],
    [500, "server_error"],
    [503, "server_error"],
    [600, "unexpected_status"],
    [999, "unexpected_status"],
  ] as const)("R-02 R-03 R-06 %d fails as %s and is retried", (status, errorClass) => {
    expect(classifyStatus(status)).toBe(errorClass);
    expect(judgeAttempt({ ...base, result: { status } })).toMatchObject({
      state: "pending",
      errorClass,
      delayMs: 60_000,
    });
  });

  it("R-04 410 is final and disables the endpoint", () => {
    expect(judgeAttempt({ ...base, result: { status: 410 } })).toMatchObject({
      state: "failed",
      reason: "receiver_gone",
      disableEndpoint: true,
    });
  });

  it("ends as failed when the schedule is exhausted", () => {
    expect(judgeAttempt({ ...base, step: 3, result: { errorClass: "timeout" } })).toMatchObject({
      state: "failed",
      reason: "schedule_exhausted",
      delayMs: null,
    });
  });

  it("R-07 heeds Retry-After on 429 and 503 only", () => {
    const delayOf = (status: number) =>
      judgeAttempt({ ...base, retryAfterMs: 600_000, result: { status } }).delayMs;
    expect(delayOf(429)).toBeGreaterThanOrEqual(600_000);
    expect(delayOf(503)).toBeGreaterThanOrEqual(600_000);
    expect(delayOf(500)).toBe(60_000);
  });

  it.each(["test", "replay"] as const)("a %s gets one attempt", (trigger) => {
    expect(judgeAttempt({ ...base, trigger, result: { status: 500 } })).toMatchObject({
      state: "failed",
      reason: "single_attempt",
    });
  });

  it.each(["payload_expired", "transform_failed", "body_too_large"] as const)(
    "P-25 %s ends the delivery: no later attempt would have a body",
    (errorClass) => {
      expect(judgeAttempt({ ...base, result: { errorClass } })).toMatchObject({
        state: "failed",
        reason: errorClass,
      });
    },
  );
});
