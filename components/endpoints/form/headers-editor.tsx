"use client";
// Owns custom headers while they are written: checked by the same rules that save them. Values are secrets once saved.

import { Plus, Trash2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { checkCustomHeaders, MAX_CUSTOM_HEADERS } from "@/lib/domain/endpoint/header-policy";

export type HeaderRow = { id: number; name: string; value: string };

interface HeadersEditorProps {
  rows: readonly HeaderRow[];
  onChange: (rows: HeaderRow[]) => void;
}

/** What is wrong with the rows as they stand, in words; empty when they can be saved. */
export function headerProblems(rows: readonly HeaderRow[]): string[] {
  const filled = rows.filter((row) => row.name !== "" || row.value !== "");
  const problems: string[] = [];
  const names = new Set<string>();
  for (const row of filled) {
    if (names.has(row.name.toLowerCase())) problems.push(`${row.name}: the name occurs twice.`);
    names.add(row.name.toLowerCase());
  }
  const verdict = checkCustomHeaders(Object.fromEntries(filled.map((row) => [row.name, row.value])));
  if (verdict.outcome === "refused") {
    for (const error of verdict.errors)
      problems.push(`${error.path.replace(/^headers\.?/, "")}: ${error.message}`);
  }
  return problems;
}

export function HeadersEditor({ rows, onChange }: HeadersEditorProps) {
  const problems = headerProblems(rows);
  const change = (index: number, part: Partial<HeaderRow>) =>
    onChange(rows.map((row, at) => (at === index ? { ...row, ...part } : row)));
  return (
    <fieldset className="grid grid-cols-1 gap-2">
      <legend className="mb-1.5 font-medium text-ink text-sm">
        Custom headers <span className="ml-1.5 font-normal text-subtle text-xs">optional</span>
      </legend>
      {rows.map((row, index) => (
        <div key={row.id} className="flex items-start gap-2">
          <div className="w-2/5 min-w-0">
            <Input
              mono
              aria-label={`Name of header ${index + 1}`}
              placeholder="Authorization"
              spellCheck={false}
              value={row.name}
              onChange={(event) => change(index, { name: event.target.value })}
            />
          </div>
          <div className="min-w-0 flex-1">
            <Input
              mono
              aria-label={`Value of header ${index + 1}`}
              placeholder="Bearer …"
              autoComplete="off"
              spellCheck={false}
              value={row.value}
              onChange={(event) => change(index, { value: event.target.value })}
            />
          </div>
          <IconButton
            label={`Remove header ${row.name || index + 1}`}
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
          disabled={rows.length >= MAX_CUSTOM_HEADERS}
          onClick={() =>
            onChange([...rows, { id: 1 + Math.max(0, ...rows.map((row) => row.id)), name: "", value: "" }])
          }
        >
          Add header
        </Button>
        <span className="text-subtle text-xs">Values are encrypted and never shown again.</span>
      </div>
    </fieldset>
  );
}
