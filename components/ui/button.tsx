// Owns the press: variants, sizes, loading. For navigation use LinkButton, so that links stay links.

import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { Spinner } from "./spinner";

export const buttonVariants = cva(
  [
    "relative inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md font-medium",
    "transition-colors disabled:pointer-events-none disabled:opacity-50",
    // A button that is off only by aria-disabled keeps its pointer, so that a tooltip can say why; a link must not.
    "aria-disabled:cursor-not-allowed aria-disabled:opacity-50 [a&]:aria-disabled:pointer-events-none",
    "[&_svg]:pointer-events-none [&_svg]:shrink-0 [&_svg:not([class*=size-])]:size-4",
  ],
  {
    variants: {
      variant: {
        primary: "bg-accent text-on-accent not-aria-disabled:hover:bg-accent-hover",
        secondary:
          "border border-line bg-surface text-ink shadow-raised not-aria-disabled:hover:bg-hover not-aria-disabled:active:bg-sunken data-[state=open]:bg-hover",
        ghost:
          "text-muted not-aria-disabled:hover:bg-hover not-aria-disabled:hover:text-ink data-[state=open]:bg-hover data-[state=open]:text-ink",
        destructive: "bg-destructive text-on-destructive not-aria-disabled:hover:bg-destructive-hover",
        "destructive-ghost": "text-danger-ink not-aria-disabled:hover:bg-danger-soft",
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

/**
 * A press that does something. Defaults to `type="button"`, so it never submits a form by accident. With `aria-disabled`
 * it can be reached and asked why, but does nothing.
 */
export function Button({
  className,
  variant,
  size,
  loading = false,
  disabled,
  icon,
  children,
  type = "button",
  onClick,
  ...props
}: ButtonProps) {
  const isOff = props["aria-disabled"] === true || props["aria-disabled"] === "true";
  return (
    <button
      type={type}
      className={cn(buttonVariants({ variant, size }), className)}
      disabled={disabled || loading}
      aria-busy={loading || undefined}
      {...props}
      onClick={isOff ? (event) => event.preventDefault() : onClick}
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
