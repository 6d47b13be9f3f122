// Owns what checkboxes, switches and radios share: an id that ties the control to its words, and the words.

import { type ReactNode, useId } from "react";
import { cn } from "./cn";
import { useFieldControl } from "./field-context";

/** What ties a control to its label, its description and the field around it. */
export function useChoiceControl(givenId: string | undefined, description: ReactNode) {
  const ownId = useId();
  const field = useFieldControl();
  const id = givenId ?? field.id ?? ownId;
  return { ...field, id, "aria-describedby": description ? `${id}-description` : field["aria-describedby"] };
}

interface ChoiceLabelProps {
  /** The control's. */
  id: string;
  label: ReactNode;
  description?: ReactNode;
  className?: string;
}

/** The words beside a control. */
export function ChoiceLabel({ id, label, description, className }: ChoiceLabelProps) {
  return (
    <div className="grid gap-0.5">
      <label htmlFor={id} className={cn("text-ink text-sm", className)}>
        {label}
      </label>
      {description && (
        <p id={`${id}-description`} className="text-subtle text-xs">
          {description}
        </p>
      )}
    </div>
  );
}
