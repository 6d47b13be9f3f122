// Owns the framed panel. Cards never nest; inside one, divide by lines.

import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

/** A panel on the canvas. */
export function Card({ className, ...props }: ComponentProps<"section">) {
  return <section className={cn("rounded-lg border border-line bg-surface", className)} {...props} />;
}

interface CardHeaderProps {
  title: ReactNode;
  description?: ReactNode;
  /** Buttons or links at the right. */
  actions?: ReactNode;
  className?: string;
}

/** Title row of a card. */
export function CardHeader({ title, description, actions, className }: CardHeaderProps) {
  return (
    <header
      className={cn(
        "flex flex-wrap justify-between gap-x-4 gap-y-2 px-4 pt-3.5 pb-3",
        description ? "items-start" : "items-center",
        className,
      )}
    >
      <div className="grid min-w-0 gap-0.5">
        <h2 className="font-semibold text-base text-ink">{title}</h2>
        {description && <p className="text-pretty text-muted text-sm">{description}</p>}
      </div>
      {actions && <div className={cn("flex items-center gap-2", !description && "-my-1")}>{actions}</div>}
    </header>
  );
}

/** The card's body with the standard inset. */
export function CardBody({ className, ...props }: ComponentProps<"div">) {
  return <div className={cn("px-4 pb-4", className)} {...props} />;
}

/** Actions or a note under a line. */
export function CardFooter({ className, ...props }: ComponentProps<"footer">) {
  return (
    <footer
      className={cn(
        "flex flex-wrap items-center justify-between gap-3 border-t px-4 py-3 text-muted text-sm",
        className,
      )}
      {...props}
    />
  );
}
