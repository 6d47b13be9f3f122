// Owns the shape of what is still loading. Give it the size of what will come, so nothing jumps.

import type { ComponentProps } from "react";
import { cn } from "./cn";

/** A grey bar; silent for screen readers (the region around it says `aria-busy`). */
export function Skeleton({ className, ...props }: ComponentProps<"span">) {
  return (
    <span
      aria-hidden
      className={cn("block h-3.5 animate-pulse rounded-xs bg-neutral-soft", className)}
      {...props}
    />
  );
}
