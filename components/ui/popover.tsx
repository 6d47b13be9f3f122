"use client";
// Owns small non-modal panels anchored to a button: filters, date ranges, short forms.

import { Popover as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { overlayStyles } from "./overlay-styles";

export const Popover = Radix.Root;
export const PopoverTrigger = Radix.Trigger;
export const PopoverClose = Radix.Close;

/** The floating panel; give it an `aria-label`. */
export function PopoverContent({ className, ...props }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content
        sideOffset={4}
        align="start"
        collisionPadding={8}
        className={cn(overlayStyles, "w-72 max-w-[calc(100vw-1rem)] p-3", className)}
        {...props}
      />
    </Radix.Portal>
  );
}
