"use client";
// Owns pairs of a name and a value while they are written, such as headers: one row each, to add and to remove.

import { Plus, Trash2 } from "lucide-react";
import { Button } from "./button";
import { IconButton } from "./icon-button";
import { Input } from "./input";

export type NameValueRow = { id: number; name: string; value: string };

interface NameValueRowsProps {
  legend: string;
  /** What one row is called, such as "header". */
  noun: string;
  rows: readonly NameValueRow[];
  onChange: (rows: NameValueRow[]) => void;
  /** Most rows. */
  max: number;
  namePlaceholder: string;
  valuePlaceholder: string;
  /** What is wrong with them, in words. */
  problems: readonly string[];
  hint: string;
}

/** A group of rows with a button for one more; a new row gets an id that none has. */
export function NameValueRows({
  legend,
  noun,
  rows,
  onChange,
  max,
  problems,
  hint,
  ...texts
}: NameValueRowsProps) {
  const change = (index: number, part: Partial<NameValueRow>) =>
    onChange(rows.map((row, at) => (at === index ? { ...row, ...part } : row)));
  return (
    <fieldset className="grid grid-cols-1 gap-2">
      <legend className="mb-1.5 font-medium text-ink text-sm">
        {legend} <span className="ml-1.5 font-normal text-subtle text-xs">optional</span>
      </legend>
      {rows.map((row, index) => (
        <div key={row.id} className="flex items-start gap-2">
          <div className="w-2/5 min-w-0">
            <Input
              mono
              aria-label={`Name of ${noun} ${index + 1}`}
              placeholder={texts.namePlaceholder}
              spellCheck={false}
              value={row.name}
              onChange={(event) => change(index, { name: event.target.value })}
            />
          </div>
          <div className="min-w-0 flex-1">
            <Input
              mono
              aria-label={`Value of ${noun} ${index + 1}`}
              placeholder={texts.valuePlaceholder}
              autoComplete="off"
              spellCheck={false}
              value={row.value}
              onChange={(event) => change(index, { value: event.target.value })}
            />
          </div>
          <IconButton
            label={`Remove ${noun} ${row.name || index + 1}`}
            onClick={() => onChange(rows.filter((_, at) => at !== index))}
          >
            <Trash2 />
          </IconButton>
        </div>
      ))}
      {problems.length > 0 && (
        <ul aria-live="polite" className="grid gap-0.5 text-danger-ink text-xs">
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Button
          size="sm"
          icon={<Plus />}
          disabled={rows.length >= max}
          onClick={() =>
            onChange([...rows, { id: 1 + Math.max(0, ...rows.map(({ id }) => id)), name: "", value: "" }])
          }
        >
          Add {noun}
        </Button>
        <span className="text-subtle text-xs">{hint}</span>
      </div>
    </fieldset>
  );
}
