"use client";
// Owns the row of filters that are on: each says what it does and can be taken off by itself.

import { X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { visibleText } from "@/lib/client/visible-text";

export type FilterChip = {
  id: string;
  name: string;
  /** May be anybody's text. */
  value: string;
  isMono?: boolean;
  onRemove: () => void;
};

interface FilterChipsProps {
  chips: readonly FilterChip[];
  onClear: () => void;
}

export function FilterChips({ chips, onClear }: FilterChipsProps) {
  if (chips.length === 0) return null;
  return (
    <ul aria-label="Active filters" className="flex flex-wrap items-center gap-1.5">
      {chips.map(({ id, name, value, isMono, onRemove }) => (
        <li
          key={id}
          className="inline-flex h-6 max-w-full items-center gap-1 rounded-sm bg-accent-soft pl-2 text-accent-ink text-xs pointer-coarse:h-9"
        >
          <span className="shrink-0 opacity-80">{name}</span>
          <span className={isMono ? "truncate font-mono text-2xs" : "truncate font-medium"}>
            {visibleText(value)}
          </span>
          <button
            type="button"
            aria-label={`Remove filter ${name} ${visibleText(value)}`}
            onClick={onRemove}
            className="grid size-6 shrink-0 place-items-center rounded-sm hover:bg-accent/15 pointer-coarse:size-9"
          >
            <X className="size-3" aria-hidden />
          </button>
        </li>
      ))}
      {chips.length > 1 && (
        <li>
          <Button size="sm" variant="ghost" onClick={onClear} className="h-6">
            Clear all
          </Button>
        </li>
      )}
    </ul>
  );
}
