// Owns which attempts the health of endpoints has to hear of. Failures always; of an endpoint that does nothing but
// succeed, one success every two seconds: the database knows the rest.
import { type HealthTally, tallyAttempts } from "@/lib/domain/health/tally";
import type { AttemptRecord } from "../../repositories/hot-path/record-statement";

/** For so long a success may go unnoticed that follows another process's failure: the failing clock is off by no more. */
const KNOWN_WELL_MS = 2_000;
const MAX_KNOWN = 20_000;

export type HealthNotes = {
  /** What is to be written together with these attempts. */
  of(records: readonly AttemptRecord[]): HealthTally[];
  /** These tallies are in the database. */
  written(tallies: readonly HealthTally[]): void;
};

/** The notes of this process. */
export function createHealthNotes(monotonicMs: () => number): HealthNotes {
  const wellUntil = new Map<string, number>();

  function isKnown(tally: HealthTally): boolean {
    if (tally.lastFailureAtMs !== null) {
      // Whatever comes next has to be written, even a success that is recorded beside this failure.
      wellUntil.delete(tally.endpointId);
      return false;
    }
    // A delivery that was lost by our own fault says nothing about the endpoint, and is counted all the same.
    return tally.exhausted === 0 && (wellUntil.get(tally.endpointId) ?? 0) > monotonicMs();
  }

  return {
    of: (records) => tallyAttempts(records.map(asTallied)).filter((tally) => !isKnown(tally)),
    written(tallies) {
      for (const { endpointId, lastFailureAtMs, lastSuccessAtMs } of tallies) {
        if (lastFailureAtMs !== null || lastSuccessAtMs === null) continue;
        wellUntil.delete(endpointId);
        wellUntil.set(endpointId, monotonicMs() + KNOWN_WELL_MS);
      }
      for (const endpointId of wellUntil.keys()) {
        if (wellUntil.size <= MAX_KNOWN) break;
        wellUntil.delete(endpointId);
      }
    },
  };
}

const asTallied = (record: AttemptRecord) => ({
  endpointId: record.endpointId,
  trigger: record.trigger,
  succeeded: record.succeeded,
  errorClass: record.errorClass,
  reachedTarget: record.resolvedAddress !== null,
  endedAtMs: record.startedAtMs + (record.durationMs ?? 0),
  gaveUp: record.movesDelivery && record.next.state === "failed",
  certificateExpiresAtMs: record.certificateExpiresAtMs,
});
