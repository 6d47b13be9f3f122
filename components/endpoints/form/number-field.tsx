"use client";
// Owns a whole or broken number with its unit and bounds: a value outside is said, never silently changed or sent.

import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

interface NumberFieldProps {
  label: string;
  unit?: string;
  hint?: string;
  value: number;
  min: number;
  max: number;
  step?: number;
  onChange: (value: number) => void;
}

/** Calls back with values within the bounds only. */
export function NumberField({ label, unit, hint, value, min, max, step = 1, onChange }: NumberFieldProps) {
  const [text, setText] = useState(String(value));
  const [applied, setApplied] = useState(value);
  // Another schedule was chosen, or the form was reset: the new number wins over what was typed.
  if (applied !== value) {
    setApplied(value);
    if (Number(text) !== value) setText(String(value));
  }
  const number = Number(text);
  const isValid =
    text.trim() !== "" && number >= min && number <= max && (step !== 1 || Number.isInteger(number));
  return (
    <Field
      label={label}
      hint={hint}
      error={
        isValid ? undefined : `Between ${min.toLocaleString("en-US")} and ${max.toLocaleString("en-US")}`
      }
    >
      <Input
        type="number"
        inputMode={step === 1 ? "numeric" : "decimal"}
        min={min}
        max={max}
        step={step}
        value={text}
        trailing={unit && <span className="px-1">{unit}</span>}
        onChange={(event) => {
          setText(event.target.value);
          const next = Number(event.target.value);
          if (event.target.value.trim() === "" || next < min || next > max) return;
          if (step === 1 && !Number.isInteger(next)) return;
          setApplied(next);
          onChange(next);
        }}
      />
    </Field>
  );
}
