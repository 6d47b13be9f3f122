"use client";
// Owns one-of-two-to-five choices that change what is shown (24 h | 7 d | 30 d). One is always chosen.

import { ToggleGroup as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn";

interface SegmentedControlProps<Value extends string> {
  /** Name for screen readers. */
  label: string;
  value: Value;
  onValueChange: (value: Value) => void;
  options: { value: Value; label: ReactNode }[];
  className?: string;
}

/** A compact choice; arrow keys move, Enter or Space picks. */
export function SegmentedControl<Value extends string>({
  label,
  value,
  onValueChange,
  options,
  className,
}: SegmentedControlProps<Value>) {
  return (
    <Radix.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(next) => {
        // Pressing the chosen one again would report "none"; one is always chosen.
        const picked = options.find((option) => option.value === next);
        if (picked) onValueChange(picked.value);
      }}
      className={cn(
        "inline-flex h-8 items-stretch gap-0.5 rounded-md bg-sunken p-0.5 pointer-coarse:h-10",
        className,
      )}
    >
      {options.map((option) => (
        <Radix.Item
          key={option.value}
          value={option.value}
          className="inline-flex items-center gap-1.5 whitespace-nowrap rounded-sm px-2.5 font-medium text-muted text-xs transition-colors hover:text-ink data-[state=on]:bg-surface data-[state=on]:text-ink data-[state=on]:shadow-raised dark:data-[state=on]:bg-hover [&_svg]:size-3.5"
        >
          {option.label}
        </Radix.Item>
      ))}
    </Radix.Root>
  );
}
