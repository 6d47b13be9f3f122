"use client";
// Owns the input of one place in the payload, with what is wrong with it.

import { X } from "lucide-react";
import { useId } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";

interface PathInputProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  problem: string | undefined;
  /** Id of a datalist with the fields of an example. */
  list?: string | undefined;
  placeholder?: string;
  /** Says how the value will be read. */
  trailing?: string | undefined;
  /** Takes it out of a list of several. */
  onRemove?: (() => void) | undefined;
}

export function PathInput({
  label,
  value,
  onChange,
  problem,
  list,
  placeholder = "$.customer.email",
  trailing,
  onRemove,
}: PathInputProps) {
  const id = useId();
  return (
    <div className="grid min-w-0 grid-cols-1 content-start gap-1">
      <Label htmlFor={id} className="font-normal text-subtle text-xs">
        {label}
      </Label>
      <div className="flex items-center gap-1">
        <div className="min-w-0 flex-1">
          <Input
            id={id}
            mono
            list={list}
            spellCheck={false}
            autoComplete="off"
            placeholder={placeholder}
            value={value}
            aria-invalid={problem !== undefined || undefined}
            aria-describedby={problem === undefined ? undefined : `${id}-error`}
            trailing={trailing && <span className="bg-surface px-1">{trailing}</span>}
            onChange={(event) => onChange(event.target.value)}
          />
        </div>
        {onRemove && (
          <IconButton size="sm" label={`Remove ${label.toLowerCase()}`} onClick={onRemove}>
            <X />
          </IconButton>
        )}
      </div>
      {problem !== undefined && (
        <p id={`${id}-error`} className="text-danger-ink text-xs">
          {problem}
        </p>
      )}
    </div>
  );
}
