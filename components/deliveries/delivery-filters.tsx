"use client";
// Owns the filter row of the deliveries list, and the chips that say what is on.

import { useQuery } from "@tanstack/react-query";
import type { Ref } from "react";
import { type FilterChip, FilterChips } from "@/components/filters/filter-chips";
import { FilterMenu } from "@/components/filters/filter-menu";
import { FilterRow } from "@/components/filters/filter-row";
import { TimeFilterMenu, timeChips } from "@/components/filters/time-filter";
import { TypeFilter } from "@/components/filters/type-filter";
import { StateDot } from "@/components/ui/status-pill";
import { endpointChoices } from "@/lib/client/queries/endpoint-choices";
import { type DeliveryFilters, NO_DELIVERY_FILTERS } from "@/lib/client/search-params/deliveries";
import { useViewer } from "@/lib/client/viewer-context";
import { visibleText } from "@/lib/client/visible-text";
import { ATTEMPT_ERROR_CLASSES } from "@/lib/domain/delivery/error-classes";
import { errorHint } from "@/lib/domain/delivery/error-hints";
import {
  DELIVERY_STATES,
  DELIVERY_TRIGGERS,
  type DeliveryState,
  type DeliveryTrigger,
} from "@/lib/domain/delivery/states";
import { STATE_LABELS, STATE_TONES } from "./delivery-state-pill";
import { shortUrl } from "./format";

const TRIGGER_LABELS: Record<DeliveryTrigger, string> = {
  event: "First-hand",
  replay: "Replays",
  test: "Tests",
};

const STATUS_CLASSES = [
  { value: "2xx", label: "2xx success" },
  { value: "3xx", label: "3xx redirect" },
  { value: "4xx", label: "4xx refused" },
  { value: "5xx", label: "5xx receiver error" },
];
/** Classes that a status says already are left to the statuses. */
const BY_STATUS = new Set<string>([
  "redirect",
  "gone",
  "rate_limited",
  "client_error",
  "server_error",
  "unexpected_status",
]);
const RESULT_GROUPS = [
  { heading: "Status", options: STATUS_CLASSES },
  {
    heading: "No answer",
    options: ATTEMPT_ERROR_CLASSES.filter((name) => !BY_STATUS.has(name)).map((name) => ({
      value: name,
      label: errorHint(name).label,
    })),
  },
];

const one = (values: string[]) => values[0] ?? null;
const listOf = (value: string | null) => (value === null ? [] : [value]);

interface DeliveryFiltersBarProps {
  filters: DeliveryFilters;
  onChange: (patch: Partial<DeliveryFilters>) => void;
  /** An endpoint's own page has no endpoint filter. */
  withEndpoint: boolean;
  searchRef: Ref<HTMLInputElement>;
}

export function DeliveryFiltersBar({ filters, onChange, withEndpoint, searchRef }: DeliveryFiltersBarProps) {
  const { place } = useViewer();
  const endpoints = useQuery(endpointChoices(place));
  return (
    <FilterRow
      ref={searchRef}
      label="Search by delivery or event id"
      placeholder="Delivery or event id"
      id={filters.id}
      onIdChange={(id) => onChange({ id })}
    >
      <FilterMenu
        label="State"
        multiple
        groups={[
          {
            options: DELIVERY_STATES.map((state) => ({
              value: state,
              label: (
                <span className="flex items-center gap-2">
                  <StateDot tone={STATE_TONES[state]} />
                  {STATE_LABELS[state]}
                </span>
              ),
            })),
          },
        ]}
        selected={filters.state ?? []}
        onSelect={(values) => onChange({ state: values.length === 0 ? null : (values as DeliveryState[]) })}
      />
      {withEndpoint && (
        <FilterMenu
          label="Endpoint"
          search="Find by URL, description or id"
          empty="No endpoints yet."
          groups={[
            {
              options: (endpoints.data ?? []).map(({ id, url, description }) => ({
                value: id,
                keywords: [url, description],
                label: <span className="font-mono text-xs">{visibleText(shortUrl(url))}</span>,
              })),
            },
          ]}
          custom={{ isValid: (text) => /^ep_\w+$/.test(text), label: (text) => `Endpoint ${text}` }}
          selected={listOf(filters.endpoint)}
          onSelect={(values) => onChange({ endpoint: one(values) })}
        />
      )}
      <TypeFilter value={filters.type} onChange={(type) => onChange({ type })} />
      <FilterMenu
        label="Result"
        search="Status such as 503, or a cause"
        groups={RESULT_GROUPS}
        custom={{ isValid: (text) => /^[1-9]\d\d$/.test(text), label: (text) => `Status ${text}` }}
        selected={listOf(filters.code)}
        onSelect={(values) => onChange({ code: one(values) })}
      />
      <TimeFilterMenu value={filters} onChange={onChange} />
      <FilterMenu
        label="Origin"
        groups={[{ options: DELIVERY_TRIGGERS.map((value) => ({ value, label: TRIGGER_LABELS[value] })) }]}
        selected={listOf(filters.trigger)}
        onSelect={(values) => onChange({ trigger: one(values) as DeliveryTrigger | null })}
      />
    </FilterRow>
  );
}

interface DeliveryFilterChipsProps {
  filters: DeliveryFilters;
  onChange: (patch: Partial<DeliveryFilters>) => void;
}

/** A status as it is, an error class by its name. */
function resultWord(code: string): string {
  const known = ATTEMPT_ERROR_CLASSES.find((name) => name === code);
  return known === undefined ? code : errorHint(known).label;
}

export function DeliveryFilterChips({ filters, onChange }: DeliveryFilterChipsProps) {
  const { place } = useViewer();
  const endpoints = useQuery(endpointChoices(place));
  const chips: FilterChip[] = [];
  const add = (id: keyof DeliveryFilters, name: string, value: string, isMono = false) =>
    chips.push({ id, name, value, isMono, onRemove: () => onChange({ [id]: null }) });

  if (filters.id !== null) add("id", "Id", filters.id, true);
  if (filters.state !== null && filters.state.length > 0) {
    add("state", "State", filters.state.map((state) => STATE_LABELS[state]).join(", "));
  }
  if (filters.endpoint !== null) {
    const url = endpoints.data?.find(({ id }) => id === filters.endpoint)?.url;
    add("endpoint", "Endpoint", url === undefined ? filters.endpoint : shortUrl(url), true);
  }
  if (filters.type !== null) add("type", "Type", filters.type, true);
  if (filters.code !== null) add("code", "Result", resultWord(filters.code));
  if (filters.trigger !== null) add("trigger", "Origin", TRIGGER_LABELS[filters.trigger]);
  return (
    <FilterChips
      chips={[...chips, ...timeChips(filters, onChange)]}
      onClear={() => onChange(NO_DELIVERY_FILTERS)}
    />
  );
}
