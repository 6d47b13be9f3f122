"use client";
// Owns the look of a control's name.

import { Label as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

interface LabelProps extends ComponentProps<typeof Radix.Root> {
  /** The id of the control it names. */
  htmlFor: string;
}

/** The visible name of a control. */
export function Label({ className, ...props }: LabelProps) {
  return <Radix.Root className={cn("font-medium text-ink text-sm", className)} {...props} />;
}
