// Owns how moments read. Pure: the present, the zone and the locale are given.

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Distance to `nowMs` in one unit: "just now", "42s ago", "5m ago", "in 3h", "12d ago". */
export function formatRelative(ms: number, nowMs: number): string {
  const distance = Math.abs(nowMs - ms);
  if (distance < 5 * SECOND) return "just now";
  const amount =
    distance < MINUTE
      ? `${Math.floor(distance / SECOND)}s`
      : distance < HOUR
        ? `${Math.floor(distance / MINUTE)}m`
        : distance < DAY
          ? `${Math.floor(distance / HOUR)}h`
          : `${Math.floor(distance / DAY)}d`;
  return ms > nowMs ? `in ${amount}` : `${amount} ago`;
}

/** Exact and sortable, UTC: "2026-11-20 19:38:37.123 UTC". */
export function formatUtc(ms: number): string {
  return `${new Date(ms).toISOString().replace("T", " ").slice(0, -1)} UTC`;
}

/** Clock time with date when it is not the day of `nowMs`: "19:38:37" or "20 Nov, 19:38". */
export function formatLocal(ms: number, nowMs: number, timeZone: string, locale = "en-GB"): string {
  const day = new Intl.DateTimeFormat(locale, {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  if (day.format(ms) === day.format(nowMs)) {
    return new Intl.DateTimeFormat(locale, {
      timeZone,
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    }).format(ms);
  }
  return new Intl.DateTimeFormat(locale, {
    timeZone,
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  }).format(ms);
}
