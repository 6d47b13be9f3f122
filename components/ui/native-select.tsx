"use client";
// Owns the browser's own select, best on phones and for long plain lists.

import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { controlStyles } from "./control-styles";
import { useFieldControl } from "./field-context";

/** A styled `<select>`; give it plain `<option>`s. */
export function NativeSelect({ className, children, ...props }: ComponentProps<"select">) {
  const field = useFieldControl();
  return (
    <div className={cn("relative", className)}>
      <select
        {...field}
        className={cn(controlStyles, "h-8 appearance-none pr-8 pointer-coarse:h-10")}
        {...props}
      >
        {children}
      </select>
      <ChevronDown
        className="pointer-events-none absolute inset-y-0 right-2 my-auto size-4 text-subtle"
        aria-hidden
      />
    </div>
  );
}
