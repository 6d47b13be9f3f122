"use client";
// Owns the filter by event type: the known ones to choose from, or any other by name.

import { useQuery } from "@tanstack/react-query";
import { endpointQueries } from "@/lib/client/queries/endpoints";
import { useViewer } from "@/lib/client/viewer-context";
import { FilterMenu } from "./filter-menu";

interface TypeFilterProps {
  value: string | null;
  onChange: (value: string | null) => void;
}

export function TypeFilter({ value, onChange }: TypeFilterProps) {
  const { place } = useViewer();
  const types = useQuery(endpointQueries.eventTypes(place));
  return (
    <FilterMenu
      label="Type"
      search="Find an event type"
      empty="No event types yet."
      groups={[
        {
          options: (types.data ?? []).map(({ name }) => ({
            value: name,
            label: <span className="font-mono text-xs">{name}</span>,
          })),
        },
      ]}
      custom={{ isValid: (text) => /^[\w.-]{1,256}$/.test(text), label: (text) => `Type ${text}` }}
      selected={value === null ? [] : [value]}
      onSelect={([next = null]) => onChange(next)}
    />
  );
}
