// Owns how endpoints, their numbers and the known event types are read from the browser.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Page } from "@/lib/contracts/common";
import type { EndpointHealthDto } from "@/lib/contracts/endpoint-health";
import {
  type ENDPOINT_LISTS,
  type EndpointDto,
  type EndpointStatsDto,
  MAX_STATS_IDS,
  type UrlCheckDto,
} from "@/lib/contracts/endpoints";
import type { EventTypeDto } from "@/lib/contracts/event-types";
import { apiFetch, dashboardUrl, type Place } from "../api";

const NUMBERS_FRESH_MS = 30_000;
const TYPES_FRESH_MS = 60_000;

export type EndpointFilters = {
  /** Callbacks, or all others; both unless given. */
  kind?: (typeof ENDPOINT_LISTS)[number];
  state: string | null;
  search: string;
  tenant: string | null;
  /** Slug of a profile. */
  profile: string | null;
};

/** The address of one endpoint's call, such as `/endpoints/ep_…/pause`. */
export function endpointUrl(place: Place, id: string, action = ""): string {
  return dashboardUrl(place, `/endpoints/${encodeURIComponent(id)}${action}`);
}

/**
 * Endpoints that this page is deleting or has deleted, by id. Nothing asks for one of them again: the answer could only
 * be that it is gone.
 */
export const goneEndpoints = new Set<string>();

export const endpointQueries = {
  all: (place: Place) => [place.workspace, place.environment, "endpoints"] as const,
  list: (place: Place, filters: EndpointFilters) =>
    infiniteQueryOptions({
      queryKey: [...endpointQueries.all(place), "list", filters],
      queryFn: ({ pageParam, signal }) =>
        apiFetch<Page<EndpointDto>>(
          // Numbers are asked for page by page, so a page is no longer than one call for them.
          dashboardUrl(place, "/endpoints", { limit: MAX_STATS_IDS, cursor: pageParam, ...filters }),
          { signal },
        ),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next_cursor,
      placeholderData: keepPreviousData,
    }),
  detail: (place: Place, id: string) =>
    queryOptions({
      queryKey: [...endpointQueries.all(place), "detail", id],
      queryFn: ({ signal }) => apiFetch<EndpointDto>(endpointUrl(place, id), { signal }),
      enabled: () => !goneEndpoints.has(id),
    }),
  stats: (place: Place, id: string) =>
    queryOptions({
      queryKey: [...endpointQueries.all(place), "stats", id],
      queryFn: ({ signal }) => apiFetch<EndpointStatsDto>(endpointUrl(place, id, "/stats"), { signal }),
      enabled: () => !goneEndpoints.has(id),
      staleTime: NUMBERS_FRESH_MS,
      refetchInterval: NUMBERS_FRESH_MS,
    }),
  health: (place: Place, id: string) =>
    queryOptions({
      queryKey: [...endpointQueries.all(place), "health", id],
      queryFn: ({ signal }) => apiFetch<EndpointHealthDto>(endpointUrl(place, id, "/health"), { signal }),
      enabled: () => !goneEndpoints.has(id),
      staleTime: NUMBERS_FRESH_MS,
      refetchInterval: NUMBERS_FRESH_MS,
    }),
  /** The numbers of one page of the list; loaded after its rows, because they cost more. */
  pageStats: (place: Place, ids: string[]) =>
    queryOptions({
      queryKey: [...endpointQueries.all(place), "page-stats", ids],
      queryFn: async ({ signal }) => {
        const url = dashboardUrl(place, "/endpoints/stats", { ids: ids.join(",") });
        const { data } = await apiFetch<{ data: EndpointStatsDto[] }>(url, { signal });
        return new Map(data.map((stats) => [stats.endpoint_id, stats]));
      },
      enabled: ids.length > 0,
      staleTime: NUMBERS_FRESH_MS,
      refetchInterval: NUMBERS_FRESH_MS,
    }),
  eventTypes: (place: Place) =>
    queryOptions({
      queryKey: [place.workspace, place.environment, "event-types"],
      queryFn: async ({ signal }) =>
        (await apiFetch<{ data: EventTypeDto[] }>(dashboardUrl(place, "/event-types"), { signal })).data,
      staleTime: TYPES_FRESH_MS,
    }),
  urlCheck: (place: Place, url: string) =>
    queryOptions({
      queryKey: [place.workspace, place.environment, "url-check", url],
      queryFn: ({ signal }) =>
        apiFetch<UrlCheckDto>(dashboardUrl(place, "/endpoints/check-url"), {
          method: "POST",
          body: { url },
          signal,
        }),
      enabled: url !== "",
      retry: false,
    }),
};
