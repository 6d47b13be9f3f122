// Owns what a group of attempts means for the health of their endpoints. Only ordinary deliveries count: tests and
// replays are a person's act. Our own faults are not the receiver's, but the deliveries they end are counted as lost.
import type { DeliveryTrigger } from "../delivery/states";
import { faultOf } from "./faults";

export type TalliedAttempt = {
  endpointId: string;
  trigger: DeliveryTrigger;
  succeeded: boolean;
  errorClass: string | null;
  /** An address of the receiver was dialled, or asked of the egress proxy. */
  reachedTarget: boolean;
  /** Unix milliseconds. */
  endedAtMs: number;
  /** The delivery has ended with this failure: its schedule is exhausted. */
  gaveUp: boolean;
  /** Unix milliseconds; null when the connection had no certificate. */
  certificateExpiresAtMs: number | null;
};

/** One endpoint's part of a group of attempts; times are Unix milliseconds. */
export type HealthTally = {
  endpointId: string;
  lastSuccessAtMs: number | null;
  /** The first failure that no success in the group came after; null when the group ends well. */
  failingSinceMs: number | null;
  /** Failures from then on. */
  failures: number;
  /** Also set by a broken egress proxy, which is no failure of the endpoint but tells about our way out. */
  lastFailureAtMs: number | null;
  lastErrorClass: string | null;
  /** Deliveries that ended without a success, our own faults included: somebody has to be told. */
  exhausted: number;
  certificateExpiresAtMs: number | null;
};

/** One tally for each endpoint that has an attempt to tell of, in the order of their ids (the order of locks). */
export function tallyAttempts(attempts: readonly TalliedAttempt[]): HealthTally[] {
  const byEndpoint = new Map<string, HealthTally>();
  const inOrder = attempts.length < 2 ? attempts : [...attempts].sort((a, b) => a.endedAtMs - b.endedAtMs);
  for (const attempt of inOrder) {
    const { endpointId, endedAtMs, errorClass } = attempt;
    if (attempt.trigger !== "event") continue;
    const fault = attempt.succeeded ? null : faultOf(errorClass ?? "internal_error", attempt.reachedTarget);
    // A delivery that is lost is lost, whoever is to blame; only the failing clock has nothing to do with it.
    if (fault === "own" && !attempt.gaveUp) continue;
    let tally = byEndpoint.get(endpointId);
    if (tally === undefined) {
      tally = emptyTally(endpointId);
      byEndpoint.set(endpointId, tally);
    }
    if (attempt.gaveUp) tally.exhausted++;
    if (fault === "own") continue;
    tally.certificateExpiresAtMs = attempt.certificateExpiresAtMs ?? tally.certificateExpiresAtMs;
    if (fault === null) {
      tally.lastSuccessAtMs = endedAtMs;
      tally.failingSinceMs = null;
      tally.failures = 0;
      continue;
    }
    tally.lastFailureAtMs = endedAtMs;
    tally.lastErrorClass = errorClass;
    if (fault === "egress") continue;
    tally.failingSinceMs ??= endedAtMs;
    tally.failures++;
  }
  return [...byEndpoint.values()].sort((a, b) => (a.endpointId < b.endpointId ? -1 : 1));
}

function emptyTally(endpointId: string): HealthTally {
  return {
    endpointId,
    lastSuccessAtMs: null,
    failingSinceMs: null,
    failures: 0,
    lastFailureAtMs: null,
    lastErrorClass: null,
    exhausted: 0,
    certificateExpiresAtMs: null,
  };
}
