"use client";
// Owns the list box with rich options. For long plain lists on phones prefer NativeSelect.

import { Check, ChevronDown } from "lucide-react";
import { Select as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { controlStyles } from "./control-styles";
import { useFieldControl } from "./field-context";
import { menuItemStyles, overlayStyles } from "./overlay-styles";

interface SelectProps extends ComponentProps<typeof Radix.Root> {
  /** `SelectItem`s, optionally in `SelectGroup`s. */
  children: ReactNode;
  placeholder?: string;
  className?: string;
  /** Name for screen readers when there is no Field around it. */
  "aria-label"?: string;
  id?: string;
}

/** A select whose options may hold more than text. */
export function Select({
  children,
  placeholder,
  className,
  id,
  "aria-label": ariaLabel,
  ...props
}: SelectProps) {
  const field = useFieldControl();
  return (
    <Radix.Root {...props}>
      <Radix.Trigger
        {...field}
        {...(id ? { id } : {})}
        aria-label={ariaLabel}
        className={cn(
          controlStyles,
          "flex h-8 items-center justify-between gap-2 text-left data-placeholder:text-subtle pointer-coarse:h-10 [&>span]:truncate",
          className,
        )}
      >
        <Radix.Value placeholder={placeholder} />
        <Radix.Icon asChild>
          <ChevronDown className="size-4 shrink-0 text-subtle" />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className={cn(
            overlayStyles,
            "max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) overflow-y-auto p-1",
          )}
        >
          <Radix.Viewport>{children}</Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface SelectItemProps extends ComponentProps<typeof Radix.Item> {
  /** A second line, not part of what the closed select shows. */
  description?: ReactNode;
}

/** One option. */
export function SelectItem({ className, children, description, ...props }: SelectItemProps) {
  return (
    <Radix.Item className={cn(menuItemStyles, "items-start pr-8", className)} {...props}>
      <span className="grid">
        <Radix.ItemText>{children}</Radix.ItemText>
        {description && <span className="text-subtle text-xs">{description}</span>}
      </span>
      <Radix.ItemIndicator className="absolute right-2">
        <Check className="size-4 text-accent-ink" />
      </Radix.ItemIndicator>
    </Radix.Item>
  );
}

/** Options under a heading. */
export function SelectGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Radix.Group>
      <Radix.Label className="px-2 pt-2 pb-1 font-medium text-2xs text-subtle">{label}</Radix.Label>
      {children}
    </Radix.Group>
  );
}
