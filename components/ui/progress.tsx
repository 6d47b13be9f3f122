"use client";
// Owns the bar of work that has a known end.

import { Progress as Radix } from "radix-ui";
import { cn } from "./cn";
import { solidTone, type Tone } from "./tone";

interface ProgressProps {
  /** What is progressing, for screen readers. */
  label: string;
  /** 0 to `max`; null while the end is not known. */
  value: number | null;
  max?: number;
  tone?: Tone;
  className?: string;
}

/** A determinate bar, or a breathing one. */
export function Progress({ label, value, max = 100, tone = "accent", className }: ProgressProps) {
  const percent = value === null ? 100 : Math.min(100, Math.max(0, (value / max) * 100));
  return (
    <Radix.Root
      aria-label={label}
      value={value}
      max={max}
      className={cn("h-1.5 w-full overflow-hidden rounded-full bg-neutral-soft", className)}
    >
      <Radix.Indicator
        className={cn(
          "h-full rounded-full transition-[width]",
          solidTone[tone],
          value === null && "animate-pulse",
        )}
        style={{ width: `${percent}%` }}
      />
    </Radix.Root>
  );
}
