"use client";
// Owns one-of-few choices: plain radios and cards. Arrow keys move between options (radix).

import { RadioGroup as Radix } from "radix-ui";
import { type ComponentProps, type ReactNode, useId } from "react";
import { ChoiceLabel } from "./choice-label";
import { cn } from "./cn";
import { useFieldControl } from "./field-context";

/** The group; inside a Field it is described by it, else give `aria-label`. */
export function RadioGroup({ className, ...props }: ComponentProps<typeof Radix.Root>) {
  const field = useFieldControl();
  return <Radix.Root {...field} className={cn("grid content-start gap-2", className)} {...props} />;
}

interface RadioItemProps extends Omit<ComponentProps<typeof Radix.Item>, "children"> {
  label: ReactNode;
  description?: ReactNode;
}

const dotStyles =
  "grid size-4 shrink-0 place-items-center rounded-full border border-line-strong bg-surface transition-colors hover:border-accent data-[state=checked]:border-accent disabled:opacity-50";

function Dot() {
  return <Radix.Indicator className="size-2 rounded-full bg-accent" />;
}

/** A plain radio with its label. */
export function RadioItem({ label, description, className, ...props }: RadioItemProps) {
  const id = useId();
  return (
    <div className={cn("flex gap-2.5", className)}>
      <Radix.Item
        id={id}
        aria-describedby={description ? `${id}-description` : undefined}
        className={cn(dotStyles, "mt-0.5")}
        {...props}
      >
        <Dot />
      </Radix.Item>
      <ChoiceLabel id={id} label={label} description={description} />
    </div>
  );
}

interface RadioCardProps extends RadioItemProps {
  /** An icon at the left, or a badge at the right edge. */
  icon?: ReactNode;
  badge?: ReactNode;
}

/** A radio whose whole card is the target; for choices that need a sentence each. */
export function RadioCard({ label, description, icon, badge, className, ...props }: RadioCardProps) {
  const id = useId();
  return (
    <Radix.Item
      aria-labelledby={`${id}-label`}
      aria-describedby={description ? `${id}-description` : undefined}
      className={cn(
        "group flex items-start gap-3 rounded-lg border border-line bg-surface p-3 text-left transition-colors hover:border-line-strong",
        "data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft/60 data-[state=checked]:ring-1 data-[state=checked]:ring-accent disabled:opacity-50",
        className,
      )}
      {...props}
    >
      <span
        className="mt-0.5 grid size-4 shrink-0 place-items-center rounded-full border border-line-strong bg-surface group-data-[state=checked]:border-accent"
        aria-hidden
      >
        <Dot />
      </span>
      {icon && <span className="mt-0.5 text-muted [&_svg]:size-4">{icon}</span>}
      <span className="grid min-w-0 flex-1 gap-0.5">
        <span id={`${id}-label`} className="font-medium text-ink text-sm">
          {label}
        </span>
        {description && (
          <span id={`${id}-description`} className="text-muted text-xs">
            {description}
          </span>
        )}
      </span>
      {badge}
    </Radix.Item>
  );
}
