"use client";
// Owns short hints on hover and focus. Never the only place of something a person needs (touch has no hover).

import { Tooltip as Radix } from "radix-ui";
import type { ReactNode } from "react";

/** Mounted once in the root layout; shares the opening delay between neighbours. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <Radix.Provider delayDuration={350} skipDelayDuration={200}>
      {children}
    </Radix.Provider>
  );
}

interface TooltipProps {
  /** A few words; a falsy value renders the child alone. */
  content: ReactNode;
  /** One focusable element that accepts a ref. */
  children: ReactNode;
  side?: "top" | "right" | "bottom" | "left";
}

/** Shows `content` beside its child. */
export function Tooltip({ content, children, side = "top" }: TooltipProps) {
  if (!content) return children;
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-60 max-w-72 animate-fade-in rounded-sm bg-ink px-2 py-1 text-canvas text-xs shadow-overlay"
        >
          {content}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
