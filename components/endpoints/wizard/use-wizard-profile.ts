"use client";
// Owns the profile that the wizard is about: the chosen one, the environment's default until there is a choice.

import { useQuery } from "@tanstack/react-query";
import { environmentQueries } from "@/lib/client/queries/environment";
import { profileQueries } from "@/lib/client/queries/profiles";
import { useViewer } from "@/lib/client/viewer-context";
import { useWizard } from "./wizard-context";

export function useWizardProfile() {
  const { place } = useViewer();
  const { draft } = useWizard();
  const defaultSlug = useQuery(environmentQueries.settings(place)).data?.default_profile;
  const slug = draft.profile ?? defaultSlug ?? null;
  const profile = useQuery({ ...profileQueries.detail(place, slug ?? ""), enabled: slug !== null });
  return {
    slug,
    defaultSlug,
    /** Undefined while it is being read. */
    profile: profile.data,
    error: profile.error,
    refetch: () => void profile.refetch(),
  };
}
