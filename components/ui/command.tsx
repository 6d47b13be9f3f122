"use client";
// Owns the palette's shell (cmdk in a dialog): search, groups, items, "no match". What it offers is given.

import { Command as Cmdk } from "cmdk";
import { Search } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { menuItemStyles, veilStyles } from "./overlay-styles";

interface CommandPaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Name of the palette and of its search box. */
  label: string;
  placeholder?: string;
  /** `CommandGroup`s. */
  children: ReactNode;
  /** Shown when nothing matches. */
  empty?: ReactNode;
}

/** A modal palette; opening keys belong to the caller. */
export function CommandPalette({
  open,
  onOpenChange,
  label,
  placeholder = "Type a command or search…",
  children,
  empty = "No match.",
}: CommandPaletteProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={veilStyles} />
        <Radix.Content
          aria-describedby={undefined}
          className="fixed top-3 left-1/2 z-50 w-[calc(100vw-1.5rem)] max-w-xl -translate-x-1/2 animate-fade-in overflow-hidden rounded-lg bg-raised text-ink shadow-overlay outline-none sm:top-[12vh]"
        >
          <Radix.Title className="sr-only">{label}</Radix.Title>
          <Cmdk label={label} loop>
            <div className="flex items-center gap-2.5 border-b px-4">
              <Search className="size-4 shrink-0 text-subtle" aria-hidden />
              <Cmdk.Input
                placeholder={placeholder}
                className="h-12 w-full bg-transparent text-base outline-none placeholder:text-subtle"
              />
            </div>
            <Cmdk.List className="scrollbar-thin max-h-[min(24rem,60dvh)] overflow-y-auto p-1.5">
              <Cmdk.Empty className="px-3 py-8 text-center text-muted text-sm">{empty}</Cmdk.Empty>
              {children}
            </Cmdk.List>
          </Cmdk>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Items under a heading. */
export function CommandGroup({ className, ...props }: ComponentProps<typeof Cmdk.Group>) {
  return (
    <Cmdk.Group
      className={cn(
        "[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:text-subtle",
        className,
      )}
      {...props}
    />
  );
}

interface CommandItemProps extends ComponentProps<typeof Cmdk.Item> {
  /** Keys or a hint at the right. */
  trailing?: ReactNode;
}

/** One thing to do or place to go. */
export function CommandItem({ className, children, trailing, ...props }: CommandItemProps) {
  return (
    <Cmdk.Item className={cn(menuItemStyles, "text-sm [&_svg]:text-subtle", className)} {...props}>
      {children}
      {trailing && <span className="ml-auto flex items-center gap-1 text-subtle text-xs">{trailing}</span>}
    </Cmdk.Item>
  );
}
