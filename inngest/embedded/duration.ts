// Owns how the SDK writes points in time: a sleep's length or end, and a retry-after header.

const UNIT_MS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Milliseconds of a time string such as "1h30m" (Inngest SDK spec 1.3.2); undefined when it is none. */
export function parseTimeString(text: string): number | undefined {
  if (text === "") return 0;
  if (!/^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h|d|w))+$/.test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h|d|w)/g)) {
    total += Number(amount) * (UNIT_MS[unit ?? ""] ?? 0);
  }
  return Math.ceil(total);
}

/** The time (Unix ms) at which a Sleep step ends: it says either how long or until when. */
export function sleepEnd(text: string, nowMs: number): number | undefined {
  const length = parseTimeString(text);
  if (length !== undefined) return nowMs + length;
  const until = Date.parse(text);
  return Number.isNaN(until) ? undefined : until;
}

/** The time (Unix ms) of a `Retry-After` header: seconds or a date (RFC 9110, 10.2.3). */
export function retryAfterTime(header: string | null, nowMs: number): number | undefined {
  if (header === null || header === "") return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return nowMs + Math.max(0, seconds) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : at;
}
