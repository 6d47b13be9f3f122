"use client";
// Owns the standing column of the dashboard: brand, place, navigation, person. The drawer shows the same on phones.

import { Search } from "lucide-react";
import Link from "next/link";
import { Wordmark } from "@/components/brand/wordmark";
import type { Theme } from "@/components/theme/theme";
import { cn } from "@/components/ui/cn";
import { useViewer } from "@/lib/client/viewer-context";
import { PaletteKeys } from "./command-menu";
import { EnvironmentSwitch } from "./environment-switch";
import { NavList } from "./nav-list";
import { UserMenu } from "./user-menu";
import { type WorkspaceChoice, WorkspaceLabel } from "./workspace-label";

interface SidebarProps {
  theme: Theme;
  workspaces: readonly WorkspaceChoice[];
  /** Called when a link was followed; the drawer closes itself with it. */
  onNavigate?: () => void;
  /** Opens the palette; the drawer leaves it out, because its top bar has it. */
  onSearch?: () => void;
  /** The drawer has a title of its own. */
  withBrand?: boolean;
}

export function Sidebar({ theme, workspaces, onNavigate, onSearch, withBrand = true }: SidebarProps) {
  const { href } = useViewer();
  return (
    <div className="flex h-full flex-col">
      {withBrand && (
        <Link href={href()} className="flex h-12 shrink-0 items-center px-4" aria-label="Signpost, overview">
          <Wordmark />
        </Link>
      )}
      <div className={cn("grid gap-2 px-3 pb-4", withBrand ? "pt-1" : "pt-4")}>
        <WorkspaceLabel choices={workspaces} />
        <EnvironmentSwitch onNavigate={onNavigate} />
        {onSearch && (
          <button
            type="button"
            onClick={onSearch}
            className="flex h-8 items-center gap-2 rounded-md border border-line px-2.5 text-subtle text-sm transition-colors hover:bg-hover hover:text-muted"
          >
            <Search className="size-4" aria-hidden />
            Search
            <span className="ml-auto">
              <PaletteKeys />
            </span>
          </button>
        )}
      </div>
      <NavList onNavigate={onNavigate} className="scrollbar-thin min-h-0 flex-1 overflow-y-auto px-2" />
      <div className="border-t p-2">
        <UserMenu theme={theme} />
      </div>
    </div>
  );
}
