// Owns the "something is running" mark. Says nothing aloud unless given a label.

import { cn } from "./cn";
import { VisuallyHidden } from "./visually-hidden";

interface SpinnerProps {
  /** Spoken text; leave out beside visible text that already says it. */
  label?: string;
  className?: string;
}

/** A ring that turns; with reduced motion it stands still and stays recognisable by its gap. */
export function Spinner({ className, label }: SpinnerProps) {
  return (
    <>
      <svg
        viewBox="0 0 16 16"
        fill="none"
        className={cn("size-4 animate-spin", className)}
        aria-hidden="true"
      >
        <circle cx="8" cy="8" r="6" stroke="currentColor" strokeOpacity="0.22" strokeWidth="2" />
        <path d="M8 2a6 6 0 0 1 6 6" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
      </svg>
      {label && <VisuallyHidden role="status">{label}</VisuallyHidden>}
    </>
  );
}
