"use client";
// Owns the yes/no/mixed box, alone or with its label and description.

import { Check, Minus } from "lucide-react";
import { Checkbox as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { ChoiceLabel, useChoiceControl } from "./choice-label";
import { cn } from "./cn";

interface CheckboxProps extends ComponentProps<typeof Radix.Root> {
  /** Visible label; without it give `aria-label`. */
  label?: ReactNode;
  description?: ReactNode;
}

/** A checkbox; `checked="indeterminate"` for "some of them". */
export function Checkbox({ className, label, description, ...props }: CheckboxProps) {
  const control = useChoiceControl(props.id, description);
  const box = (
    <Radix.Root
      {...control}
      {...props}
      id={control.id}
      className={cn(
        "group grid size-4 shrink-0 place-items-center rounded-xs border border-line-strong bg-surface text-on-accent transition-colors",
        "hover:border-accent data-[state=checked]:border-accent data-[state=indeterminate]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:bg-accent",
        "disabled:cursor-not-allowed disabled:opacity-50 aria-invalid:border-danger",
        label ? "mt-0.5" : "",
        className,
      )}
    >
      <Radix.Indicator>
        <Minus className="hidden size-3 group-data-[state=indeterminate]:block" strokeWidth={3} />
        <Check className="size-3 group-data-[state=indeterminate]:hidden" strokeWidth={3} />
      </Radix.Indicator>
    </Radix.Root>
  );
  if (!label) return box;
  return (
    <div className="flex gap-2.5">
      {box}
      <ChoiceLabel id={control.id} label={label} description={description} />
    </div>
  );
}
