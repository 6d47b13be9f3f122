// Owns how moments read. Pure: the present, the zone and the locale are given.

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Distance to `nowMs` in one unit: "now", "42 s ago", "5 m ago", "in 3 h", "12 d ago". */
export function formatRelative(ms: number, nowMs: number): string {
  const distance = Math.abs(nowMs - ms);
  if (distance < 5 * SECOND) return "now";
  const amount =
    distance < MINUTE
      ? `${Math.floor(distance / SECOND)} s`
      : distance < HOUR
        ? `${Math.floor(distance / MINUTE)} m`
        : distance < DAY
          ? `${Math.floor(distance / HOUR)} h`
          : `${Math.floor(distance / DAY)} d`;
  return ms > nowMs ? `in ${amount}` : `${amount} ago`;
}

/** Exact and sortable, UTC: "2026-11-20 19:38:37.123 UTC". */
export function formatUtc(ms: number): string {
  return `${new Date(ms).toISOString().replace("T", " ").slice(0, -1)} UTC`;
}

const CLOCK = { hour: "2-digit", minute: "2-digit" } as const;
const SHAPES = {
  day: { year: "numeric", month: "2-digit", day: "2-digit" },
  year: { year: "numeric" },
  clock: { ...CLOCK, second: "2-digit" },
  dated: { ...CLOCK, day: "numeric", month: "short" },
  yearly: { ...CLOCK, day: "numeric", month: "short", year: "numeric" },
} satisfies Record<string, Intl.DateTimeFormatOptions>;

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Building a formatter costs far more than using it, and a list asks for hundreds a second. */
function formatter(shape: keyof typeof SHAPES, timeZone: string, locale: string): Intl.DateTimeFormat {
  const key = `${shape} ${timeZone} ${locale}`;
  const known = formatters.get(key) ?? new Intl.DateTimeFormat(locale, { ...SHAPES[shape], timeZone });
  formatters.set(key, known);
  return known;
}

/** Clock time, with what it takes to tell it from `nowMs`: "19:38:37", "19 Nov, 19:38" or "19 Nov 2025, 19:38". */
export function formatLocal(ms: number, nowMs: number, timeZone: string, locale = "en-GB"): string {
  const isSame = (part: "day" | "year") => {
    const compared = formatter(part, timeZone, locale);
    return compared.format(ms) === compared.format(nowMs);
  };
  const shape = isSame("day") ? "clock" : isSame("year") ? "dated" : "yearly";
  return formatter(shape, timeZone, locale).format(ms);
}
