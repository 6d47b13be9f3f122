// Owns the reads of attempt rows. Attempts have no environment of their own: the delivery's is always checked with them.
import type { Database, Tx } from "./database";

/** Every attempt of one delivery of the environment, first one first. */
export function listAttempts(db: Database["prisma"] | Tx, environmentId: string, deliveryId: string) {
  return db.attempt.findMany({
    where: { deliveryId, delivery: { environmentId } },
    orderBy: { number: "asc" },
  });
}

export type AttemptRow = Awaited<ReturnType<typeof listAttempts>>[number];
