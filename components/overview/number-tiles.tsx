// Owns the numbers of an environment, each a link to the deliveries it counts.

import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { StateDot } from "@/components/ui/status-pill";
import { Timestamp } from "@/components/ui/timestamp";
import type { Tone } from "@/components/ui/tone";
import type { OverviewDto } from "@/lib/contracts/overview";

interface TileProps {
  href: string;
  label: string;
  value: number;
  tone: Tone;
  /** Colours the number as soon as it is not zero. */
  alarming?: boolean;
  children: ReactNode;
}

function Tile({ href, label, value, tone, alarming = false, children }: TileProps) {
  return (
    <Link
      href={href}
      className="grid content-start gap-1 bg-surface px-4 py-3.5 transition-colors hover:bg-hover focus-visible:-outline-offset-2"
    >
      <span className="flex items-center gap-1.5 text-muted text-sm">
        <StateDot tone={value === 0 ? "neutral" : tone} />
        {label}
      </span>
      <span
        className={cn(
          "tabular font-semibold text-2xl text-ink tracking-tight",
          alarming && value > 0 && "text-danger-ink",
        )}
      >
        {value.toLocaleString("en-US")}
      </span>
      <span className="text-subtle text-xs">{children}</span>
    </Link>
  );
}

/** `41 ms`, `1.24 s`. */
const formatMs = (ms: number) => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`);

/** `99.2 %`, never rounded up to 100. */
export function successRate(succeeded: number, failed: number): string | null {
  const total = succeeded + failed;
  if (total === 0) return null;
  const percent = (succeeded / total) * 100;
  return `${failed > 0 ? Math.min(99.9, Math.floor(percent * 10) / 10) : 100} %`;
}

interface NumberTilesProps {
  overview: OverviewDto;
  deliveriesHref: string;
}

export function NumberTiles({ overview, deliveriesHref }: NumberTilesProps) {
  const { succeeded, failed, pending, held, oldest_due_at: dueAt, latency_ms: latency } = overview;
  const rate = successRate(succeeded, failed);
  return (
    <div className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line lg:grid-cols-4">
      <Tile
        href={`${deliveriesHref}?state=succeeded`}
        label="Succeeded, 24 h"
        value={succeeded}
        tone="success"
      >
        {latency ? `half within ${formatMs(latency.p50)}, 95 % within ${formatMs(latency.p95)}` : "none yet"}
      </Tile>
      <Tile
        href={`${deliveriesHref}?state=failed`}
        label="Failed, 24 h"
        value={failed}
        tone="danger"
        alarming
      >
        {rate === null ? "none" : `${rate} succeeded`}
      </Tile>
      <Tile href={`${deliveriesHref}?state=pending`} label="Pending now" value={pending} tone="progress">
        {dueAt ? (
          <span className="text-warning-ink">
            oldest due <Timestamp value={dueAt} focusable={false} />
          </span>
        ) : (
          "nothing overdue"
        )}
      </Tile>
      <Tile href={`${deliveriesHref}?state=held`} label="Held now" value={held} tone="paused">
        {held > 0 ? "their endpoints are paused or disabled" : "no endpoint holds anything back"}
      </Tile>
    </div>
  );
}
