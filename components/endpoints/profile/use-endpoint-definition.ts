"use client";
// Owns the definition that an endpoint sends by: that of its own version, which may be older than the profile's newest.

import { useQuery } from "@tanstack/react-query";
import { profileQueries } from "@/lib/client/queries/profiles";
import { useViewer } from "@/lib/client/viewer-context";
import type { EndpointProfileDto } from "@/lib/contracts/endpoints";
import type { ProfileDefinition } from "@/lib/domain/profile/definition";

/** `data` is undefined while it is being read. */
export function useEndpointDefinition({ slug, version }: Pick<EndpointProfileDto, "slug" | "version">): {
  data: ProfileDefinition | undefined;
  error: Error | null;
} {
  const { place } = useViewer();
  const query = useQuery(profileQueries.version(place, slug, version));
  return { data: query.data?.definition, error: query.error };
}
