"use client";
// Owns the switch between live and sandbox: always in sight, and never only a colour.

import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "@/components/ui/cn";
import { useViewer } from "@/lib/client/viewer-context";
import { pathWithin } from "./nav-items";

/** The same page in the other environment; ids do not exist there, so pages of one thing lead to their list. */
export function environmentHref(workspace: string, kind: "live" | "sandbox", pathname: string): string {
  const [, section] = pathWithin(pathname).split("/");
  return `/${workspace}/${kind}${section ? `/${section}` : ""}`;
}

const CHOICES = [
  { kind: "live", label: "Live" },
  { kind: "sandbox", label: "Sandbox" },
] as const;

const CHOSEN = {
  live: "bg-surface text-ink shadow-raised dark:bg-hover",
  sandbox: "bg-sandbox text-on-sandbox",
};

export function EnvironmentSwitch({
  onNavigate,
  className,
}: {
  onNavigate?: () => void;
  className?: string;
}) {
  const pathname = usePathname();
  const { workspace, environment } = useViewer();
  return (
    <nav
      aria-label="Environment"
      className={cn("grid h-8 grid-cols-2 gap-0.5 rounded-md bg-sunken p-0.5 pointer-coarse:h-11", className)}
    >
      {CHOICES.map(({ kind, label }) => {
        const chosen = environment.kind === kind;
        return (
          <Link
            key={kind}
            href={environmentHref(workspace.slug, kind, pathname)}
            onClick={onNavigate}
            aria-current={chosen ? "true" : undefined}
            className={cn(
              "flex items-center justify-center gap-1.5 rounded-sm font-medium text-muted text-xs transition-colors hover:text-ink",
              chosen && CHOSEN[kind],
            )}
          >
            <span
              aria-hidden
              className={cn(
                "size-1.5 rounded-full bg-line-strong",
                chosen && "bg-current",
                chosen && kind === "live" && "text-success",
              )}
            />
            {label}
          </Link>
        );
      })}
    </nav>
  );
}
