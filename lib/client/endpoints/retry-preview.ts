// Owns a retry policy as a table: when each attempt would be made if all before it failed. Pure: the present is given.
import { expandPolicy, plannedAttempts, type RetryPolicy } from "@/lib/domain/retry/policy";

export type PreviewRow = {
  number: number;
  /** Seconds since the attempt before; null for the first. */
  waitSeconds: number | null;
  /** Seconds since the event. */
  elapsedSeconds: number;
  atMs: number;
};

export type RetryPreview = { rows: PreviewRow[]; lastSeconds: number; jitter: number };

/** The attempts of an event that came in at `nowMs`, without jitter. */
export function previewPolicy(policy: RetryPolicy, nowMs: number): RetryPreview {
  const { delaysSeconds, jitter } = expandPolicy(policy);
  const first = (delaysSeconds[0] ?? 0) * 1000;
  const times = plannedAttempts(policy, 0, nowMs + first);
  const rows = times.map((atMs, index) => ({
    number: index + 1,
    waitSeconds: index === 0 ? null : (delaysSeconds[index] ?? 0),
    elapsedSeconds: (atMs - nowMs) / 1000,
    atMs,
  }));
  return { rows, lastSeconds: rows.at(-1)?.elapsedSeconds ?? 0, jitter };
}

const UNIT_SECONDS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Delays as a person writes them (`0, 5s, 5m, 2h, 1d`) in seconds, or the first part that cannot be read. */
export function parseDelays(
  text: string,
): { outcome: "read"; seconds: number[] } | { outcome: "wrong"; part: string } {
  const seconds: number[] = [];
  for (const part of text.split(/[\s,]*,[\s,]*|\n/).map((piece) => piece.trim())) {
    if (part === "") continue;
    const match = /^(\d+(?:\.\d+)?)\s*(s|m|h|d)?$/.exec(part);
    const unit = UNIT_SECONDS[match?.[2] ?? "s"];
    if (!match || unit === undefined) return { outcome: "wrong", part };
    seconds.push(Number(match[1]) * unit);
  }
  return { outcome: "read", seconds };
}

/** The other way round: the largest unit that divides each delay. */
export function formatDelays(delays: readonly number[]): string {
  return delays
    .map((seconds) => {
      if (seconds === 0) return "0";
      for (const [unit, size] of [
        ["d", 86_400],
        ["h", 3600],
        ["m", 60],
      ] as const) {
        if (seconds % size === 0) return `${seconds / size}${unit}`;
      }
      return `${seconds}s`;
    })
    .join(", ");
}
