// Owns the path to a page below a list.

import { ChevronRight } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "./cn";

interface Crumb {
  label: ReactNode;
  /** Without it, the crumb is where we are. */
  href?: string;
}

/** A trail; the last crumb is the current page. */
export function Breadcrumb({ crumbs, className }: { crumbs: Crumb[]; className?: string }) {
  return (
    <nav aria-label="Breadcrumb" className={className}>
      <ol className="flex min-w-0 items-center gap-1 text-muted text-sm">
        {crumbs.map((crumb, index) => (
          <li
            key={crumb.href ?? "current"}
            className={cn("flex items-center gap-1", crumb.href ? "shrink-0" : "min-w-0")}
          >
            {index > 0 && <ChevronRight className="size-3.5 shrink-0 text-subtle" aria-hidden />}
            {crumb.href ? (
              <Link href={crumb.href} className="truncate rounded-xs hover:text-ink hover:underline">
                {crumb.label}
              </Link>
            ) : (
              <span aria-current="page" className="truncate text-ink">
                {crumb.label}
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
