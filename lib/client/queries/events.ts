// Owns how events are read from the browser.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Page } from "@/lib/contracts/common";
import type { DeliveryDto } from "@/lib/contracts/deliveries";
import type { EventDetailDto, EventDto } from "@/lib/contracts/events";
import type { EventExplanationDto } from "@/lib/contracts/explanations";
import { apiFetch, dashboardUrl, type Place } from "../api";
import type { EventFilters } from "../search-params/events";
import { timeBounds } from "../search-params/time-range";

const PAGE_SIZE = 50;
/** One event goes to at most this many endpoints on its page; more are a filter away on the deliveries page. */
export const EVENT_DELIVERIES_SHOWN = 100;

export const eventQueries = {
  all: (place: Place) => [place.workspace, place.environment, "events"] as const,
  list: (place: Place, filters: EventFilters) =>
    infiniteQueryOptions({
      queryKey: [...eventQueries.all(place), "list", filters],
      queryFn: ({ pageParam, signal }) =>
        apiFetch<Page<EventDto>>(
          dashboardUrl(place, "/events", {
            id: filters.id,
            type: filters.type,
            subject: filters.subject,
            tenant: filters.tenant,
            ...timeBounds(filters, Date.now()),
            limit: PAGE_SIZE,
            cursor: pageParam,
          }),
          { signal },
        ),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next_cursor,
      refetchOnWindowFocus: false,
      placeholderData: keepPreviousData,
    }),
  detail: (place: Place, id: string) =>
    queryOptions({
      queryKey: [...eventQueries.all(place), "detail", id],
      queryFn: ({ signal }) =>
        apiFetch<EventDetailDto>(dashboardUrl(place, `/events/${encodeURIComponent(id)}`), { signal }),
    }),
  /** Who did not get it and why, by the settings of the moment. Below the prefix of endpoints, whose changes change it. */
  explanation: (place: Place, id: string) =>
    queryOptions({
      queryKey: [place.workspace, place.environment, "endpoints", "without-event", id],
      queryFn: ({ signal }) =>
        apiFetch<EventExplanationDto>(dashboardUrl(place, `/events/${encodeURIComponent(id)}/explain`), {
          signal,
        }),
    }),
  /** Who got the event. Below the prefix of deliveries, so that what changes those changes this. */
  deliveries: (place: Place, id: string) =>
    queryOptions({
      queryKey: [place.workspace, place.environment, "deliveries", "of-event", id],
      queryFn: ({ signal }) =>
        apiFetch<Page<DeliveryDto>>(
          dashboardUrl(place, "/deliveries", { event_id: id, limit: EVENT_DELIVERIES_SHOWN }),
          { signal },
        ),
    }),
};
