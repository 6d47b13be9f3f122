// Owns the top of a page: where, what, in which state, and what can be done.

import type { ReactNode } from "react";
import { cn } from "./cn";

interface PageHeaderProps {
  title: ReactNode;
  /** One sentence; leave out where the list speaks for itself. */
  description?: ReactNode;
  /** A Breadcrumb, for pages below a list. */
  breadcrumb?: ReactNode;
  /** A StatusPill or Badge beside the title. */
  status?: ReactNode;
  /** Buttons, the main one last. */
  actions?: ReactNode;
  /** LinkTabs under the title. */
  tabs?: ReactNode;
  className?: string;
}

/** Holds the page's only `h1`. */
export function PageHeader({
  title,
  description,
  breadcrumb,
  status,
  actions,
  tabs,
  className,
}: PageHeaderProps) {
  return (
    <header className={cn("grid grid-cols-1 gap-3", className)}>
      {breadcrumb}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="grid min-w-0 gap-1">
          <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="min-w-0 font-semibold text-ink text-xl tracking-tight wrap-anywhere">{title}</h1>
            {status}
          </div>
          {description && <p className="max-w-2xl text-pretty text-muted text-sm">{description}</p>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
      {tabs}
    </header>
  );
}
