"use client";
// Owns the typed expression and its problems: each with the part of the text that it is about.

import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { MAX_FILTER_LENGTH } from "@/lib/domain/filter/limits";
import type { FilterProblem } from "@/lib/domain/filter/problems";

/** Characters shown at either side of what is wrong. */
const AROUND = 24;

interface ExpressionFieldProps {
  text: string;
  problems: readonly FilterProblem[];
  onChange: (text: string) => void;
}

function Place({ text, position, end }: { text: string; position: number; end: number }) {
  const from = Math.max(0, position - AROUND);
  const wrong = text.slice(position, end);
  return (
    <code className="block overflow-x-auto whitespace-pre font-mono text-muted text-xs">
      {from > 0 && "…"}
      {text.slice(from, position)}
      <mark className="rounded-xs bg-danger-soft text-danger-ink underline decoration-wavy underline-offset-4">
        {wrong === "" ? " " : wrong}
      </mark>
      {text.slice(end, end + AROUND)}
      {end + AROUND < text.length && "…"}
    </code>
  );
}

export function ExpressionField({ text, problems, onChange }: ExpressionFieldProps) {
  return (
    <div className="grid grid-cols-1 gap-2">
      <Field
        label="Expression"
        hint={
          <>
            CEL over <code className="font-mono">event</code>: id, type, subject, tenant, time, attributes,
            data. Thresholds: <code className="font-mono">crosses(before, now, 700)</code>. Empty takes every
            event.
          </>
        }
      >
        <Textarea
          mono
          rows={3}
          spellCheck={false}
          autoComplete="off"
          maxLength={MAX_FILTER_LENGTH}
          placeholder='event.data.amount > 100 && event.data.currency == "EUR"'
          value={text}
          onChange={(event) => onChange(event.target.value)}
        />
      </Field>
      <ul aria-live="polite" aria-label="Problems of the expression" className="grid gap-2">
        {problems.map((problem) => (
          <li key={`${problem.position} ${problem.message}`} className="grid gap-0.5">
            <span className="text-danger-ink text-xs">
              {problem.message} <span className="text-subtle">(character {problem.position + 1})</span>
            </span>
            <Place text={text} position={problem.position} end={problem.end} />
          </li>
        ))}
      </ul>
    </div>
  );
}
