// Owns the picture of a key.

import type { ComponentProps } from "react";
import { cn } from "./cn";

/** One key or chord part. */
export function Kbd({ className, ...props }: ComponentProps<"kbd">) {
  return (
    <kbd
      className={cn(
        "inline-grid h-5 min-w-5 place-items-center rounded-sm border border-line bg-surface px-1 font-sans text-2xs text-muted",
        className,
      )}
      {...props}
    />
  );
}
