// Owns tabs whose panels are pages: links, so they can be opened, shared and prefetched.

import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { tabListStyles, tabStyles } from "./tab-styles";

interface LinkTab {
  href: string;
  label: ReactNode;
  /** A count or badge after the label. */
  badge?: ReactNode;
  isCurrent: boolean;
}

/** A navigation landmark that looks like tabs. */
export function LinkTabs({ label, tabs, className }: { label: string; tabs: LinkTab[]; className?: string }) {
  return (
    <nav aria-label={label} className={cn(tabListStyles, className)}>
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          aria-current={tab.isCurrent ? "page" : undefined}
          className={tabStyles}
        >
          {tab.label}
          {tab.badge}
        </Link>
      ))}
    </nav>
  );
}
