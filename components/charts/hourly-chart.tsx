// Owns the last 24 hours as bars: quiet for what arrived, red on top for what did not. The numbers are also a table for
// screen readers.

type Hour = { succeeded: number; failed: number };

interface HourlyChartProps {
  /** Oldest first. */
  hourly: readonly Hour[];
  /** What is counted, in the plural: "attempts". */
  what: string;
}

function when(index: number, hours: number): string {
  const ago = hours - 1 - index;
  return ago === 0 ? "the last hour" : `${ago} to ${ago + 1} h ago`;
}

export function HourlyChart({ hourly, what }: HourlyChartProps) {
  const hours = hourly.map((hour, index) => ({
    ...hour,
    when: when(index, hourly.length),
    total: hour.succeeded + hour.failed,
  }));
  const top = Math.max(0, ...hours.map((hour) => hour.total));
  // What happened at all is never too low to be seen.
  const height = (count: number) =>
    count === 0 ? "0" : `max(2px, ${((count / Math.max(1, top)) * 100).toFixed(2)}%)`;
  return (
    <figure className="grid gap-1.5">
      <div className="flex items-baseline justify-between gap-4 text-subtle text-xs">
        <span className="tabular">
          {top === 0 ? "Nothing yet" : `${top.toLocaleString("en-US")} an hour`}
        </span>
        <span className="flex gap-4">
          <span className="flex items-center gap-1.5">
            <span className="size-2 rounded-xs bg-neutral/55" aria-hidden /> Succeeded
          </span>
          <span className="flex items-center gap-1.5">
            <span className="size-2 rounded-xs bg-danger" aria-hidden /> Failed
          </span>
        </span>
      </div>
      <div className="flex h-32 items-stretch gap-0.5 border-y border-line sm:gap-1" aria-hidden>
        {hours.map((hour) => (
          <div
            key={hour.when}
            title={`${hour.when}: ${hour.succeeded} succeeded, ${hour.failed} failed`}
            className="flex min-w-0 flex-1 flex-col justify-end hover:bg-hover"
          >
            <span className="shrink-0 bg-danger" style={{ height: height(hour.failed) }} />
            <span className="min-h-0 bg-neutral/55" style={{ height: height(hour.succeeded) }} />
          </div>
        ))}
      </div>
      <div className="tabular flex justify-between text-subtle text-xs" aria-hidden>
        <span>24 h ago</span>
        <span>12 h ago</span>
        <span>now</span>
      </div>
      <div className="sr-only">
        <table>
          <caption>{`By the hour, ${what} of the last 24 hours`}</caption>
          <tbody>
            {hours
              .filter((hour) => hour.total > 0)
              .map((hour) => (
                <tr key={hour.when}>
                  <th scope="row">{hour.when}</th>
                  <td>{hour.succeeded} succeeded</td>
                  <td>{hour.failed} failed</td>
                </tr>
              ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}
