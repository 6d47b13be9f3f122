"use client";
// Owns the frame around every dashboard page: sandbox band, sidebar or drawer, top bar, `<main id="main">`.
// Pages get padding by default; a page whose outermost element has `data-full-bleed` gets none and the full height.

import { Menu, Search } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { type ReactNode, useState } from "react";
import { Mark } from "@/components/brand/mark";
import { Wordmark } from "@/components/brand/wordmark";
import type { Theme } from "@/components/theme/theme";
import { EnvironmentBand } from "@/components/ui/environment-band";
import { IconButton } from "@/components/ui/icon-button";
import { Sheet, SheetContent, SheetTrigger } from "@/components/ui/sheet";
import { useViewer } from "@/lib/client/viewer-context";
import { CommandMenu } from "./command-menu";
import { environmentHref } from "./environment-switch";
import { KeepSession } from "./keep-session";
import { Sidebar } from "./sidebar";
import type { WorkspaceChoice } from "./workspace-label";

interface AppShellProps {
  theme: Theme;
  workspaces: readonly WorkspaceChoice[];
  children: ReactNode;
}

function SandboxBand() {
  const pathname = usePathname();
  const { workspace } = useViewer();
  return (
    <EnvironmentBand
      name="Sandbox"
      action={<Link href={environmentHref(workspace.slug, "live", pathname)}>Go to live</Link>}
    >
      <span className="max-sm:hidden">Keys, endpoints and events here are apart from live.</span>
      <span className="sm:hidden">Apart from live.</span>
    </EnvironmentBand>
  );
}

export function AppShell({ theme, workspaces, children }: AppShellProps) {
  const { workspace, environment, href } = useViewer();
  const [drawerOpen, setDrawerOpen] = useState(false);
  const [paletteOpen, setPaletteOpen] = useState(false);
  return (
    <div className="flex h-dvh flex-col" data-environment={environment.kind}>
      {environment.kind === "sandbox" && <SandboxBand />}
      <div className="flex min-h-0 flex-1">
        <aside className="w-56 shrink-0 border-r bg-surface max-lg:hidden" aria-label="Sidebar">
          <Sidebar theme={theme} workspaces={workspaces} onSearch={() => setPaletteOpen(true)} />
        </aside>
        <div className="flex min-w-0 flex-1 flex-col">
          <header className="flex h-12 shrink-0 items-center gap-2 border-b bg-surface px-2 sm:px-4 lg:hidden">
            <Sheet open={drawerOpen} onOpenChange={setDrawerOpen}>
              <SheetTrigger asChild>
                <IconButton label="Open navigation" tooltip={false}>
                  <Menu />
                </IconButton>
              </SheetTrigger>
              <SheetContent side="left" title={<Wordmark />}>
                <Sidebar
                  theme={theme}
                  workspaces={workspaces}
                  withBrand={false}
                  onNavigate={() => setDrawerOpen(false)}
                />
              </SheetContent>
            </Sheet>
            <Link href={href()} className="flex min-w-0 items-center gap-2" aria-label="Signpost, overview">
              <Mark className="shrink-0 text-accent" />
              <span className="truncate font-medium text-sm">{workspace.name}</span>
            </Link>
            <IconButton
              label="Search"
              tooltip={false}
              className="ml-auto"
              onClick={() => setPaletteOpen(true)}
            >
              <Search />
            </IconButton>
          </header>
          <main
            id="main"
            tabIndex={-1}
            className="relative min-h-0 flex-1 overflow-y-auto p-4 outline-none has-[>[data-full-bleed]]:overflow-hidden has-[>[data-full-bleed]]:p-0 sm:p-6 [&>[data-full-bleed]]:h-full"
          >
            {children}
          </main>
        </div>
      </div>
      <CommandMenu open={paletteOpen} onOpenChange={setPaletteOpen} />
      <KeepSession />
    </div>
  );
}
