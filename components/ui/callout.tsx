// Owns messages inside the page: what is the case, what it means, what to do. Transient ones are toasts.

import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { softTone } from "./tone";

const ICONS = { info: Info, success: CircleCheck, warning: TriangleAlert, danger: CircleAlert };
const GROUND = {
  info: softTone.progress,
  success: softTone.success,
  warning: softTone.warning,
  danger: softTone.danger,
};

interface CalloutProps {
  tone?: keyof typeof ICONS;
  title?: ReactNode;
  children?: ReactNode;
  /** Buttons or links. */
  actions?: ReactNode;
  /** `band` spans the page under the top bar, without radius. */
  variant?: "box" | "band";
  className?: string;
}

/** A standing message. `danger` is announced when it appears. */
export function Callout({
  tone = "info",
  title,
  children,
  actions,
  variant = "box",
  className,
}: CalloutProps) {
  const Icon = ICONS[tone];
  return (
    <div
      role={tone === "danger" ? "alert" : "note"}
      className={cn(
        "flex flex-wrap items-start gap-x-3 gap-y-2 px-3 py-2.5 text-sm",
        GROUND[tone],
        variant === "box" ? "rounded-md" : "px-4 sm:px-6",
        className,
      )}
    >
      <Icon className="mt-0.5 size-4 shrink-0" aria-hidden />
      <div className="grid min-w-48 flex-1 gap-0.5">
        {title && <p className="font-semibold">{title}</p>}
        {children && <div className="text-pretty text-ink">{children}</div>}
      </div>
      {actions && <div className="flex items-center gap-2">{actions}</div>}
    </div>
  );
}
