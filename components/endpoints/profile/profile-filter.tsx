"use client";
// Owns the filter of the endpoint list by profile: only those that some endpoint here uses are offered.

import { useQuery } from "@tanstack/react-query";
import { NativeSelect } from "@/components/ui/native-select";
import { profileQueries } from "@/lib/client/queries/profiles";
import { useViewer } from "@/lib/client/viewer-context";
import { visibleText } from "@/lib/client/visible-text";

interface ProfileFilterProps {
  /** A slug; null for all. */
  value: string | null;
  onChange: (slug: string | null) => void;
}

export function ProfileFilter({ value, onChange }: ProfileFilterProps) {
  const { place } = useViewer();
  const choices = useQuery(profileQueries.choices(place)).data ?? [];
  const used = choices.filter(({ slug, endpoints }) => endpoints > 0 || slug === value);
  // One profile for all endpoints leaves nothing to choose.
  if (used.length < 2 && value === null) return null;
  return (
    <NativeSelect
      aria-label="Profile"
      className="max-w-56"
      value={value ?? ""}
      onChange={(event) => onChange(event.target.value === "" ? null : event.target.value)}
    >
      <option value="">All profiles</option>
      {value !== null && !used.some(({ slug }) => slug === value) && <option value={value}>{value}</option>}
      {used.map(({ slug, name }) => (
        <option key={slug} value={slug}>
          {visibleText(name)}
        </option>
      ))}
    </NativeSelect>
  );
}
