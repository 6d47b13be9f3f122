// Owns how often a message is tried: for a day, then it is left as failed, where people can see it.

const MINUTE_MS = 60_000;
/** Pauses after the first, second, … failed attempt. */
const PAUSES_MS = [1, 5, 15, 60, 180, 480, 720].map((minutes) => minutes * MINUTE_MS);

export const MAX_NOTIFICATION_ATTEMPTS = PAUSES_MS.length + 1;

/** Milliseconds until the next attempt after `attempts` failed ones; null when it was the last. */
export function nextPauseMs(attempts: number): number | null {
  return PAUSES_MS[attempts - 1] ?? null;
}
