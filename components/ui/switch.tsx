"use client";
// Owns the on/off control that acts at once. For something saved with a form use Checkbox.

import { Switch as Radix } from "radix-ui";
import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "./cn";
import { useFieldControl } from "./field-context";

interface SwitchProps extends ComponentProps<typeof Radix.Root> {
  label?: ReactNode;
  description?: ReactNode;
}

/** A switch; with `label` it lays out label left, control right. */
export function Switch({ className, label, description, ...props }: SwitchProps) {
  const ownId = useId();
  const field = useFieldControl();
  const id = props.id ?? field.id ?? ownId;
  const control = (
    <Radix.Root
      {...field}
      {...props}
      id={id}
      aria-describedby={description ? `${id}-description` : field["aria-describedby"]}
      className={cn(
        "inline-flex h-4.5 w-8 shrink-0 items-center rounded-full border border-transparent bg-line-strong p-px transition-colors",
        "data-[state=checked]:bg-accent disabled:cursor-not-allowed disabled:opacity-50",
        className,
      )}
    >
      <Radix.Thumb className="block size-3.5 rounded-full bg-surface shadow-raised transition-transform data-[state=checked]:translate-x-3.5 dark:data-[state=checked]:bg-on-accent" />
    </Radix.Root>
  );
  if (!label) return control;
  return (
    <div className="flex items-start justify-between gap-4">
      <div className="grid gap-0.5">
        <label htmlFor={id} className="font-medium text-ink text-sm">
          {label}
        </label>
        {description && (
          <p id={`${id}-description`} className="text-subtle text-xs">
            {description}
          </p>
        )}
      </div>
      {control}
    </div>
  );
}
