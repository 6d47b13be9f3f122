// Owns how the browser tries a filter on past events, and finds real events to try a mapping on.
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Page } from "@/lib/contracts/common";
import type { EventDto } from "@/lib/contracts/events";
import type { FilterTrialDto, TestFilterInput } from "@/lib/contracts/trials";
import { apiFetch, dashboardUrl, type Place } from "../api";

const RECENT_EVENTS = 50;
const FRESH_MS = 30_000;

export const trialQueries = {
  filter: (place: Place, input: TestFilterInput | null) =>
    queryOptions({
      queryKey: [place.workspace, place.environment, "filter-trial", input],
      queryFn: ({ signal }) =>
        apiFetch<FilterTrialDto>(dashboardUrl(place, "/filters/test"), {
          method: "POST",
          body: input,
          signal,
        }),
      enabled: input !== null,
      placeholderData: keepPreviousData,
      staleTime: FRESH_MS,
      retry: false,
    }),
  /** The newest events that came from the producer and still have their payload. */
  recentEvents: (place: Place) =>
    queryOptions({
      queryKey: [place.workspace, place.environment, "recent-events"],
      queryFn: async ({ signal }) => {
        const url = dashboardUrl(place, "/events", { limit: RECENT_EVENTS });
        const { data } = await apiFetch<Page<EventDto>>(url, { signal });
        return data.filter((event) => !event.test);
      },
      staleTime: FRESH_MS,
    }),
};
