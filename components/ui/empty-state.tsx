// Owns the two kinds of nothing. "Nothing yet" teaches and offers the first step; "no matches" offers a way back.
// They never look or read alike, so a filter is never mistaken for lost data.

import { SearchX } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

interface NothingYetProps {
  /** What will be here: "No deliveries yet". */
  title: ReactNode;
  /** When and why something will appear. */
  children?: ReactNode;
  /** The first step. */
  action?: ReactNode;
  /** One lucide icon element. */
  icon?: ReactNode;
  className?: string;
}

/** The list is empty because nothing has happened. */
export function NothingYet({ title, children, action, icon, className }: NothingYetProps) {
  return (
    <div className={cn("grid justify-items-center gap-4 px-6 py-14 text-center", className)}>
      {icon && (
        <span className="grid size-10 place-items-center rounded-lg border border-line bg-surface text-accent-ink shadow-raised [&_svg]:size-5">
          {icon}
        </span>
      )}
      <div className="grid max-w-md gap-1">
        <p className="font-semibold text-base text-ink">{title}</p>
        {children && <div className="text-pretty text-muted text-sm">{children}</div>}
      </div>
      {action && <div className="flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}

interface NoMatchesProps {
  /** What was looked for, in the plural: "deliveries". */
  what: string;
  /** A sentence about the active filters. */
  children?: ReactNode;
  /** The button that clears them. */
  action?: ReactNode;
  className?: string;
}

/** The list is empty because of its filters. */
export function NoMatches({ what, children, action, className }: NoMatchesProps) {
  return (
    <div
      role="status"
      className={cn("flex flex-wrap items-center justify-center gap-x-3 gap-y-2 px-6 py-10", className)}
    >
      <p className="text-balance text-center text-muted text-sm">
        <SearchX className="mr-2 inline size-4 align-[-0.2em] text-subtle" aria-hidden />
        No {what} match. {children}
      </p>
      {action}
    </div>
  );
}
