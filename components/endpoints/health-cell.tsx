// Owns an endpoint's last 24 hours in the size of a cell: the share that failed and the shape of the day.

import { cn } from "@/components/ui/cn";
import { Skeleton } from "@/components/ui/skeleton";
import { Sparkline } from "@/components/ui/sparkline";
import { countOf } from "@/lib/client/count-of";
import { failureRate, formatShare } from "@/lib/client/endpoints/endpoint-words";
import type { EndpointStatsDto } from "@/lib/contracts/endpoints";

interface HealthCellProps {
  /** Undefined while it loads. */
  stats: EndpointStatsDto | undefined;
}

export function HealthCell({ stats }: HealthCellProps) {
  if (stats === undefined)
    return <Skeleton className="my-1 ml-auto w-32 @max-2xl/data-table:my-0 @max-2xl/data-table:w-16" />;
  const share = failureRate(stats);
  const finished = stats.succeeded_24h + stats.failed_24h;
  const attempts = stats.hourly.map((hour) => hour.succeeded + hour.failed);
  const retried = stats.hourly.some((hour) => hour.failed > 0);
  return (
    <span className="inline-flex items-center justify-end gap-2.5">
      <span
        className={cn("tabular text-xs", share ? "font-medium text-danger-ink" : "text-muted")}
        title={
          share === null
            ? "No delivery has finished in the last 24 hours"
            : `${stats.failed_24h} of ${countOf(finished, "finished delivery", "finished deliveries")} failed`
        }
      >
        {share === null ? "–" : formatShare(share)}
        <span className="@2xl/data-table:hidden"> failed</span>
      </span>
      <Sparkline
        values={attempts}
        label={`Attempts per hour in the last 24 hours: ${attempts.reduce((sum, value) => sum + value, 0)} in all`}
        // Red is for deliveries that gave up; attempts that failed and were made good by a retry are a warning.
        tone={share ? "danger" : retried ? "warning" : "neutral"}
        className={cn(
          "h-5 w-20 @max-2xl/data-table:hidden",
          attempts.every((value) => value === 0) && "opacity-40",
        )}
      />
    </span>
  );
}
