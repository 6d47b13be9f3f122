"use client";
// Owns the filter row of the events list, and the chips that say what is on.

import type { Ref } from "react";
import { type FilterChip, FilterChips } from "@/components/filters/filter-chips";
import { FilterMenu } from "@/components/filters/filter-menu";
import { FilterRow } from "@/components/filters/filter-row";
import { TimeFilterMenu, timeChips } from "@/components/filters/time-filter";
import { TypeFilter } from "@/components/filters/type-filter";
import { type EventFilters, NO_EVENT_FILTERS } from "@/lib/client/search-params/events";
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
    <FilterRow
      ref={searchRef}
      label="Search by event id"
      placeholder="Event id"
      id={filters.id}
      onIdChange={(id) => onChange({ id })}
    >
      <TypeFilter value={filters.type} onChange={(type) => onChange({ type })} />
      {nameFilter("subject", "Subject")}
      {nameFilter("tenant", "Tenant")}
      <TimeFilterMenu value={filters} onChange={onChange} />
    </FilterRow>
  );
}

export function EventFilterChips({ filters, onChange }: EventFiltersProps) {
  const chips: FilterChip[] = [];
  const add = (id: "id" | "type" | "subject" | "tenant", name: string, isMono: boolean) => {
    const value = filters[id];
    if (value !== null) chips.push({ id, name, value, isMono, onRemove: () => onChange({ [id]: null }) });
  };
  add("id", "Id", true);
  add("type", "Type", true);
  add("subject", "Subject", false);
  add("tenant", "Tenant", false);
  chips.push(...timeChips(filters, onChange));
  return <FilterChips chips={chips} onClear={() => onChange(NO_EVENT_FILTERS)} />;
}
