"use client";
// Owns the many-line text control.

import type { ComponentProps } from "react";
import { cn } from "./cn";
import { controlStyles } from "./control-styles";
import { useFieldControl } from "./field-context";

interface TextareaProps extends ComponentProps<"textarea"> {
  mono?: boolean;
}

/** Grows with its content where the browser can, up to a third of the screen. */
export function Textarea({ className, mono, rows = 3, ...props }: TextareaProps) {
  const field = useFieldControl();
  return (
    <textarea
      {...field}
      rows={rows}
      className={cn(
        controlStyles,
        "read-only:bg-sunken",
        "field-sizing-content max-h-[33vh] min-h-16 resize-y py-1.5",
        mono && "font-mono text-xs",
        className,
      )}
      {...props}
    />
  );
}
