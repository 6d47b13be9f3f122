"use client";
// Owns the stages at which people are warned before an endpoint is disabled, typed as percents with commas between.

import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { readWarnAt, warnAtText } from "@/lib/client/endpoints/warn-at";
import { autoDisableSchema } from "@/lib/domain/profile/definition-shape";

interface WarnAtFieldProps {
  value: readonly number[];
  onChange: (percents: number[]) => void;
}

/** Calls back with what was typed, also when it cannot be saved: the form's own check says so then. */
export function WarnAtField({ value, onChange }: WarnAtFieldProps) {
  const [text, setText] = useState(() => warnAtText(value));
  const [applied, setApplied] = useState(value);
  // Another rule was chosen, or the form was reset: the new stages win over what was typed.
  if (warnAtText(applied) !== warnAtText(value)) {
    setApplied(value);
    setText(warnAtText(value));
  }
  const isValid = autoDisableSchema.shape.warn_at_percent.safeParse(readWarnAt(text)).success;
  return (
    <Field
      label="Warn at"
      hint="Percent of that time. Empty: nobody is warned before."
      error={isValid ? undefined : "At most 5 rising whole numbers between 1 and 99, such as 50, 70, 90"}
    >
      <Input
        inputMode="text"
        autoComplete="off"
        value={text}
        trailing={<span className="px-1">%</span>}
        onChange={(event) => {
          const next = readWarnAt(event.target.value);
          setText(event.target.value);
          setApplied(next);
          onChange(next);
        }}
      />
    </Field>
  );
}
