// Owns how a state looks: a shaped mark, a word, optionally a reason. The tone is given; meanings live elsewhere.
// Every tone has its own shape, so states stay distinct without colour.

import type { ReactNode } from "react";
import { cn } from "./cn";
import { softTone, type Tone } from "./tone";
import { Tooltip } from "./tooltip";

const shapes: Record<Tone, ReactNode> = {
  success: <circle cx="5" cy="5" r="4" fill="currentColor" />,
  progress: (
    <>
      <circle cx="5" cy="5" r="3.4" fill="none" stroke="currentColor" strokeWidth="1.4" />
      <path d="M5 1.6a3.4 3.4 0 0 1 0 6.8z" fill="currentColor" />
    </>
  ),
  danger: <path d="M5 .6 9.4 5 5 9.4.6 5z" fill="currentColor" />,
  paused: <path d="M1.6 1.4h2.4v7.2H1.6zM6 1.4h2.4v7.2H6z" fill="currentColor" />,
  warning: <path d="M5 .9 9.6 9H.4z" fill="currentColor" />,
  neutral: <circle cx="5" cy="5" r="3.4" fill="none" stroke="currentColor" strokeWidth="1.4" />,
  accent: <path d="M1 1.6h5L9.2 5 6 8.4H1z" fill="currentColor" />,
};

const markTone: Record<Tone, string> = {
  success: "text-success",
  progress: "text-progress",
  danger: "text-danger",
  paused: "text-paused",
  warning: "text-warning",
  neutral: "text-neutral",
  accent: "text-accent",
};

interface StateDotProps {
  tone: Tone;
  /** Spoken and shown on hover; leave out beside visible text. */
  label?: string;
  /** Breathes while something is under way. */
  live?: boolean;
  className?: string;
}

/** The mark alone, for dense rows. */
export function StateDot({ tone, label, live, className }: StateDotProps) {
  const mark = (
    <svg
      viewBox="0 0 10 10"
      className={cn("size-2.5 shrink-0", markTone[tone], live && "animate-pulse", className)}
      aria-hidden="true"
    >
      {shapes[tone]}
    </svg>
  );
  if (!label) return mark;
  return (
    <span role="img" aria-label={label} title={label} className="inline-flex">
      {mark}
    </span>
  );
}

// In a list the mark carries the colour; words take it only when somebody has to act.
const plainText: Record<Tone, string> = {
  success: "text-muted",
  progress: "text-ink",
  danger: "text-danger-ink",
  paused: "text-ink",
  warning: "text-warning-ink",
  neutral: "text-muted",
  accent: "text-accent-ink",
};

interface StatusPillProps {
  tone: Tone;
  children: ReactNode;
  /** Why: shown on hover and focus; the pill becomes focusable. */
  reason?: ReactNode;
  live?: boolean;
  /** `plain` drops the ground, for tables where every row has one. */
  variant?: "soft" | "plain";
  className?: string;
}

/** A state in a word, with its mark. */
export function StatusPill({ tone, children, reason, live, variant = "soft", className }: StatusPillProps) {
  const pill = (
    <span
      // Focusable, or a keyboard could never open the reason.
      {...(reason ? { tabIndex: 0 } : {})}
      className={cn(
        "inline-flex h-5 items-center gap-1.5 whitespace-nowrap rounded-sm font-medium text-xs",
        variant === "soft" ? cn("pr-2 pl-1.5", softTone[tone]) : plainText[tone],
        reason && "cursor-help underline decoration-current/40 decoration-dotted underline-offset-4",
        className,
      )}
    >
      <StateDot tone={tone} live={live} />
      {children}
    </span>
  );
  return reason ? <Tooltip content={reason}>{pill}</Tooltip> : pill;
}
