// Owns "this could not be loaded": what failed, whether anything was lost, how to try again.

import { CloudOff } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

interface ErrorStateProps {
  /** What failed: "Deliveries could not be loaded". */
  title: ReactNode;
  /** Cause and consequence, in a person's words. */
  children?: ReactNode;
  /** Usually a "Try again" button. */
  action?: ReactNode;
  /** Something to quote to whoever can help. */
  requestId?: string;
  className?: string;
}

/** A failed region; announced when it appears. */
export function ErrorState({ title, children, action, requestId, className }: ErrorStateProps) {
  return (
    <div role="alert" className={cn("grid justify-items-center gap-4 px-6 py-14 text-center", className)}>
      <span className="grid size-10 place-items-center rounded-lg bg-danger-soft text-danger-ink">
        <CloudOff className="size-5" aria-hidden />
      </span>
      <div className="grid max-w-md gap-1">
        <p className="font-semibold text-base text-ink">{title}</p>
        {children && <div className="text-pretty text-muted text-sm">{children}</div>}
      </div>
      {action && <div className="flex flex-wrap justify-center gap-2">{action}</div>}
      {requestId && (
        <p className="text-subtle text-xs">
          Request <code className="select-all font-mono">{requestId}</code>
        </p>
      )}
    </div>
  );
}
