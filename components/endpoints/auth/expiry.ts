// Owns how near the end of a certificate is, in words. Pure.

const DAY_MS = 86_400_000;
/** Renewing takes people and their calendars: a month is not too early to say so. */
const WARN_DAYS = 30;

/** Null while there is time; times in milliseconds. */
export function expiryOf(
  expiresAt: string,
  nowMs: number,
): { tone: "warning" | "danger"; text: string } | null {
  const left = new Date(expiresAt).getTime() - nowMs;
  if (left <= 0) return { tone: "danger", text: "expired" };
  const days = Math.floor(left / DAY_MS);
  if (days >= WARN_DAYS) return null;
  if (days === 0) return { tone: "danger", text: "ends today" };
  return { tone: "warning", text: `${days} ${days === 1 ? "day" : "days"} left` };
}
