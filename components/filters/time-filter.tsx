"use client";
// Owns the time filter of lists: presets that move with the clock, or a fixed range in the viewer's own zone.

import { ChevronDown } from "lucide-react";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import {
  describeRange,
  fromLocalInput,
  TIME_RANGE_LABELS,
  TIME_RANGES,
  type TimeFilter,
  toLocalInput,
} from "@/lib/client/search-params/time-range";
import type { FilterChip } from "./filter-chips";

interface TimeFilterMenuProps {
  value: TimeFilter;
  onChange: (value: TimeFilter) => void;
}

const NONE: TimeFilter = { range: null, from: null, to: null };

const isOn = ({ range, from, to }: TimeFilter) => range !== null || from !== null || to !== null;

/** The chip of a time filter that is on. */
export function timeChips(value: TimeFilter, onChange: (value: TimeFilter) => void): FilterChip[] {
  if (!isOn(value)) return [];
  return [{ id: "time", name: "Time", value: describeRange(value), onRemove: () => onChange(NONE) }];
}

export function TimeFilterMenu({ value, onChange }: TimeFilterMenuProps) {
  const [isOpen, setOpen] = useState(false);
  const isActive = isOn(value);
  const apply = (next: TimeFilter) => {
    onChange(next);
    setOpen(false);
  };
  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button size="sm" className={cn(isActive && "border-accent/60 text-accent-ink")}>
          Time
          <ChevronDown className="size-3.5! text-subtle" />
        </Button>
      </PopoverTrigger>
      <PopoverContent className="w-80" aria-label="Filter by time">
        <div className="grid gap-3">
          <div className="flex flex-wrap gap-1.5">
            {TIME_RANGES.map((range) => (
              <Button
                key={range}
                size="sm"
                aria-pressed={value.range === range}
                className={cn(value.range === range && "border-accent/60 bg-accent-soft text-accent-ink")}
                onClick={() => apply({ ...NONE, range: value.range === range ? null : range })}
              >
                {TIME_RANGE_LABELS[range]}
              </Button>
            ))}
          </div>
          <CustomRange value={value} onApply={(from, to) => apply({ range: null, from, to })} />
          {isActive && (
            <Button size="sm" variant="ghost" onClick={() => apply(NONE)}>
              Clear time
            </Button>
          )}
        </div>
      </PopoverContent>
    </Popover>
  );
}

function CustomRange({
  value,
  onApply,
}: {
  value: TimeFilter;
  onApply: (from: string | null, to: string | null) => void;
}) {
  const id = useId();
  const [from, setFrom] = useState(() => toLocalInput(value.from));
  const [to, setTo] = useState(() => toLocalInput(value.to));
  const isReversed = from !== "" && to !== "" && from > to;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <form
      className="grid gap-2 border-t pt-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isReversed) onApply(fromLocalInput(from), fromLocalInput(to));
      }}
    >
      <div className="grid grid-cols-[3rem_minmax(0,1fr)] items-center gap-2">
        <Label htmlFor={`${id}-from`}>From</Label>
        <Input
          id={`${id}-from`}
          type="datetime-local"
          value={from}
          onChange={(event) => setFrom(event.target.value)}
        />
        <Label htmlFor={`${id}-to`}>To</Label>
        <Input
          id={`${id}-to`}
          type="datetime-local"
          value={to}
          onChange={(event) => setTo(event.target.value)}
        />
      </div>
      {isReversed && (
        <p role="alert" className="text-danger-ink text-xs">
          The range ends before it begins.
        </p>
      )}
      <div className="flex items-center justify-between gap-2">
        <span className="min-w-0 truncate text-subtle text-xs">Your time zone: {zone}</span>
        <Button type="submit" size="sm" variant="primary" disabled={isReversed || (from === "" && to === "")}>
          Apply
        </Button>
      </div>
    </form>
  );
}
