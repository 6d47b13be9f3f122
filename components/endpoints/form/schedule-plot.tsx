// Owns a schedule as a picture: each attempt on a line of time, its jitter as a shade around it.

import { countOf } from "@/lib/client/count-of";
import { previewPolicy } from "@/lib/client/endpoints/retry-preview";
import { scheduleMarks } from "@/lib/client/endpoints/schedule-marks";
import { formatDuration } from "@/lib/client/format-duration";
import type { RetryPolicy } from "@/lib/domain/retry/policy";

export function SchedulePlot({ policy }: { policy: RetryPolicy }) {
  const preview = previewPolicy(policy, 0);
  const { marks, ticks } = scheduleMarks(preview);
  if (marks.length < 2) return null;
  return (
    <div
      role="img"
      aria-label={`${countOf(marks.length, "attempt", "attempts")}, the last after ${formatDuration(preview.lastSeconds)}.`}
      className="px-2 pt-1"
    >
      <div className="relative h-7">
        <span className="absolute inset-x-0 top-3.5 h-px bg-line-strong/60" />
        {ticks.map(({ at, label }) => (
          <span key={label} className="absolute top-2 h-3 w-px bg-line" style={{ left: `${at}%` }} />
        ))}
        {marks.map(({ number, from, to }) => (
          <span
            key={number}
            className="absolute top-2 h-3 rounded-xs bg-accent/15"
            style={{ left: `${from}%`, width: `${Math.max(0, to - from)}%` }}
          />
        ))}
        {marks.map(({ number, at, elapsedSeconds }) => (
          <span
            key={number}
            title={`Attempt ${number}: ${elapsedSeconds === 0 ? "at once" : `after ${formatDuration(elapsedSeconds)}`}`}
            className="absolute top-2 -ml-1 size-3 rounded-full border-2 border-surface bg-accent"
            style={{ left: `${at}%` }}
          />
        ))}
      </div>
      <div className="relative h-4 text-2xs text-subtle" aria-hidden>
        <span className="absolute left-0 -ml-1">event</span>
        {ticks.map(({ at, label }) => (
          <span
            key={label}
            className="absolute -translate-x-1/2 whitespace-nowrap"
            style={{ left: `${at}%` }}
          >
            {label}
          </span>
        ))}
      </div>
    </div>
  );
}
