// Owns the four numbers that say whether an endpoint is well.

import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { Skeleton } from "@/components/ui/skeleton";
import { Timestamp } from "@/components/ui/timestamp";
import { countOf } from "@/lib/client/count-of";
import { failureRate, formatShare } from "@/lib/client/endpoints/endpoint-words";
import type { EndpointStatsDto } from "@/lib/contracts/endpoints";

interface TileProps {
  label: string;
  value: ReactNode;
  note: ReactNode;
  tone?: "danger" | "paused" | undefined;
}

function Tile({ label, value, note, tone }: TileProps) {
  return (
    <div className="grid content-start gap-0.5 bg-surface px-4 py-3">
      <dt className="text-subtle text-xs">{label}</dt>
      <dd
        className={cn(
          "tabular font-semibold text-2xl tracking-tight",
          tone === "danger" ? "text-danger-ink" : tone === "paused" ? "text-paused-ink" : "text-ink",
        )}
      >
        {value}
      </dd>
      <dd className="text-muted text-xs">{note}</dd>
    </div>
  );
}

export function HealthTiles({ stats }: { stats: EndpointStatsDto | undefined }) {
  const grid = "grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line lg:grid-cols-4";
  if (stats === undefined) {
    return (
      <div className={grid} aria-busy>
        {["a", "b", "c", "d"].map((key) => (
          <div key={key} className="grid gap-2 bg-surface px-4 py-4">
            <Skeleton className="h-3 w-20" />
            <Skeleton className="h-6 w-24" />
            <Skeleton className="h-3 w-28" />
          </div>
        ))}
      </div>
    );
  }
  const share = failureRate(stats);
  const finished = stats.succeeded_24h + stats.failed_24h;
  return (
    <dl className={grid}>
      <Tile
        label="Delivered, 24 h"
        value={stats.succeeded_24h.toLocaleString("en-US")}
        note={
          finished === 0
            ? "No delivery has finished"
            : `of ${countOf(finished, "finished delivery", "finished deliveries")}`
        }
      />
      <Tile
        label="Failed, 24 h"
        value={share === null ? "–" : formatShare(share)}
        note={
          stats.failed_24h === 0
            ? "None gave up"
            : `${countOf(stats.failed_24h, "delivery", "deliveries")} gave up`
        }
        tone={stats.failed_24h > 0 ? "danger" : undefined}
      />
      <Tile
        label="Waiting"
        value={(stats.pending + stats.held).toLocaleString("en-US")}
        note={`${stats.pending.toLocaleString("en-US")} pending, ${stats.held.toLocaleString("en-US")} held`}
        tone={stats.held > 0 ? "paused" : undefined}
      />
      <Tile
        label="Last success"
        value={stats.last_success_at ? <Timestamp value={stats.last_success_at} /> : "Never"}
        note={
          stats.last_failure_at ? (
            <>
              Last failure <Timestamp value={stats.last_failure_at} />
            </>
          ) : (
            "No failure on record"
          )
        }
      />
    </dl>
  );
}
