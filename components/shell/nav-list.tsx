"use client";
// Owns the main navigation, the same in sidebar and drawer.

import { ExternalLink } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "@/components/ui/cn";
import { useViewer } from "@/lib/client/viewer-context";
import { DOCS_ITEM, isCurrent, NAV_ITEMS } from "./nav-items";

const itemStyles = [
  "group flex h-8 items-center gap-2.5 rounded-md px-2.5 font-medium text-muted text-sm transition-colors pointer-coarse:h-11",
  "hover:bg-hover hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent-ink",
].join(" ");

const iconStyles =
  "size-4 shrink-0 text-subtle group-hover:text-muted group-aria-[current=page]:text-accent-ink";

/** Links to every page the viewer may open; `onNavigate` closes the drawer. */
export function NavList({ onNavigate, className }: { onNavigate?: () => void; className?: string }) {
  const pathname = usePathname();
  const { href, can } = useViewer();
  const items = NAV_ITEMS.filter((item) => item.permission === undefined || can(item.permission));
  return (
    <nav aria-label="Main" className={cn("grid content-start gap-0.5", className)}>
      {items.map((item) => (
        <Link
          key={item.path}
          href={href(item.path)}
          onClick={onNavigate}
          aria-current={isCurrent(item, pathname) ? "page" : undefined}
          className={itemStyles}
        >
          <item.icon className={iconStyles} />
          {item.label}
        </Link>
      ))}
      <a
        href={DOCS_ITEM.href}
        target="_blank"
        rel="noreferrer"
        className={cn(itemStyles, "mt-3")}
        onClick={onNavigate}
      >
        <DOCS_ITEM.icon className={iconStyles} />
        {DOCS_ITEM.label}
        <ExternalLink className="ml-auto size-3.5 text-subtle" aria-label="opens in a new tab" />
      </a>
    </nav>
  );
}
