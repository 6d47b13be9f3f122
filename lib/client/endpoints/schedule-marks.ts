// Owns a schedule as marks on a line of time: seconds and hours on one scale, so a logarithmic one. Pure.
import type { RetryPreview } from "./retry-preview";

export type ScheduleMark = {
  number: number;
  /** 0 to 100, from the event to the last attempt. */
  at: number;
  /** Where jitter may put it, at the earliest and the latest. */
  from: number;
  to: number;
  elapsedSeconds: number;
};

export type ScheduleTick = { at: number; label: string };

const TICKS: [seconds: number, label: string][] = [
  [1, "1 s"],
  [10, "10 s"],
  [60, "1 min"],
  [600, "10 min"],
  [3_600, "1 h"],
  [6 * 3_600, "6 h"],
  [86_400, "1 d"],
  [3 * 86_400, "3 d"],
  [7 * 86_400, "1 w"],
  [28 * 86_400, "4 w"],
];
/** Marks of less than a tenth of the line would write their labels over each other. */
const NEAREST = 9;

const log = (seconds: number) => Math.log10(1 + seconds);

/** The attempts and the ticks of their line. A schedule of one attempt has one mark and no ticks. */
export function scheduleMarks({ rows, lastSeconds, jitter }: RetryPreview): {
  marks: ScheduleMark[];
  ticks: ScheduleTick[];
} {
  // Jitter adds up: an attempt is early or late by the share of all waits before it.
  const longest = lastSeconds * (1 + jitter);
  const scale = (seconds: number) => (longest <= 0 ? 0 : (log(Math.max(0, seconds)) / log(longest)) * 100);
  const first = rows[0]?.elapsedSeconds ?? 0;
  const marks = rows.map(({ number, elapsedSeconds }) => {
    const varied = (elapsedSeconds - first) * jitter;
    return {
      number,
      at: scale(elapsedSeconds),
      from: scale(elapsedSeconds - varied),
      to: scale(elapsedSeconds + varied),
      elapsedSeconds,
    };
  });
  const ticks: ScheduleTick[] = [];
  for (const [seconds, label] of TICKS) {
    const at = scale(seconds);
    if (seconds > longest || at < NEAREST || at > 100 - NEAREST / 3) continue;
    if (at - (ticks.at(-1)?.at ?? 0) >= NEAREST) ticks.push({ at, label });
  }
  return { marks, ticks };
}
