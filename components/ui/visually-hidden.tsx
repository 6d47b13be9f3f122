// Owns text that is only spoken.

import type { ComponentProps } from "react";
import { cn } from "./cn";

/** Hidden from eyes, present for screen readers. */
export function VisuallyHidden({ className, ...props }: ComponentProps<"span">) {
  return <span className={cn("sr-only", className)} {...props} />;
}
