// Owns paging by cursor: previous and next only, since a total would have to be counted.

import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { LinkButton } from "./link-button";

interface PaginationProps {
  /** Address of the neighbour page; null when there is none. */
  previousHref: string | null;
  nextHref: string | null;
  /** What is shown: "50 deliveries", "Showing the last 30 days". */
  summary?: ReactNode;
  className?: string;
}

/** Links to the neighbour pages; the ends stay in place, disabled. */
export function Pagination({ previousHref, nextHref, summary, className }: PaginationProps) {
  return (
    <nav
      aria-label="Pages"
      className={cn("flex items-center justify-between gap-3 text-muted text-sm", className)}
    >
      <p className="tabular min-w-0">{summary}</p>
      <div className="flex gap-1.5">
        <LinkButton
          href={previousHref ?? "#"}
          size="sm"
          icon={<ChevronLeft />}
          aria-disabled={previousHref ? undefined : true}
          tabIndex={previousHref ? undefined : -1}
        >
          Newer
        </LinkButton>
        <LinkButton
          href={nextHref ?? "#"}
          size="sm"
          aria-disabled={nextHref ? undefined : true}
          tabIndex={nextHref ? undefined : -1}
        >
          Older
          <ChevronRight />
        </LinkButton>
      </div>
    </nav>
  );
}
