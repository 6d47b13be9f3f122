"use client";
// Owns the one-line text control, with optional icon or text at either end.

import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { controlStyles } from "./control-styles";
import { useFieldControl } from "./field-context";

interface InputProps extends ComponentProps<"input"> {
  /** An icon or short text inside the left edge; decoration only. */
  leading?: ReactNode;
  /** An icon, unit or small button inside the right edge. */
  trailing?: ReactNode;
  /** Code font, for URLs, ids and secrets. */
  mono?: boolean;
}

/** A one-line text control; inside a Field it is named and described by it. */
export function Input({ className, leading, trailing, mono, ...props }: InputProps) {
  const field = useFieldControl();
  const input = (
    <input
      {...field}
      className={cn(
        controlStyles,
        "read-only:bg-sunken",
        "h-8 pointer-coarse:h-10",
        mono && "font-mono",
        leading && "pl-8",
        trailing && "pr-9",
        className,
      )}
      {...props}
    />
  );
  if (!leading && !trailing) return input;
  return (
    <div className="relative">
      {leading && (
        <span className="pointer-events-none absolute inset-y-0 left-2.5 flex items-center text-subtle [&_svg]:size-4">
          {leading}
        </span>
      )}
      {input}
      {trailing && (
        <span className="absolute inset-y-0 right-1.5 flex items-center text-subtle text-xs [&_svg]:size-4">
          {trailing}
        </span>
      )}
    </div>
  );
}
