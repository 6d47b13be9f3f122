// Owns the recording of attempts in groups and what follows from it: retries handed to the engine, streams told,
// endpoints disabled that answered 410. An attempt that left the building is written down, if need be after an outage.
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import type { Database } from "../../repositories/database";
import {
  type AttemptRecord,
  type RecordedAttempt,
  recordAttempts,
} from "../../repositories/hot-path/record-statement";
import { createGroupCommit } from "../group-commit";
import { createHealthNotes } from "./health-notes";

const LINGER_MS = 10;
const MAX_GROUP = 250;
const MAX_IN_FLIGHT = 3;
const MAX_QUEUED = 10_000;
/** Attempts wait this long for the database to come back; after that their leases have ended and others have taken over. */
const MAX_OUTAGE_MS = 60_000;

export type RetryHandOver = { deliveryId: string; attempt: number; nextAttemptAt: Date };

export type RecordItem = {
  record: AttemptRecord;
  environmentId: string;
  /** The engine function that made this attempt carries the next one too. */
  engineCarries: boolean;
};

export type Recorder = {
  /** Resolves once the attempt is committed. */
  add(item: RecordItem): Promise<RecordedAttempt>;
  queued(): number;
  idle(): Promise<void>;
};

export type RecorderParts = {
  db: Database;
  logger: Logger;
  monotonicMs: () => number;
  enqueueRetries: (items: RetryHandOver[]) => Promise<void>;
  changed: (environmentId: string, deliveryIds: string[]) => void;
};

/** The recorder of this process. */
export function createRecorder(parts: RecorderParts): Recorder {
  const notes = createHealthNotes(parts.monotonicMs);

  async function writeThroughOutage(records: AttemptRecord[]): Promise<RecordedAttempt[]> {
    const giveUpAt = parts.monotonicMs() + MAX_OUTAGE_MS;
    const health = notes.of(records);
    for (let pauseMs = 100; ; pauseMs = Math.min(pauseMs * 2, 2_000)) {
      try {
        const recorded = await recordAttempts(parts.db.hot, records, health);
        notes.written(health);
        return recorded;
      } catch (error) {
        if (parts.monotonicMs() > giveUpAt) throw error;
        parts.logger.warn({ err: error, attempts: records.length }, "attempts could not be recorded yet");
        await sleep(pauseMs);
      }
    }
  }

  return createGroupCommit<RecordItem, RecordedAttempt>({
    lingerMs: LINGER_MS,
    maxItems: MAX_GROUP,
    maxInFlight: MAX_IN_FLIGHT,
    maxQueued: MAX_QUEUED,
    async write(items) {
      const recorded = await writeThroughOutage(items.map(({ record }) => record));
      const retries: RetryHandOver[] = [];
      const changed = new Map<string, string[]>();
      recorded.forEach((row, index) => {
        const item = items[index];
        if (item === undefined) return;
        const { deliveryId, number } = row;
        if (row.moved && row.state === "pending" && row.nextAttemptAt !== null && !item.engineCarries) {
          retries.push({ deliveryId, attempt: number + 1, nextAttemptAt: row.nextAttemptAt });
        }
        const ids = changed.get(item.environmentId);
        if (ids === undefined) changed.set(item.environmentId, [deliveryId]);
        else ids.push(deliveryId);
      });
      for (const [environmentId, ids] of changed) parts.changed(environmentId, ids);
      if (retries.length > 0) {
        // The rows say when; should the engine not take them, the sweep does.
        void parts.enqueueRetries(retries).catch((error: unknown) => {
          parts.logger.warn({ err: error, retries: retries.length }, "retries were left to the sweep");
        });
      }
      return recorded;
    },
  });
}
