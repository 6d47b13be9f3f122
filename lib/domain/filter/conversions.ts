// Owns how text becomes a time, a duration or a number, and how values become text. All times are UTC instants.
import { Duration } from "./values";

const RFC3339 =
  /^(\d{4}-\d{2}-\d{2})[Tt](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** The instant that an RFC 3339 text names, to the millisecond; null when it names none, as 30 February. */
export function readTimestamp(text: string): Date | null {
  const day = text.length <= 35 ? RFC3339.exec(text)?.[1] : undefined;
  if (day === undefined) return null;
  const midnight = new Date(`${day}T00:00:00Z`);
  // Date counts on from the end of a month: a day that exists comes back unchanged.
  if (Number.isNaN(midnight.getTime()) || !midnight.toISOString().startsWith(day)) return null;
  return new Date(text.toUpperCase());
}

const UNIT_MS: Readonly<Record<string, number>> = {
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
  us: 0.001,
  ns: 0.000_001,
};

/** The duration that a text such as `1h30m`, `-90s` or `0.5s` names; null when it names none. */
export function readDuration(text: string): Duration | null {
  if (text.length > 60 || !/^[+-]?(?:\d+(?:\.\d+)?(?:h|ms|m|s|us|ns))+$/.test(text)) return null;
  let ms = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s|us|ns)/g)) {
    ms += Number(amount) * (UNIT_MS[unit ?? ""] ?? 0);
  }
  return new Duration(text.startsWith("-") ? -ms : ms);
}

/** The number that a text such as `-12.50` names; null when it names none or is not finite. */
export function readNumber(text: string): number | null {
  if (text.length > 40 || !/^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text)) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

const LARGEST_INT = 2n ** 63n - 1n;
const SMALLEST_INT = -(2n ** 63n);

export const isInt64 = (value: bigint): boolean => value <= LARGEST_INT && value >= SMALLEST_INT;

/** The whole number that a text names; null when it names none or has more than 64 bits. */
export function readInt(text: string): bigint | null {
  if (text.length > 20 || !/^-?\d+$/.test(text)) return null;
  const value = BigInt(text);
  return isInt64(value) ? value : null;
}
