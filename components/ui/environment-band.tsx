// Owns the band that cannot be missed: road-works tape and yellow across the top of everything that is not real.

import type { ReactNode } from "react";
import { cn } from "./cn";

interface EnvironmentBandProps {
  /** The name, in a word: "Sandbox". */
  name: string;
  /** What is different here. */
  children?: ReactNode;
  /** A way out, at the right. */
  action?: ReactNode;
  className?: string;
}

/** A slim, standing band; render it above the shell, outside of anything that scrolls. */
export function EnvironmentBand({ name, children, action, className }: EnvironmentBandProps) {
  return (
    <aside
      aria-label={name}
      className={cn(
        "flex h-7 shrink-0 items-stretch bg-sandbox font-medium text-on-sandbox text-xs",
        className,
      )}
    >
      <span className="w-12 shrink-0 bg-hatch-sandbox sm:w-20" aria-hidden />
      <p className="flex min-w-0 flex-1 items-center gap-2 px-3">
        <strong className="font-bold">{name}</strong>
        <span className="truncate">{children}</span>
      </p>
      {action && <span className="flex items-center px-3 underline underline-offset-2">{action}</span>}
      <span className="w-12 shrink-0 bg-hatch-sandbox max-sm:hidden sm:w-20" aria-hidden />
    </aside>
  );
}
