"use client";
// Owns the search field of a list: applies when Enter is pressed or after a pause, and can be reached by "/".

import { Search, X } from "lucide-react";
import { type Ref, useEffect, useEffectEvent, useState } from "react";
import { Input } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";

const PAUSE_MS = 400;

interface IdSearchProps {
  value: string;
  onChange: (value: string) => void;
  label: string;
  placeholder: string;
  ref?: Ref<HTMLInputElement>;
}

export function IdSearch({ value, onChange, label, placeholder, ref }: IdSearchProps) {
  const [text, setText] = useState(value);
  const [applied, setApplied] = useState(value);
  // The address can change without us (back, a chip removed): then the field follows it.
  if (applied !== value) {
    setApplied(value);
    setText(value);
  }
  const apply = useEffectEvent((typed: string) => onChange(typed));
  useEffect(() => {
    const typed = text.trim();
    if (typed === value) return;
    const timer = setTimeout(() => apply(typed), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, value]);
  return (
    <Input
      ref={ref}
      type="search"
      aria-label={label}
      placeholder={placeholder}
      value={text}
      mono={text !== ""}
      spellCheck={false}
      autoComplete="off"
      maxLength={128}
      leading={<Search />}
      trailing={
        text === "" ? (
          <Kbd className="max-lg:hidden" aria-hidden>
            /
          </Kbd>
        ) : (
          <button
            type="button"
            aria-label="Clear search"
            className="grid size-6 place-items-center rounded-sm hover:bg-hover"
            onClick={() => {
              setText("");
              onChange("");
            }}
          >
            <X className="size-3.5!" aria-hidden />
          </button>
        )
      }
      className="h-7 text-xs [&::-webkit-search-cancel-button]:hidden"
      onChange={(event) => setText(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter") onChange(text.trim());
        if (event.key === "Escape") event.currentTarget.blur();
      }}
    />
  );
}
