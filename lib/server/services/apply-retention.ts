// Owns forgetting: payloads after 30 days, everything about a delivery and ended callbacks after 90, idempotency keys after 7,
// counted sign-in attempts after 2, the health of deleted endpoints at once.
import { IDEMPOTENCY_DAYS, METADATA_DAYS, PAYLOAD_DAYS } from "@/lib/domain/retention";
import { deleteOldAlerts } from "../repositories/alerts";
import { deleteOldNotifications } from "../repositories/notifications";
import { removeOldAttempts } from "../repositories/rate-limits";
import {
  clearPayloads,
  deleteEndedCallbacks,
  deleteOldEvents,
  deleteOldKeys,
  deleteOrphanedHealth,
} from "../repositories/retention";
import { getRuntime } from "../runtime";

/** Rows for each statement, and statements for each run: short locks, and the next run goes on. */
const CHUNK = 1_000;
const MAX_CHUNKS = 200;

const DAY_MS = 86_400_000;
/** Longer than any lock of a sign-in is remembered. */
const ATTEMPT_DAYS = 2;

export type RetentionResult = {
  eventsCleared: number;
  deliveriesDeleted: number;
  callbacksDeleted: number;
  idempotencyKeysDeleted: number;
};

async function inChunks(work: (limit: number) => Promise<number>): Promise<number> {
  let total = 0;
  for (let chunk = 0; chunk < MAX_CHUNKS; chunk++) {
    const count = await work(CHUNK);
    total += count;
    if (count < CHUNK) break;
  }
  return total;
}

/** Applies retention once. Payloads and events that a delivery still waits for are kept until it has ended. */
export async function applyRetention(): Promise<RetentionResult> {
  const { db, now } = getRuntime();
  const before = (days: number) => new Date(now() - days * DAY_MS);
  await removeOldAttempts(db, before(ATTEMPT_DAYS));
  // Keys first: they are the cheapest, and must not wait for a long deletion.
  const idempotencyKeysDeleted = await inChunks((limit) =>
    deleteOldKeys(db, before(IDEMPOTENCY_DAYS), limit),
  );
  await deleteOldNotifications(db.prisma, before(METADATA_DAYS));
  await deleteOldAlerts(db.prisma, before(METADATA_DAYS));
  await inChunks((limit) => deleteOrphanedHealth(db, limit));
  return {
    idempotencyKeysDeleted,
    eventsCleared: await inChunks((limit) => clearPayloads(db, before(PAYLOAD_DAYS), limit)),
    deliveriesDeleted: await inChunks((limit) => deleteOldEvents(db, before(METADATA_DAYS), limit)),
    // After the deliveries: a callback stays as long as its log.
    callbacksDeleted: await inChunks((limit) => deleteEndedCallbacks(db, before(METADATA_DAYS), limit)),
  };
}
