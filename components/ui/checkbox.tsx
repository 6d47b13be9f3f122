"use client";
// Owns the yes/no/mixed box, alone or with its label and description.

import { Check, Minus } from "lucide-react";
import { Checkbox as Radix } from "radix-ui";
import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "./cn";
import { useFieldControl } from "./field-context";

interface CheckboxProps extends ComponentProps<typeof Radix.Root> {
  /** Visible label; without it give `aria-label`. */
  label?: ReactNode;
  description?: ReactNode;
}

/** A checkbox; `checked="indeterminate"` for "some of them". */
export function Checkbox({ className, label, description, ...props }: CheckboxProps) {
  const ownId = useId();
  const field = useFieldControl();
  const id = props.id ?? field.id ?? ownId;
  const box = (
    <Radix.Root
      {...field}
      {...props}
      id={id}
      aria-describedby={description ? `${id}-description` : field["aria-describedby"]}
      className={cn(
        "group peer grid size-4 shrink-0 place-items-center rounded-xs border border-line-strong bg-surface text-on-accent transition-colors",
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
      <div className="grid gap-0.5">
        <label htmlFor={id} className="text-ink text-sm peer-disabled:text-subtle">
          {label}
        </label>
        {description && (
          <p id={`${id}-description`} className="text-subtle text-xs">
            {description}
          </p>
        )}
      </div>
    </div>
  );
}
