"use client";
// Owns the choice of events: everything, groups with all their future types, single types, or names nobody has seen yet.

import { useQuery } from "@tanstack/react-query";
import { Plus, Search, X } from "lucide-react";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Input } from "@/components/ui/input";
import { RadioCard, RadioGroup } from "@/components/ui/radio-group";
import { Skeleton } from "@/components/ui/skeleton";
import { patternWords } from "@/lib/client/endpoints/endpoint-words";
import { errorText } from "@/lib/client/problem-error";
import { endpointQueries } from "@/lib/client/queries/endpoints";
import { useViewer } from "@/lib/client/viewer-context";
import { eventTypePattern } from "@/lib/domain/endpoint/event-type-match";
import { TypeGroupList } from "./type-group-list";
import { groupTypes, togglePattern } from "./type-groups";

interface EventTypePickerProps {
  value: readonly string[];
  onChange: (patterns: string[]) => void;
  error?: string | undefined;
}

export function EventTypePicker({ value, onChange, error }: EventTypePickerProps) {
  const isAll = value.includes("*");
  const [mode, setMode] = useState<"all" | "some">(isAll ? "all" : "some");
  const [search, setSearch] = useState("");
  const { place } = useViewer();
  const known = useQuery(endpointQueries.eventTypes(place));
  const typed = search.trim();
  const canAdd = typed !== "" && eventTypePattern.safeParse(typed).success && !value.includes(typed);
  const toggle = (pattern: string, on: boolean) => onChange(togglePattern(value, pattern, on));

  function add() {
    if (!canAdd) return;
    toggle(typed, true);
    if (typed === "*") setMode("all");
    setSearch("");
  }

  return (
    <div className="grid grid-cols-1 gap-4">
      <RadioGroup
        aria-label="Which events"
        value={mode}
        onValueChange={(next) => {
          setMode(next as typeof mode);
          onChange(next === "all" ? ["*"] : value.filter((pattern) => pattern !== "*"));
        }}
        className="grid gap-2 sm:grid-cols-2"
      >
        <RadioCard
          value="all"
          label="All events"
          description="Also types that are published for the first time later."
        />
        <RadioCard
          value="some"
          label="Chosen events"
          description="Single types, or whole groups such as order.*"
        />
      </RadioGroup>
      {error && <Callout tone="danger">{error}</Callout>}
      {mode === "some" && (
        <>
          {value.length > 0 && (
            <ul aria-label="Chosen" className="flex flex-wrap gap-1.5">
              {value.map((pattern) => (
                <li key={pattern} className="min-w-0">
                  <Badge mono tone="accent" title={patternWords(pattern)} className="h-6 pr-0.5">
                    <span className="truncate">{pattern}</span>
                    <button
                      type="button"
                      aria-label={`Remove ${pattern}`}
                      className="grid size-5 place-items-center rounded-sm hover:bg-hover"
                      onClick={() => toggle(pattern, false)}
                    >
                      <X className="size-3" />
                    </button>
                  </Badge>
                </li>
              ))}
            </ul>
          )}
          <div className="flex gap-2">
            <div className="min-w-0 flex-1">
              <Input
                mono
                aria-label="Find or add an event type"
                placeholder="order.paid or order.*"
                leading={<Search />}
                spellCheck={false}
                autoCapitalize="none"
                value={search}
                onChange={(event) => setSearch(event.target.value)}
                onKeyDown={(event) => {
                  if (event.key !== "Enter") return;
                  event.preventDefault();
                  add();
                }}
              />
            </div>
            <Button icon={<Plus />} disabled={!canAdd} onClick={add}>
              Add
            </Button>
          </div>
          {known.isError ? (
            <Callout tone="warning">
              Known types could not be loaded: {errorText(known.error)} Names can be typed.
            </Callout>
          ) : known.data === undefined ? (
            <Skeleton className="h-40 w-full" />
          ) : (
            <TypeGroupList
              groups={groupTypes(known.data, search)}
              isFiltered={typed !== ""}
              canAdd={canAdd ? typed : null}
              value={value}
              onToggle={toggle}
            />
          )}
        </>
      )}
    </div>
  );
}
