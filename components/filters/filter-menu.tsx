"use client";
// Owns one filter of a list: a button that opens its choices, with search and, where it makes sense, a value of one's own.

import { Command as Cmdk } from "cmdk";
import { Check, ChevronDown } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { menuItemStyles } from "@/components/ui/overlay-styles";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";

export type FilterOption = {
  value: string;
  label: ReactNode /** What search looks at besides the value. */;
  keywords?: string[];
};
export type FilterOptionGroup = { heading?: string; options: readonly FilterOption[] };

interface FilterMenuProps {
  /** The filter's name: "State". */
  label: string;
  groups: readonly FilterOptionGroup[];
  selected: readonly string[];
  /** Called with the new choice; one value at most unless `multiple`. */
  onSelect: (values: string[]) => void;
  multiple?: boolean;
  /** Placeholder of the search field; without it there is none. */
  search?: string;
  /** Lets a person take what was typed; says whether it is a possible value, and how it is worded. */
  custom?: { isValid: (text: string) => boolean; label: (text: string) => string };
  /** Shown when there are no options at all. */
  empty?: string;
}

export function FilterMenu(props: FilterMenuProps) {
  const [isOpen, setOpen] = useState(false);
  const { label, selected } = props;
  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button size="sm" className={cn(selected.length > 0 && "border-accent/60 text-accent-ink")}>
          {label}
          {selected.length > 1 && <span className="tabular text-2xs">{selected.length}</span>}
          <ChevronDown className="size-3.5! text-subtle" />
        </Button>
      </PopoverTrigger>
      <PopoverContent className="w-72 p-0" aria-label={`Filter by ${label.toLowerCase()}`}>
        <Choices {...props} onDone={() => setOpen(false)} />
      </PopoverContent>
    </Popover>
  );
}

function Choices({
  label,
  groups,
  selected,
  onSelect,
  multiple,
  search,
  custom,
  empty,
  onDone,
}: FilterMenuProps & { onDone: () => void }) {
  const [text, setText] = useState("");
  const typed = text.trim();
  const isKnown = groups.some((group) => group.options.some((option) => option.value === typed));
  function pick(value: string) {
    const isOn = selected.includes(value);
    if (multiple) {
      onSelect(isOn ? selected.filter((item) => item !== value) : [...selected, value]);
      return;
    }
    onSelect(isOn ? [] : [value]);
    onDone();
  }
  return (
    <Cmdk label={label} loop>
      {search === undefined ? (
        // cmdk moves by its input's keys; without search it still needs one to hold the focus.
        <Cmdk.Input aria-label={label} className="sr-only" />
      ) : (
        <Cmdk.Input
          value={text}
          onValueChange={setText}
          placeholder={search}
          className="h-9 w-full border-b bg-transparent px-3 text-sm outline-none placeholder:text-subtle"
        />
      )}
      <Cmdk.List className="scrollbar-thin max-h-72 overflow-y-auto p-1">
        <Cmdk.Empty className="px-3 py-4 text-center text-muted text-sm">
          {typed === "" ? (empty ?? "Nothing to choose from.") : "No match."}
        </Cmdk.Empty>
        {groups.map((group, index) => (
          <Cmdk.Group
            key={group.heading ?? index}
            heading={group.heading}
            className="**:[[cmdk-group-heading]]:px-2 **:[[cmdk-group-heading]]:pt-1.5 **:[[cmdk-group-heading]]:pb-1 **:[[cmdk-group-heading]]:text-2xs **:[[cmdk-group-heading]]:text-subtle"
          >
            {group.options.map((option) => (
              <Cmdk.Item
                key={option.value}
                value={option.value}
                keywords={option.keywords}
                onSelect={() => pick(option.value)}
                className={menuItemStyles}
              >
                <span className="min-w-0 flex-1 truncate">{option.label}</span>
                {selected.includes(option.value) && <Check className="text-accent-ink" aria-label="chosen" />}
              </Cmdk.Item>
            ))}
          </Cmdk.Group>
        ))}
        {custom !== undefined && typed !== "" && !isKnown && custom.isValid(typed) && (
          <Cmdk.Item value={typed} forceMount onSelect={() => pick(typed)} className={menuItemStyles}>
            {custom.label(typed)}
          </Cmdk.Item>
        )}
      </Cmdk.List>
      {selected.length > 0 && (
        <div className="border-t p-1">
          <Button
            size="sm"
            variant="ghost"
            className="w-full"
            onClick={() => {
              onSelect([]);
              onDone();
            }}
          >
            Clear {label.toLowerCase()}
          </Button>
        </div>
      )}
    </Cmdk>
  );
}
