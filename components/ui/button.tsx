// Owns the press: variants, sizes, loading. For navigation use LinkButton, so that links stay links.

import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { Spinner } from "./spinner";

export const buttonVariants = cva(
  [
    "relative inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md font-medium",
    "transition-colors disabled:pointer-events-none disabled:opacity-50 aria-disabled:pointer-events-none aria-disabled:opacity-50",
    "[&_svg]:pointer-events-none [&_svg]:shrink-0 [&_svg:not([class*=size-])]:size-4",
  ],
  {
    variants: {
      variant: {
        primary: "bg-accent text-on-accent hover:bg-accent-hover",
        secondary:
          "border border-line bg-surface text-ink shadow-raised hover:bg-hover active:bg-sunken data-[state=open]:bg-hover",
        ghost:
          "text-muted hover:bg-hover hover:text-ink data-[state=open]:bg-hover data-[state=open]:text-ink",
        destructive: "bg-destructive text-on-destructive hover:bg-destructive-hover",
        "destructive-ghost": "text-danger-ink hover:bg-danger-soft",
        link: "h-auto rounded-xs px-0 text-accent-ink underline-offset-4 hover:underline",
      },
      size: {
        sm: "h-7 px-2.5 text-xs pointer-coarse:h-9",
        md: "h-8 px-3 text-sm pointer-coarse:h-10",
        lg: "h-10 px-4 text-base pointer-coarse:h-11",
      },
    },
    compoundVariants: [{ variant: "link", className: "h-auto px-0 pointer-coarse:h-auto" }],
    defaultVariants: { variant: "secondary", size: "md" },
  },
);

export interface ButtonProps extends ComponentProps<"button">, VariantProps<typeof buttonVariants> {
  /** Shows a spinner over the label (the width stays), blocks presses, and says so to screen readers. */
  loading?: boolean;
  /** An icon element before the label, such as `<Plus />`. */
  icon?: ReactNode;
}

/** A press that does something. Defaults to `type="button"`, so it never submits a form by accident. */
export function Button({
  className,
  variant,
  size,
  loading = false,
  disabled,
  icon,
  children,
  type = "button",
  ...props
}: ButtonProps) {
  return (
    <button
      type={type}
      className={cn(buttonVariants({ variant, size }), className)}
      disabled={disabled || loading}
      aria-busy={loading || undefined}
      {...props}
    >
      {loading && (
        <span className="absolute inset-0 grid place-items-center">
          <Spinner className="size-4" />
        </span>
      )}
      {/* Opacity, not visibility: the label stays the button's name while it works. */}
      <span className={cn("inline-flex min-w-0 items-center gap-1.5", loading && "opacity-0")}>
        {icon}
        {children}
      </span>
    </button>
  );
}
