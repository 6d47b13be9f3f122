"use client";
// Owns what a retry policy would do to an event that came in now: each attempt with its wait and its clock time.

import { useSyncExternalStore } from "react";
import { Timestamp } from "@/components/ui/timestamp";
import { countOf } from "@/lib/client/count-of";
import { previewPolicy } from "@/lib/client/endpoints/retry-preview";
import { formatDuration } from "@/lib/client/format-duration";
import type { RetryPolicy } from "@/lib/domain/retry/policy";
import { SchedulePlot } from "./schedule-plot";

const MINUTE_MS = 60_000;

/** The present to the minute: a clock of seconds would redraw a table of hours for nothing. Zero on the server. */
function useMinute(): number {
  return useSyncExternalStore(
    (changed) => {
      const timer = setInterval(changed, MINUTE_MS);
      return () => clearInterval(timer);
    },
    () => Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS,
    () => 0,
  );
}

/** One sentence: how often, over how long. */
export function retrySummary(policy: RetryPolicy): string {
  const { rows, lastSeconds } = previewPolicy(policy, 0);
  if (rows.length === 1) return "1 attempt, no retries";
  return `${countOf(rows.length, "attempt", "attempts")}, the last after ${formatDuration(lastSeconds)}`;
}

export function RetryPreviewTable({ policy }: { policy: RetryPolicy }) {
  const now = useMinute();
  const { rows, lastSeconds, jitter } = previewPolicy(policy, now);
  return (
    <figure className="grid grid-cols-1 gap-2 rounded-md border border-line bg-surface">
      <figcaption className="flex flex-wrap items-baseline justify-between gap-x-3 border-b px-3 py-2 text-sm">
        <span className="font-medium text-ink">
          {rows.length === 1 ? "One attempt, no retries" : `Last try in ${formatDuration(lastSeconds)}`}
        </span>
        <span className="text-subtle text-xs">
          {countOf(rows.length, "attempt", "attempts")}
          {jitter > 0 ? `, each wait ±${Math.round(jitter * 100)} %` : ""}
        </span>
      </figcaption>
      <div className="px-3">
        <SchedulePlot policy={policy} />
      </div>
      <div className="scrollbar-thin max-h-72 overflow-y-auto px-3 pb-2" {...{ tabIndex: 0 }}>
        <table className="w-full text-left text-xs">
          <thead>
            <tr className="text-subtle">
              <th scope="col" className="py-1 font-medium">
                Attempt
              </th>
              <th scope="col" className="py-1 text-right font-medium">
                Wait
              </th>
              <th scope="col" className="py-1 text-right font-medium">
                After
              </th>
              <th scope="col" className="py-1 text-right font-medium">
                If it failed now
              </th>
            </tr>
          </thead>
          <tbody className="tabular text-muted">
            {rows.map((row) => (
              <tr key={row.number} className="border-line border-t">
                <td className="py-1 text-ink">{row.number}</td>
                <td className="py-1 text-right">
                  {row.waitSeconds === null
                    ? row.elapsedSeconds === 0
                      ? "at once"
                      : formatDuration(row.elapsedSeconds)
                    : `+${formatDuration(row.waitSeconds)}`}
                </td>
                <td className="py-1 text-right">{formatDuration(row.elapsedSeconds)}</td>
                <td className="py-1 text-right">
                  {now === 0 ? "" : <Timestamp value={row.atMs} mode="local" focusable={false} />}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}
