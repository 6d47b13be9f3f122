// Owns buttons that show only an icon: the label is required, and is both spoken and shown as a tooltip.

import type { ReactNode } from "react";
import { Button, type ButtonProps } from "./button";
import { cn } from "./cn";
import { Tooltip } from "./tooltip";

const SQUARE = {
  sm: "size-7 pointer-coarse:size-9",
  md: "size-8 pointer-coarse:size-10",
  lg: "size-10 pointer-coarse:size-11",
};

interface IconButtonProps extends Omit<ButtonProps, "children" | "aria-label" | "icon"> {
  /** What pressing does, in words. */
  label: string;
  /** The icon element. */
  children: ReactNode;
  /** Leave the tooltip out where the label is visible anyway. */
  tooltip?: boolean;
}

/** A square button with one icon. */
export function IconButton({
  label,
  children,
  className,
  size,
  variant = "ghost",
  tooltip = true,
  ...props
}: IconButtonProps) {
  const button = (
    <Button
      aria-label={label}
      variant={variant}
      size={size}
      className={cn("px-0", SQUARE[size ?? "md"], className)}
      {...props}
    >
      {children}
    </Button>
  );
  return tooltip ? <Tooltip content={label}>{button}</Tooltip> : button;
}
