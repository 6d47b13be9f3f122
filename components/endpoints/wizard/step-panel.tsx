// Owns the look of one step: its question, its answer, and the way on.

import { ArrowLeft } from "lucide-react";
import type { ReactNode } from "react";
import { LinkButton } from "@/components/ui/link-button";

interface StepPanelProps {
  title: string;
  /** One sentence that helps to answer. */
  description?: ReactNode;
  children: ReactNode;
  /** The step before; none on the first and after the endpoint exists. */
  backHref?: string;
  /** The main action, and what stands beside it. */
  next: ReactNode;
  onSubmit?: () => void;
  /** What helps but is not part of the answer; stands below the way on. */
  after?: ReactNode;
}

export function StepPanel({ title, description, children, backHref, next, onSubmit, after }: StepPanelProps) {
  return (
    <div className="grid grid-cols-1 gap-10">
      <form
        className="grid grid-cols-1 gap-6"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit?.();
        }}
      >
        <div className="grid gap-1">
          <h2 className="font-semibold text-ink text-lg">{title}</h2>
          {description && <p className="text-pretty text-muted text-sm">{description}</p>}
        </div>
        {children}
        <footer className="flex flex-wrap items-center gap-2 border-t pt-4">
          {next}
          {backHref && (
            <LinkButton variant="ghost" href={backHref} icon={<ArrowLeft />}>
              Back
            </LinkButton>
          )}
        </footer>
      </form>
      {after}
    </div>
  );
}
