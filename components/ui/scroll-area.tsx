// Owns panes that scroll by themselves.

import type { ComponentProps } from "react";
import { cn } from "./cn";

interface ScrollAreaProps extends ComponentProps<"section"> {
  /** What is in it; a scrolling region must be named and reachable by keyboard. */
  label: string;
}

/** A scrolling region with thin bars; the browser's own scrolling, so wheels, keys and touch all work. */
export function ScrollArea({ label, className, ...props }: ScrollAreaProps) {
  return (
    <section
      aria-label={label}
      // Without a tab stop a keyboard could not scroll a region that holds no control.
      // (Chromium adds one by itself, Safari does not.)
      {...{ tabIndex: 0 }}
      className={cn(
        "scrollbar-thin overflow-auto overscroll-contain focus-visible:-outline-offset-2",
        className,
      )}
      {...props}
    />
  );
}
