"use client";
// Owns custom headers while they are written: checked by the same rules that save them. Values are secrets once saved.

import { type NameValueRow, NameValueRows } from "@/components/ui/name-value-rows";
import { checkCustomHeaders, MAX_CUSTOM_HEADERS } from "@/lib/domain/endpoint/header-policy";

export type HeaderRow = NameValueRow;

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
  return (
    <NameValueRows
      legend="Custom headers"
      noun="header"
      rows={rows}
      onChange={onChange}
      max={MAX_CUSTOM_HEADERS}
      namePlaceholder="Authorization"
      valuePlaceholder="Bearer …"
      problems={headerProblems(rows)}
      hint="Values are encrypted and never shown again."
    />
  );
}
