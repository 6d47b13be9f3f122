"use client";
// Owns the profile that the page is about.

import { useQuery } from "@tanstack/react-query";
import { profileQueries } from "@/lib/client/queries/profiles";
import { useViewer } from "@/lib/client/viewer-context";
import type { ProfileDetailDto } from "@/lib/contracts/profiles";

/** What the server had read when it rendered the page; `profile` is null when there was none. */
export type InitialProfile = { profile: ProfileDetailDto | null; readAtMs: number };

export function useProfile(slug: string, initial?: InitialProfile) {
  const { place } = useViewer();
  return useQuery({
    ...profileQueries.detail(place, slug),
    ...(initial?.profile && { initialData: initial.profile, initialDataUpdatedAt: initial.readAtMs }),
    ...(initial?.profile === null && { enabled: false }),
  });
}
