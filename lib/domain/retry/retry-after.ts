// Owns the reading of Retry-After (RFC 9110, section 10.2.3). Knows no clock of its own.

/** The longest wait that a receiver may ask for. */
export const MAX_RETRY_AFTER_MS = 24 * 3600 * 1000;

const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * Milliseconds from `nowMs` that the header asks to wait, at most 24 h, or null when there is nothing usable
 * in it: not a whole number of seconds or an HTTP date, or not in the future.
 */
export function parseRetryAfter(value: string | null | undefined, nowMs: number): number | null {
  if (value === null || value === undefined) return null;
  const text = value.trim();
  let ms: number;
  if (/^\d+$/.test(text)) {
    ms = Number(text) * 1000;
  } else if (HTTP_DATE.test(text)) {
    ms = Date.parse(text) - nowMs;
  } else {
    return null;
  }
  if (!(ms > 0)) return null;
  return Math.min(ms, MAX_RETRY_AFTER_MS);
}
