import { describe, expect, it } from "vitest";
import { ATTEMPT_ERROR_CLASSES } from "@/lib/domain/delivery/error-classes";
import { faultOf, isUnanswered, OWN_FAULT_CLASSES } from "@/lib/domain/health/faults";
import { type TalliedAttempt, tallyAttempts } from "@/lib/domain/health/tally";

const attempt = (endedAtMs: number, change: Partial<TalliedAttempt> = {}): TalliedAttempt => ({
  endpointId: "ep_a",
  trigger: "event",
  succeeded: false,
  errorClass: "server_error",
  reachedTarget: true,
  endedAtMs,
  gaveUp: false,
  certificateExpiresAtMs: null,
  ...change,
});
const success = (endedAtMs: number, change: Partial<TalliedAttempt> = {}) =>
  attempt(endedAtMs, { succeeded: true, errorClass: null, ...change });

describe("tallyAttempts", () => {
  it("F-07 tests and replays never count, neither as failure nor as success", () => {
    const tallies = tallyAttempts([
      attempt(1, { trigger: "test" }),
      attempt(2, { trigger: "replay" }),
      success(3, { trigger: "test" }),
      success(4, { trigger: "replay" }),
    ]);
    expect(tallies).toEqual([]);
  });

  it.each(OWN_FAULT_CLASSES)("F-07 our own fault %s never counts", (errorClass) => {
    expect(tallyAttempts([attempt(1, { errorClass })])).toEqual([]);
  });

  it.each(OWN_FAULT_CLASSES)(
    "a delivery that %s ended is counted as lost, and nothing else is said",
    (errorClass) => {
      const [tally] = tallyAttempts([attempt(1, { errorClass, gaveUp: true })]);
      expect(tally).toMatchObject({
        exhausted: 1,
        failures: 0,
        failingSinceMs: null,
        lastFailureAtMs: null,
        lastErrorClass: null,
        lastSuccessAtMs: null,
      });
    },
  );

  it("one success ends the failing, whatever came before it in the group", () => {
    const [tally] = tallyAttempts([attempt(3), success(2), attempt(1), success(4)]);
    expect(tally).toMatchObject({
      failingSinceMs: null,
      failures: 0,
      lastSuccessAtMs: 4,
      lastFailureAtMs: 3,
    });
  });

  it("failing begins with the first failure after the last success, in the order of time", () => {
    const [tally] = tallyAttempts([attempt(9), attempt(5), success(4), attempt(2)]);
    expect(tally).toMatchObject({ failingSinceMs: 5, failures: 2, lastFailureAtMs: 9, lastSuccessAtMs: 4 });
  });

  it("keeps endpoints apart and gives them in the order of their ids, which is the order of locks", () => {
    const tallies = tallyAttempts([
      attempt(1, { endpointId: "ep_c" }),
      attempt(1),
      success(1, { endpointId: "ep_b" }),
    ]);
    expect(tallies.map(({ endpointId }) => endpointId)).toEqual(["ep_a", "ep_b", "ep_c"]);
  });

  it("counts deliveries that gave up, and keeps the certificate that was seen last", () => {
    const [tally] = tallyAttempts([
      attempt(1, { gaveUp: true }),
      attempt(2, { gaveUp: true, certificateExpiresAtMs: 70 }),
      attempt(3),
    ]);
    expect(tally).toMatchObject({ exhausted: 2, certificateExpiresAtMs: 70 });
  });

  it("a broken egress proxy is noted, and counts against nobody", () => {
    const [tally] = tallyAttempts([attempt(5, { errorClass: "proxy_error", reachedTarget: false })]);
    expect(tally).toMatchObject({
      failingSinceMs: null,
      failures: 0,
      lastFailureAtMs: 5,
      lastErrorClass: "proxy_error",
    });
    expect(tallyAttempts([attempt(5, { errorClass: "proxy_error" })])[0]).toMatchObject({ failures: 1 });
  });

  it("every error class is somebody's fault, and no HTTP answer counts as unanswered", () => {
    for (const errorClass of ATTEMPT_ERROR_CLASSES) {
      expect(["receiver", "egress", "own"]).toContain(faultOf(errorClass, false));
    }
    for (const errorClass of ["redirect", "gone", "rate_limited", "client_error", "server_error"]) {
      expect([errorClass, isUnanswered(errorClass)]).toEqual([errorClass, false]);
    }
  });
});
