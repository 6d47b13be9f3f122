"use client";
// Owns label + control + hint + error, wired by id and aria-describedby. Any control of this folder placed
// inside picks the wiring up by itself.

import { CircleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";
import { cn } from "./cn";
import { FieldContext } from "./field-context";
import { Label } from "./label";

interface FieldProps {
  label: ReactNode;
  children: ReactNode;
  /** Always visible help below the control. */
  hint?: ReactNode;
  /** What is wrong and how to put it right; shown instead of nothing, announced at once. */
  error?: ReactNode;
  required?: boolean;
  /** Says "optional" beside the label; use it where most fields are required. */
  optional?: boolean;
  /** Keeps the label for screen readers only (search boxes). */
  labelHidden?: boolean;
  /** Something at the right of the label, such as a link to docs. */
  aside?: ReactNode;
  className?: string;
}

/** One form field with one control inside. */
export function Field({
  label,
  children,
  hint,
  error,
  required,
  optional,
  labelHidden,
  aside,
  className,
}: FieldProps) {
  const id = useId();
  const describedBy = [error ? `${id}-error` : "", hint ? `${id}-hint` : ""].filter(Boolean).join(" ");
  return (
    <FieldContext
      value={{
        id,
        "aria-describedby": describedBy || undefined,
        "aria-invalid": error ? true : undefined,
        "aria-required": required ? true : undefined,
      }}
    >
      <div className={cn("grid grid-cols-1 content-start gap-1.5", className)}>
        <div className={cn("flex items-baseline justify-between gap-3", labelHidden && "sr-only")}>
          <Label htmlFor={id}>
            {label}
            {optional && <span className="ml-1.5 font-normal text-subtle text-xs">optional</span>}
          </Label>
          {aside && <span className="text-subtle text-xs">{aside}</span>}
        </div>
        {children}
        {error && (
          <p id={`${id}-error`} role="alert" className="flex gap-1.5 text-danger-ink text-xs">
            <CircleAlert className="mt-0.5 size-3.5 shrink-0" aria-hidden />
            {/* The server's sentences begin small, because they stand after a path elsewhere. */}
            <span className="inline-block first-letter:uppercase">{error}</span>
          </p>
        )}
        {hint && (
          <p id={`${id}-hint`} className="text-pretty text-subtle text-xs">
            {hint}
          </p>
        )}
      </div>
    </FieldContext>
  );
}
