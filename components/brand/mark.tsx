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

const MARK_PATH = "M3 1h10l5.5 6L13 13H7v10H3zM16 1h2.5L24 7l-5.5 6H16l5.5-6z";
