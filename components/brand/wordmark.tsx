// Owns how the name is set beside the mark.

import { cn } from "@/components/ui/cn";
import { Mark } from "./mark";

/** Mark and name. */
export function Wordmark({ className }: { className?: string }) {
  return (
    <span
      className={cn(
        "inline-flex items-center gap-2 font-semibold text-base text-ink tracking-tight",
        className,
      )}
    >
      <Mark className="size-[1.15em] text-accent" />
      Signpost
    </span>
  );
}
