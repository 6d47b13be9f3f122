// Owns the arithmetic of limited attempts (sign-in): how many, how long a lock lasts, when it is forgotten.

export type AttemptLimit = {
  /** Attempts within the window; the last of them locks. */
  attempts: number;
  windowMs: number;
  /** First lock; each further attempt after it doubles it. */
  lockMs: number;
  maxLockMs: number;
  /** How long after its end a lock is remembered, so that the next one is longer. */
  memoryMs: number;
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Wrong passwords for one account. */
export const ACCOUNT_LIMIT: AttemptLimit = {
  attempts: 10,
  windowMs: 15 * MINUTE,
  lockMs: 15 * MINUTE,
  maxLockMs: 4 * HOUR,
  memoryMs: 12 * HOUR,
};

/** Wrong passwords from one network address. */
export const ADDRESS_LIMIT: AttemptLimit = {
  ...ACCOUNT_LIMIT,
  attempts: 50,
  maxLockMs: HOUR,
  memoryMs: HOUR,
};

export type AttemptCount = { count: number; windowStartedAt: Date; blockedUntil: Date | null };

export type AttemptTicket =
  /** `lockedUntil`: if this attempt fails, it was the last for now. */
  { allowed: true; lockedUntil: Date | null; next: AttemptCount } | { allowed: false; lockedUntil: Date };

/** Takes one attempt at `now`; knocking on a locked door changes nothing, so a lock cannot be prolonged. */
export function takeFromLimit(limit: AttemptLimit, before: AttemptCount | null, now: Date): AttemptTicket {
  if (before?.blockedUntil && before.blockedUntil > now)
    return { allowed: false, lockedUntil: before.blockedUntil };
  const forgottenAt = before?.blockedUntil
    ? before.blockedUntil.getTime() + limit.memoryMs
    : (before?.windowStartedAt.getTime() ?? 0) + limit.windowMs;
  const fresh = before === null || now.getTime() >= forgottenAt;
  const count = fresh ? 1 : before.count + 1;
  const extra = count - limit.attempts;
  const lockMs = Math.min(limit.maxLockMs, limit.lockMs * 2 ** Math.min(extra, 20));
  const lockedUntil = extra >= 0 ? new Date(now.getTime() + lockMs) : null;
  const windowStartedAt = fresh ? now : before.windowStartedAt;
  return { allowed: true, lockedUntil, next: { count, windowStartedAt, blockedUntil: lockedUntil } };
}
