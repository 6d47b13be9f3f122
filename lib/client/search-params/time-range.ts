// Owns time filters of lists: presets that move with the clock, and fixed ranges of the viewer's own zone.

export const TIME_RANGES = ["15m", "1h", "24h", "7d", "30d"] as const;
export type TimeRange = (typeof TIME_RANGES)[number];

const MINUTE = 60_000;
const LENGTH_MS: Record<TimeRange, number> = {
  "15m": 15 * MINUTE,
  "1h": 60 * MINUTE,
  "24h": 24 * 60 * MINUTE,
  "7d": 7 * 24 * 60 * MINUTE,
  "30d": 30 * 24 * 60 * MINUTE,
};

export const TIME_RANGE_LABELS: Record<TimeRange, string> = {
  "15m": "Last 15 minutes",
  "1h": "Last hour",
  "24h": "Last 24 hours",
  "7d": "Last 7 days",
  "30d": "Last 30 days",
};

export type TimeFilter = { range: TimeRange | null; from: string | null; to: string | null };

/** The bounds to ask the server for. A preset counts back from `nowMs` each time it is asked. */
export function timeBounds(filter: TimeFilter, nowMs: number): { from: string | null; to: string | null } {
  if (filter.range !== null) {
    return { from: new Date(nowMs - LENGTH_MS[filter.range]).toISOString(), to: null };
  }
  return { from: filter.from, to: filter.to };
}

/** An instant as the value of a `datetime-local` input in the viewer's zone (empty for none or nonsense). */
export function toLocalInput(instant: string | null): string {
  const date = new Date(instant ?? "");
  if (Number.isNaN(date.getTime())) return "";
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The instant of a `datetime-local` value, read in the viewer's zone; null when it is empty or no time. */
export function fromLocalInput(value: string): string | null {
  const date = new Date(value);
  return value === "" || Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** A fixed range in words: "20 Nov, 14:00 – 21 Nov, 09:30", open ends as "from" and "until". */
export function describeRange({ range, from, to }: TimeFilter, timeZone?: string): string {
  if (range !== null) return TIME_RANGE_LABELS[range];
  const format = (instant: string) => {
    const date = new Date(instant);
    if (Number.isNaN(date.getTime())) return instant;
    return new Intl.DateTimeFormat("en-GB", {
      day: "numeric",
      month: "short",
      hour: "2-digit",
      minute: "2-digit",
      ...(timeZone === undefined ? {} : { timeZone }),
    }).format(date);
  };
  if (from !== null && to !== null) return `${format(from)} – ${format(to)}`;
  if (from !== null) return `from ${format(from)}`;
  return to === null ? "Any time" : `until ${format(to)}`;
}
