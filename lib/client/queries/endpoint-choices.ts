// Owns the endpoints as choices of a filter: few facts, read once in a while.
import { queryOptions } from "@tanstack/react-query";
import type { Page } from "@/lib/contracts/common";
import type { EndpointDto } from "@/lib/contracts/endpoints";
import { apiFetch, dashboardUrl, type Place } from "../api";

const FRESH_MS = 30_000;
const MAX_CHOICES = 250;

/** The newest 250 endpoints; others are reached by their id. */
export function endpointChoices(place: Place) {
  return queryOptions({
    queryKey: [place.workspace, place.environment, "endpoints", "choices"],
    queryFn: async ({ signal }) => {
      const url = dashboardUrl(place, "/endpoints", { limit: MAX_CHOICES });
      const { data } = await apiFetch<Page<EndpointDto>>(url, { signal });
      return data.map(({ id, url: address, description }) => ({ id, url: address, description }));
    },
    staleTime: FRESH_MS,
  });
}
