// Owns the steps of a wizard as links: done and current ones can be opened, later ones cannot yet.

import { Check } from "lucide-react";
import Link from "next/link";
import { cn } from "./cn";
import { VisuallyHidden } from "./visually-hidden";

interface Step {
  label: string;
  /** Null while the steps before it are not valid. */
  href: string | null;
  state: "done" | "current" | "upcoming";
}

interface StepperProps {
  label: string;
  steps: Step[];
  className?: string;
}

/** A rail of steps: vertical from `lg` up, a line of marks with the current name below that. */
export function Stepper({ label, steps, className }: StepperProps) {
  return (
    <nav aria-label={label} className={className}>
      <ol className="flex items-center gap-1 lg:grid lg:gap-0">
        {steps.map((step, index) => {
          const content = (
            <>
              <span
                className={cn(
                  "grid size-5 shrink-0 place-items-center rounded-full border font-semibold text-2xs",
                  step.state === "done" && "border-accent bg-accent text-on-accent",
                  step.state === "current" && "border-accent text-accent-ink ring-3 ring-accent-soft",
                  step.state === "upcoming" && "border-line-strong text-subtle",
                )}
              >
                {step.state === "done" ? <Check className="size-3" strokeWidth={3} aria-hidden /> : index + 1}
              </span>
              <span
                className={cn(
                  "truncate text-sm",
                  step.state === "current" ? "font-semibold text-ink" : "max-lg:sr-only",
                  step.state === "done" && "text-muted",
                  step.state === "upcoming" && "text-subtle",
                )}
              >
                {step.label}
                {step.state === "done" && <VisuallyHidden> (done)</VisuallyHidden>}
              </span>
            </>
          );
          const styles = "flex h-8 min-w-0 items-center gap-2.5 rounded-md px-1.5";
          return (
            <li key={step.label} className={cn("min-w-0", step.state === "current" && "max-lg:flex-1")}>
              {step.href ? (
                <Link
                  href={step.href}
                  aria-current={step.state === "current" ? "step" : undefined}
                  className={cn(styles, "hover:bg-hover")}
                >
                  {content}
                </Link>
              ) : (
                <span className={styles} aria-disabled>
                  {content}
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
