"use client";
// Owns the filter row of the events list, and the chips that say what is on.

import { useQuery } from "@tanstack/react-query";
import type { Ref } from "react";
import { type FilterChip, FilterChips } from "@/components/filters/filter-chips";
import { FilterMenu } from "@/components/filters/filter-menu";
import { IdSearch } from "@/components/filters/id-search";
import { TimeFilterMenu } from "@/components/filters/time-filter";
import { endpointQueries } from "@/lib/client/queries/endpoints";
import { type EventFilters, NO_EVENT_FILTERS } from "@/lib/client/search-params/events";
import { describeRange } from "@/lib/client/search-params/time-range";
import { useViewer } from "@/lib/client/viewer-context";
import { visibleText } from "@/lib/client/visible-text";

interface EventFiltersProps {
  filters: EventFilters;
  onChange: (patch: Partial<EventFilters>) => void;
}

const MAX_NAME = { subject: 256, tenant: 128 };

export function EventFiltersBar({
  filters,
  onChange,
  searchRef,
}: EventFiltersProps & { searchRef: Ref<HTMLInputElement> }) {
  const { place } = useViewer();
  const types = useQuery(endpointQueries.eventTypes(place));
  const nameFilter = (field: "subject" | "tenant", label: string) => (
    <FilterMenu
      label={label}
      search={`The exact ${field}`}
      empty={`Type the ${field} as the producer names it.`}
      groups={[]}
      custom={{
        isValid: (text) => text.length <= MAX_NAME[field],
        label: (text) => `${label} ${visibleText(text)}`,
      }}
      selected={filters[field] === null ? [] : [filters[field]]}
      onSelect={(values) => onChange({ [field]: values[0] ?? null })}
    />
  );
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <div className="w-full sm:w-56">
        <IdSearch
          ref={searchRef}
          label="Search by event id"
          placeholder="Event id"
          value={filters.id ?? ""}
          onChange={(text) => onChange({ id: text === "" ? null : text })}
        />
      </div>
      <div className="scrollbar-thin -m-1 flex max-w-full gap-1.5 p-1 max-sm:overflow-x-auto max-sm:[scrollbar-width:none] sm:flex-wrap">
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
          selected={filters.type === null ? [] : [filters.type]}
          onSelect={(values) => onChange({ type: values[0] ?? null })}
        />
        {nameFilter("subject", "Subject")}
        {nameFilter("tenant", "Tenant")}
        <TimeFilterMenu value={filters} onChange={onChange} />
      </div>
    </div>
  );
}

export function EventFilterChips({ filters, onChange }: EventFiltersProps) {
  const chips: FilterChip[] = [];
  const add = (id: "id" | "type" | "subject" | "tenant", name: string, isMono: boolean) => {
    const value = filters[id];
    if (value !== null)
      chips.push({ id, name, value: visibleText(value), isMono, onRemove: () => onChange({ [id]: null }) });
  };
  add("id", "Id", true);
  add("type", "Type", true);
  add("subject", "Subject", false);
  add("tenant", "Tenant", false);
  if (filters.range !== null || filters.from !== null || filters.to !== null) {
    const onRemove = () => onChange({ range: null, from: null, to: null });
    chips.push({ id: "time", name: "Time", value: describeRange(filters), onRemove });
  }
  return <FilterChips chips={chips} onClear={() => onChange(NO_EVENT_FILTERS)} />;
}
