// Owns the one way to a transaction for services: they hold a `Database`, never a Prisma client.
import { type Database, openDatabase, type Tx } from "../db/connect";

export type { Database, Tx };
export { openDatabase };

/** Runs `work` in one transaction (read committed); it commits when `work` resolves and rolls back when it throws. */
export function inTransaction<T>(db: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.prisma.$transaction((tx) => work(tx), { maxWait: 9_000, timeout: 10_000 });
}
