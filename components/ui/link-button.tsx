// Owns links that look like buttons, so that navigation keeps middle-click, prefetch and its role.

import type { VariantProps } from "class-variance-authority";
import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { buttonVariants } from "./button";
import { cn } from "./cn";

interface LinkButtonProps extends ComponentProps<typeof Link>, VariantProps<typeof buttonVariants> {
  icon?: ReactNode;
}

/** A Next link with button looks. */
export function LinkButton({ className, variant, size, icon, children, ...props }: LinkButtonProps) {
  return (
    <Link className={cn(buttonVariants({ variant, size }), className)} {...props}>
      {icon}
      {children}
    </Link>
  );
}
