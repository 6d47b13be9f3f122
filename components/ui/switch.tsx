"use client";
// Owns the on/off control that acts at once. For something saved with a form use Checkbox.

import { Switch as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { ChoiceLabel, useChoiceControl } from "./choice-label";
import { cn } from "./cn";

interface SwitchProps extends ComponentProps<typeof Radix.Root> {
  label?: ReactNode;
  description?: ReactNode;
}

/** A switch; with `label` it lays out label left, control right. */
export function Switch({ className, label, description, ...props }: SwitchProps) {
  const control = useChoiceControl(props.id, description);
  const knob = (
    <Radix.Root
      {...control}
      {...props}
      id={control.id}
      className={cn(
        "inline-flex h-4.5 w-8 shrink-0 items-center rounded-full border border-transparent bg-line-strong p-px transition-colors",
        "data-[state=checked]:bg-accent disabled:cursor-not-allowed disabled:opacity-50",
        className,
      )}
    >
      <Radix.Thumb className="block size-3.5 rounded-full bg-surface shadow-raised transition-transform data-[state=checked]:translate-x-3.5 dark:data-[state=checked]:bg-on-accent" />
    </Radix.Root>
  );
  if (!label) return knob;
  return (
    <div className="flex items-start justify-between gap-4">
      <ChoiceLabel id={control.id} label={label} description={description} className="font-medium" />
      {knob}
    </div>
  );
}
