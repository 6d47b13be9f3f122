"use client";
// Owns the boxes of the picker: one for each known type, one for each group with everything it will ever have.

import { Checkbox } from "@/components/ui/checkbox";
import { Timestamp } from "@/components/ui/timestamp";
import type { EventTypeDto } from "@/lib/contracts/event-types";
import { coveringPattern, type TypeGroup } from "./type-groups";

interface TypeGroupListProps {
  groups: TypeGroup[];
  isFiltered: boolean;
  /** What was typed, when it could be added as it is. */
  canAdd: string | null;
  value: readonly string[];
  onToggle: (pattern: string, on: boolean) => void;
}

interface RowProps {
  type: EventTypeDto;
  value: readonly string[];
  onToggle: (pattern: string, on: boolean) => void;
}

function TypeRow({ type, value, onToggle }: RowProps) {
  const cover = coveringPattern(value, type.name);
  return (
    <li className="flex items-start justify-between gap-3 py-1.5 pr-3 pl-9">
      <Checkbox
        checked={cover !== null || value.includes(type.name)}
        disabled={cover !== null}
        onCheckedChange={(checked) => onToggle(type.name, checked === true)}
        label={<span className="font-mono text-xs">{type.name}</span>}
        description={cover !== null ? `Covered by ${cover}` : type.description || undefined}
      />
      {type.last_seen_at && (
        <span className="shrink-0 text-subtle text-xs">
          seen <Timestamp value={type.last_seen_at} focusable={false} />
        </span>
      )}
    </li>
  );
}

export function TypeGroupList({ groups, isFiltered, canAdd, value, onToggle }: TypeGroupListProps) {
  if (groups.length === 0) {
    return (
      <p className="rounded-md bg-sunken px-3 py-4 text-center text-muted text-sm">
        {canAdd !== null
          ? `${canAdd} has not been published yet. Press Enter to subscribe to it all the same.`
          : isFiltered
            ? "No known type matches. A name has dotted words, such as order.paid."
            : "No event has been published yet. Type the names you expect, or choose all events."}
      </p>
    );
  }
  return (
    <div
      className="scrollbar-thin max-h-96 overflow-y-auto rounded-md border border-line bg-surface"
      {...{ tabIndex: 0 }}
    >
      <ul className="divide-y divide-line">
        {groups.map((group) => (
          <li key={group.name} className="py-1">
            {group.pattern !== null && (
              <div className="px-3 py-1.5">
                <Checkbox
                  checked={value.includes(group.pattern)}
                  onCheckedChange={(checked) => onToggle(group.pattern ?? "", checked === true)}
                  label={
                    <>
                      <span className="font-medium font-mono text-xs">{group.pattern}</span>
                      <span className="ml-2 text-subtle text-xs">the whole group, with its future types</span>
                    </>
                  }
                />
              </div>
            )}
            <ul>
              {group.types.map((type) => (
                <TypeRow key={type.name} type={type} value={value} onToggle={onToggle} />
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </div>
  );
}
