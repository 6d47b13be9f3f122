// Owns the last 24 hours as bars: quiet for what arrived, red for what did not.

import { countOf } from "@/lib/client/count-of";
import type { OverviewDto } from "@/lib/contracts/overview";

type Hour = OverviewDto["hourly"][number];

const percent = (part: number, top: number) =>
  `${top === 0 ? 0 : Math.max(part > 0 ? 1.5 : 0, (part / top) * 100)}%`;

function when(index: number, hours: number): string {
  const ago = hours - 1 - index;
  return ago === 0 ? "the last hour" : `${ago} to ${ago + 1} h ago`;
}

/** Bars by hour, oldest at the left. The numbers are in each bar's title and, as a whole, in the label. */
export function HourlyChart({ hourly }: { hourly: readonly Hour[] }) {
  const top = Math.max(1, ...hourly.map((hour) => hour.succeeded + hour.failed));
  const total = hourly.reduce((sum, hour) => sum + hour.succeeded + hour.failed, 0);
  const failed = hourly.reduce((sum, hour) => sum + hour.failed, 0);
  return (
    <figure className="grid gap-1.5">
      <div
        role="img"
        aria-label={`Finished deliveries by hour: ${countOf(total, "delivery", "deliveries")}, ${failed} failed, at most ${top} in an hour`}
        className="flex h-28 items-end gap-0.5 border-b sm:gap-1"
      >
        {hourly.map((hour, index) => (
          <div
            // The hours only ever change their numbers, never their order.
            key={when(index, hourly.length)}
            className="flex h-full flex-1 flex-col justify-end rounded-t-xs hover:bg-hover"
            title={`${when(index, hourly.length)}: ${hour.succeeded} succeeded, ${hour.failed} failed`}
          >
            <div className="rounded-t-xs bg-danger" style={{ height: percent(hour.failed, top) }} />
            <div
              className={hour.failed > 0 ? "bg-neutral/55" : "rounded-t-xs bg-neutral/55"}
              style={{ height: percent(hour.succeeded, top) }}
            />
          </div>
        ))}
      </div>
      <figcaption className="tabular flex justify-between text-subtle text-xs" aria-hidden>
        <span>24 h ago</span>
        <span>12 h ago</span>
        <span>now</span>
      </figcaption>
    </figure>
  );
}
