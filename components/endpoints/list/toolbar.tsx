"use client";
// Owns the filters above the endpoint list. Typing waits a moment before it becomes the address.

import { Search, X } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { STATE_WORDS } from "@/lib/client/endpoints/endpoint-words";
import type { EndpointFilters } from "@/lib/client/queries/endpoints";
import { visibleText } from "@/lib/client/visible-text";
import { ENDPOINT_STATES, type EndpointState } from "@/lib/domain/delivery/states";
import { ProfileFilter } from "../profile/profile-filter";

const TYPING_PAUSE_MS = 250;

interface EndpointToolbarProps {
  filters: EndpointFilters;
  onChange: (change: {
    kind?: EndpointFilters["kind"];
    state?: EndpointState | null;
    search?: string | null;
    tenant?: string | null;
    profile?: string | null;
  }) => void;
}

export function EndpointToolbar({ filters, onChange }: EndpointToolbarProps) {
  const [text, setText] = useState(filters.search);
  const [applied, setApplied] = useState(filters.search);
  // The address can change without this field (back button, "Clear filters"): it then wins.
  if (applied !== filters.search) {
    setApplied(filters.search);
    setText(filters.search);
  }

  useEffect(() => {
    if (text === filters.search) return;
    const timer = setTimeout(() => {
      setApplied(text);
      onChange({ search: text.trim() === "" ? null : text });
    }, TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, filters.search, onChange]);

  return (
    <search className="flex flex-wrap items-center gap-2">
      <div className="w-full sm:w-72">
        <Input
          type="search"
          aria-label="Search endpoints"
          placeholder="URL, description, tenant or id"
          leading={<Search />}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <SegmentedControl
        label="Kind"
        value={filters.kind ?? "ordinary"}
        onValueChange={(kind) => onChange({ kind })}
        options={[
          { value: "ordinary", label: "Endpoints" },
          { value: "callback", label: "Callbacks" },
        ]}
      />
      <SegmentedControl
        label="State"
        value={filters.state ?? "any"}
        onValueChange={(value) => onChange({ state: value === "any" ? null : (value as EndpointState) })}
        options={[
          { value: "any", label: "All" },
          ...ENDPOINT_STATES.map((state) => ({ value: state, label: STATE_WORDS[state] })),
        ]}
      />
      <ProfileFilter value={filters.profile} onChange={(profile) => onChange({ profile })} />
      {filters.tenant !== null && (
        <Button size="sm" icon={<X />} onClick={() => onChange({ tenant: null })}>
          Tenant {visibleText(filters.tenant)}
        </Button>
      )}
    </search>
  );
}
