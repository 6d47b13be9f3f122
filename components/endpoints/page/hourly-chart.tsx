// Owns the last 24 hours as bars: attempts an hour, failures on top. The numbers are also a table for screen readers.

import { Timestamp } from "@/components/ui/timestamp";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import type { EndpointStatsDto } from "@/lib/contracts/endpoints";

const HOUR_MS = 3_600_000;

interface HourlyChartProps {
  hourly: EndpointStatsDto["hourly"];
  /** Unix milliseconds of the end of the last hour. */
  endMs: number;
}

export function HourlyChart({ hourly, endMs }: HourlyChartProps) {
  const top = Math.max(1, ...hourly.map((hour) => hour.succeeded + hour.failed));
  const hours = hourly.map((hour, index) => ({
    ...hour,
    fromMs: endMs - (hourly.length - index) * HOUR_MS,
    total: hour.succeeded + hour.failed,
  }));
  const share = (count: number) => `${(count / top) * 100}%`;
  return (
    <figure className="grid gap-1.5">
      <div className="flex items-baseline justify-between text-subtle text-xs">
        <span className="tabular">{top.toLocaleString("en-US")} an hour</span>
        <span className="flex gap-4">
          <span className="flex items-center gap-1.5">
            <span className="size-2 rounded-xs bg-success" aria-hidden /> Succeeded
          </span>
          <span className="flex items-center gap-1.5">
            <span className="size-2 rounded-xs bg-danger" aria-hidden /> Failed
          </span>
        </span>
      </div>
      <div className="flex h-36 items-stretch gap-px border-y border-line sm:gap-0.5" aria-hidden>
        {hours.map((hour) => (
          <div
            key={hour.fromMs}
            title={`${hour.succeeded} succeeded, ${hour.failed} failed`}
            className="flex min-w-0 flex-1 flex-col justify-end hover:bg-hover"
          >
            <span className="bg-danger" style={{ height: share(hour.failed) }} />
            <span className="bg-success" style={{ height: share(hour.succeeded) }} />
          </div>
        ))}
      </div>
      <div className="flex justify-between text-subtle text-xs">
        <span>24 h ago</span>
        <span>12 h</span>
        <span>now</span>
      </div>
      <VisuallyHidden>
        <table>
          <caption>Attempts per hour in the last 24 hours</caption>
          <tbody>
            {hours
              .filter((hour) => hour.total > 0)
              .map((hour) => (
                <tr key={hour.fromMs}>
                  <th scope="row">
                    <Timestamp value={hour.fromMs} mode="local" focusable={false} />
                  </th>
                  <td>{hour.succeeded} succeeded</td>
                  <td>{hour.failed} failed</td>
                </tr>
              ))}
          </tbody>
        </table>
      </VisuallyHidden>
    </figure>
  );
}
