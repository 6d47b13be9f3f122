"use client";
// Owns the choice of a profile among all that an endpoint can take.

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Field } from "@/components/ui/field";
import { NativeSelect } from "@/components/ui/native-select";
import { profileQueries } from "@/lib/client/queries/profiles";
import { useViewer } from "@/lib/client/viewer-context";
import { visibleText } from "@/lib/client/visible-text";

interface ProfileSelectProps {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  /** A slug; null while none is chosen. */
  value: string | null;
  onChange: (slug: string) => void;
  /** Slug of the environment's default, which is marked. */
  defaultSlug?: string | undefined;
  disabled?: boolean;
}

export function ProfileSelect({
  label,
  hint,
  error,
  value,
  onChange,
  defaultSlug,
  disabled,
}: ProfileSelectProps) {
  const { place } = useViewer();
  const choices = useQuery(profileQueries.choices(place)).data ?? [];
  const groups = [
    { label: "Own", profiles: choices.filter(({ built_in }) => !built_in) },
    { label: "Built in", profiles: choices.filter(({ built_in }) => built_in) },
  ];
  const isKnown = choices.some(({ slug }) => slug === value);
  return (
    <Field label={label} hint={hint} error={error}>
      <NativeSelect
        value={value ?? ""}
        disabled={disabled || choices.length === 0}
        onChange={(event) => onChange(event.target.value)}
      >
        {/* Archived meanwhile, or not read yet: it stands there by its slug. */}
        {!isKnown && <option value={value ?? ""}>{value ?? ""}</option>}
        {groups.map(
          ({ label: group, profiles }) =>
            profiles.length > 0 && (
              <optgroup key={group} label={group}>
                {profiles.map(({ slug, name }) => (
                  <option key={slug} value={slug}>
                    {visibleText(name)}
                    {slug === defaultSlug && " (default here)"}
                  </option>
                ))}
              </optgroup>
            ),
        )}
      </NativeSelect>
    </Field>
  );
}
