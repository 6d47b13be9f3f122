import { describe, expect, it } from "vitest";
import { isAppError } from "@/lib/domain/errors";
import { createRateLimiter } from "@/lib/server/http/rate-limit";

function setUp() {
  let now = 0;
  const limiter = createRateLimiter({ perSecond: 2, burst: 3 }, () => now);
  return {
    pass: (key: string) => {
      try {
        limiter.take(key);
        return true;
      } catch (error) {
        if (isAppError(error)) return error.retryAfterSeconds;
        throw error;
      }
    },
    wait: (ms: number) => {
      now += ms;
    },
  };
}

describe("rate limit", () => {
  it("I-21 takes a burst, then refuses with the seconds to wait, then refills", () => {
    const { pass, wait } = setUp();
    expect([pass("a"), pass("a"), pass("a"), pass("a")]).toEqual([true, true, true, 1]);
    wait(500);
    expect([pass("a"), pass("a")]).toEqual([true, 1]);
  });

  it("I-21 one key's excess costs no other key anything", () => {
    const { pass } = setUp();
    for (let i = 0; i < 100; i++) pass("loud");
    expect(pass("quiet")).toBe(true);
  });

  it("I-21 refused calls do not push the end of the wait away, and a clock that goes back gives nothing", () => {
    const { pass, wait } = setUp();
    for (let i = 0; i < 10; i++) pass("a");
    wait(-1000);
    expect(pass("a")).toBe(1);
    wait(1000);
    wait(500);
    expect(pass("a")).toBe(true);
  });
});
