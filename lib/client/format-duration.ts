// Owns how spans of time read: the two largest units, no rounding up. Knows no locale.

const UNITS = [
  { seconds: 86_400, unit: "d" },
  { seconds: 3600, unit: "h" },
  { seconds: 60, unit: "m" },
  { seconds: 1, unit: "s" },
] as const;

// A number and its unit never part at the end of a line.
const NBSP = "\u00a0";

/** `0 s`, `45 s`, `5 m`, `3 h 20 m`, `75 h 35 m`: hours are the largest unit below 4 days, because retry schedules are told in them. */
export function formatDuration(totalSeconds: number): string {
  let rest = Math.max(0, Math.floor(totalSeconds));
  const parts: string[] = [];
  for (const { seconds, unit } of UNITS) {
    if (unit === "d" && rest < 4 * 86_400) continue;
    const count = Math.floor(rest / seconds);
    if (count > 0) parts.push(`${count}${NBSP}${unit}`);
    rest -= count * seconds;
  }
  return parts.slice(0, 2).join(NBSP) || `0${NBSP}s`;
}
