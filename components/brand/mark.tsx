// Owns the mark: a post with a board that points the way and reads as a P, its tip cut free: sent.
// One colour (currentColor), drawn on a 24 px grid so that every edge lands on a pixel at 24 and stays clear at 16.

import { cn } from "@/components/ui/cn";

/** The mark; decoration beside the wordmark, so silent. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" fill="currentColor" className={cn("size-5", className)} aria-hidden="true">
      <path d={MARK_PATH} />
    </svg>
  );
}

const MARK_PATH = "M2 1h3.5v2H12l4.5 5.5L12 14H5.5v9H2zM15 3h3.5L23 8.5 18.5 14H15l4.5-5.5z";
