"use client";
// Owns how long an attempt may take and how many may run at once.

import { NumberField } from "./number-field";

interface LimitsFieldsProps {
  timeoutMs: number;
  maxConcurrency: number;
  onChange: (change: { timeoutMs?: number; maxConcurrency?: number }) => void;
}

export function LimitsFields({ timeoutMs, maxConcurrency, onChange }: LimitsFieldsProps) {
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
      <NumberField
        label="Timeout"
        unit="s"
        min={1}
        max={30}
        value={timeoutMs / 1000}
        hint="For the whole attempt. Receivers do best to answer first and work afterwards."
        onChange={(seconds) => onChange({ timeoutMs: seconds * 1000 })}
      />
      <NumberField
        label="Concurrency"
        min={1}
        max={100}
        value={maxConcurrency}
        hint="At most this many attempts at the same time."
        onChange={(next) => onChange({ maxConcurrency: next })}
      />
    </div>
  );
}
