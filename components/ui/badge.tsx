// Owns small labels: counts, kinds, versions. For states use StatusPill.

import type { ComponentProps } from "react";
import { cn } from "./cn";
import { softTone, type Tone } from "./tone";

interface BadgeProps extends ComponentProps<"span"> {
  tone?: Tone;
  /** Code font, for types and codes. */
  mono?: boolean;
  /** Outline instead of fill, for quieter facts. */
  outline?: boolean;
}

/** A label of one or two words. */
export function Badge({ className, tone = "neutral", mono, outline, ...props }: BadgeProps) {
  return (
    <span
      className={cn(
        "inline-flex h-5 max-w-full items-center gap-1 whitespace-nowrap rounded-sm px-1.5 font-medium text-xs [&_svg]:size-3",
        outline ? "border border-line text-muted" : softTone[tone],
        mono && "font-mono text-2xs",
        className,
      )}
      {...props}
    />
  );
}
