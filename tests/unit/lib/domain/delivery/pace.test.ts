import { describe, expect, it } from "vitest";
import { Pace } from "@/lib/domain/delivery/pace";

/** Runs a receiver that takes `limit` requests a second and answers 429 beyond; gives requests by second. */
function simulate(limit: number, seconds: number): { sent: number[]; refused: number } {
  const pace = new Pace();
  const sent: number[] = [];
  let refused = 0;
  let taken: number[] = [];
  for (let now = 0; now < seconds * 1000; now += 5) {
    // Ten at once is what one endpoint gets by default.
    for (let slot = 0; slot < 10 && pace.waitMs(now) === 0; slot++) {
      pace.started(now);
      const second = Math.floor(now / 1000);
      sent[second] = (sent[second] ?? 0) + 1;
      taken = taken.filter((at) => at > now - 1000);
      if (taken.length < limit) {
        taken.push(now);
        pace.succeeded(now);
      } else {
        refused++;
        pace.pushedBack(now, null, "limited");
      }
    }
  }
  return { sent, refused };
}

describe("Pace", () => {
  it("lets everything through until the receiver pushes back", () => {
    const pace = new Pace();
    for (let now = 0; now < 1000; now++) {
      expect(pace.waitMs(now)).toBe(0);
      pace.started(now);
      pace.succeeded(now);
    }
    expect(pace.ratePerSecond).toBeNull();
  });

  it("R-05 converges to what a receiver of 5 a second takes", () => {
    const { sent } = simulate(5, 60);
    for (const second of sent.slice(10)) expect(second ?? 0).toBeLessThanOrEqual(6);
    const late = sent.slice(20).reduce((sum, count) => sum + (count ?? 0), 0) / (sent.length - 20);
    expect(late).toBeGreaterThan(3);
  });

  it("R-06 closes the gate for as long as Retry-After says, at most a minute", () => {
    const pace = new Pace();
    pace.pushedBack(0, 7_000, "ill");
    expect(pace.waitMs(0)).toBe(7_000);
    pace.pushedBack(10_000, 86_400_000, "ill");
    expect(pace.waitMs(10_000)).toBe(60_000);
  });

  it("is back at full speed soon after a single bad answer", () => {
    const pace = new Pace();
    pace.pushedBack(0, null, "limited");
    let now = 0;
    while (pace.ratePerSecond !== null && now < 60_000) {
      now += pace.waitMs(now) || 1;
      pace.started(now);
      pace.succeeded(now);
    }
    expect(pace.ratePerSecond).toBeNull();
    expect(now).toBeLessThan(15_000);
  });

  it("R-06 a receiver that is ill still gets twenty a second, so that its recovery is noticed", () => {
    const pace = new Pace();
    for (let now = 0; now < 30_000; now += 1_000) pace.pushedBack(now, null, "ill");
    expect(pace.ratePerSecond).toBe(20);
  });

  it("a limit that is learnt after a request has started counts that one already", () => {
    const pace = new Pace();
    pace.started(100);
    pace.setMost(2);
    expect(pace.waitMs(110)).toBe(490);
    pace.started(600);
    pace.setMost(2);
    expect(pace.waitMs(600)).toBe(500);
  });
});
