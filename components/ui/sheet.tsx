"use client";
// Owns side panels over the page: detail views on narrow screens, navigation drawers.

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { IconButton } from "./icon-button";
import { veilStyles } from "./overlay-styles";

export const Sheet = Radix.Root;
export const SheetTrigger = Radix.Trigger;
export const SheetClose = Radix.Close;

const SIDES = {
  right: "inset-y-0 right-0 h-dvh w-full max-w-xl animate-sheet-right",
  left: "inset-y-0 left-0 h-dvh w-72 max-w-[86vw] animate-sheet-left",
  bottom: "inset-x-0 bottom-0 max-h-[88dvh] animate-sheet-bottom rounded-t-xl",
};

interface SheetContentProps extends Omit<ComponentProps<typeof Radix.Content>, "title"> {
  title: ReactNode;
  /** Keeps the title for screen readers only. */
  titleHidden?: boolean;
  side?: keyof typeof SIDES;
  /** Buttons beside the close button. */
  actions?: ReactNode;
}

/** The panel; content scrolls under a fixed header. */
export function SheetContent({
  title,
  titleHidden,
  side = "right",
  actions,
  className,
  children,
  ...props
}: SheetContentProps) {
  return (
    <Radix.Portal>
      <Radix.Overlay className={veilStyles} />
      <Radix.Content
        aria-describedby={undefined}
        className={cn(
          "fixed z-50 flex flex-col bg-raised text-ink shadow-overlay outline-none",
          SIDES[side],
          className,
        )}
        {...props}
      >
        <header className="flex min-h-12 shrink-0 items-center justify-between gap-3 border-b py-2 pr-2 pl-4">
          <Radix.Title className={cn("min-w-0 truncate font-semibold text-base", titleHidden && "sr-only")}>
            {title}
          </Radix.Title>
          <div className="ml-auto flex items-center gap-1">
            {actions}
            <Radix.Close asChild>
              <IconButton label="Close" tooltip={false}>
                <X />
              </IconButton>
            </Radix.Close>
          </div>
        </header>
        <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
      </Radix.Content>
    </Radix.Portal>
  );
}
