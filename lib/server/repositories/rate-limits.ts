// Owns counters of attempts that survive restarts and are shared by all instances (sign-in, password changes).
// An attempt is counted before it is made, so that a hundred parallel tries are a hundred, not one.
import { type AttemptLimit, type AttemptTicket, takeFromLimit } from "@/lib/domain/access/attempt-limit";
import { type Database, inTransaction } from "./database";

type Store = Pick<Database, "prisma">;

/** Takes one attempt for `key`; see `takeFromLimit`. */
export function takeAttempt(
  db: Database,
  key: string,
  limit: AttemptLimit,
  now: Date,
): Promise<AttemptTicket> {
  return inTransaction(db, async (tx) => {
    const first = { key, count: 0, windowStartedAt: now };
    await tx.rateLimit.createMany({ data: [first], skipDuplicates: true });
    // Locks the row: parallel attempts take their turns one after the other.
    const [before] = await tx.$queryRaw<
      { count: number; windowStartedAt: Date; blockedUntil: Date | null }[]
    >`
      SELECT count, window_started_at AS "windowStartedAt", blocked_until AS "blockedUntil"
      FROM rate_limit WHERE key = ${key} FOR UPDATE`;
    const ticket = takeFromLimit(limit, before ?? null, now);
    if (ticket.allowed) await tx.rateLimit.update({ where: { key }, data: ticket.next });
    return ticket;
  });
}

/** The attempt was good: forgets all failures of `key`. */
export async function forgetAttempts({ prisma }: Store, key: string): Promise<void> {
  await prisma.rateLimit.deleteMany({ where: { key } });
}

/** The attempt was good, but `key` is shared by many: gives back this one only. */
export async function giveBackAttempt({ prisma }: Store, key: string): Promise<void> {
  await prisma.rateLimit.updateMany({
    where: { key, count: { gt: 0 } },
    data: { count: { decrement: 1 }, blockedUntil: null },
  });
}

/** Removes counters that no longer matter. */
export async function removeOldAttempts({ prisma }: Store, before: Date): Promise<void> {
  await prisma.rateLimit.deleteMany({
    where: {
      windowStartedAt: { lt: before },
      OR: [{ blockedUntil: null }, { blockedUntil: { lt: before } }],
    },
  });
}
