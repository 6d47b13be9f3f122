// Owns how deliveries are read and acted upon from the browser. What is shown moves by the live stream, never by polling.
import {
  type InfiniteData,
  infiniteQueryOptions,
  keepPreviousData,
  type QueryClient,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import type { Page } from "@/lib/contracts/common";
import {
  type DeliveryDetailDto,
  type DeliveryDto,
  MAX_IDS,
  type ReplaySettings,
} from "@/lib/contracts/deliveries";
import { apiFetch, dashboardUrl, type Place } from "../api";
import type { DeliveryFilters } from "../search-params/deliveries";
import { timeBounds } from "../search-params/time-range";

export const DELIVERIES_PAGE_SIZE = 50;

type Pages = InfiniteData<Page<DeliveryDto>, string | null>;

function fetchPage(place: Place, filters: DeliveryFilters, cursor: string | null, signal?: AbortSignal) {
  const url = dashboardUrl(place, "/deliveries", {
    state: filters.state?.join(","),
    endpoint_id: filters.endpoint,
    type: filters.type,
    code: filters.code,
    trigger: filters.trigger,
    id: filters.id,
    ...timeBounds(filters, Date.now()),
    limit: DELIVERIES_PAGE_SIZE,
    cursor,
  });
  return apiFetch<Page<DeliveryDto>>(url, signal ? { signal } : {});
}

export const deliveryQueries = {
  all: (place: Place) => [place.workspace, place.environment, "deliveries"] as const,
  lists: (place: Place) => [...deliveryQueries.all(place), "list"] as const,
  list: (place: Place, filters: DeliveryFilters) =>
    infiniteQueryOptions({
      queryKey: [...deliveryQueries.lists(place), filters],
      queryFn: ({ pageParam, signal }) => fetchPage(place, filters, pageParam, signal),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next_cursor,
      // Reading all pages again would move rows under the reader; the live stream decides what is read again.
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      placeholderData: keepPreviousData,
    }),
  /** The newest page, to see what is above a list that stands still. Never cached. */
  head: (place: Place, filters: DeliveryFilters) => fetchPage(place, filters, null),
  details: (place: Place) => [...deliveryQueries.all(place), "detail"] as const,
  detail: (place: Place, id: string) =>
    queryOptions({
      queryKey: [...deliveryQueries.details(place), id],
      queryFn: ({ signal }) =>
        apiFetch<DeliveryDetailDto>(dashboardUrl(place, `/deliveries/${encodeURIComponent(id)}`), { signal }),
    }),
};

/** Puts fresh rows in the place of those that are shown, in every list; nothing is added or moved. */
export function patchDeliveryRows(client: QueryClient, place: Place, rows: readonly DeliveryDto[]): void {
  const fresh = new Map(rows.map((row) => [row.id, row]));
  client.setQueriesData<Pages>({ queryKey: deliveryQueries.lists(place) }, (shown) => {
    if (!shown?.pages.some((page) => page.data.some((row) => fresh.has(row.id)))) return shown;
    const pages = shown.pages.map((page) => ({
      ...page,
      data: page.data.map((row) => fresh.get(row.id) ?? row),
    }));
    return { ...shown, pages };
  });
}

/** Reads the given deliveries again and patches them into the lists. */
export async function refreshDeliveryRows(client: QueryClient, place: Place, ids: readonly string[]) {
  for (let at = 0; at < ids.length; at += MAX_IDS) {
    const part = ids.slice(at, at + MAX_IDS);
    const url = dashboardUrl(place, "/deliveries", { ids: part.join(","), limit: MAX_IDS });
    const page = await apiFetch<Page<DeliveryDto>>(url);
    patchDeliveryRows(client, place, page.data);
  }
}

type ActionInput = { id: string; body?: unknown };

function useDeliveryAction<Input>(
  place: Place,
  action: "replay" | "retry-now" | "cancel",
  read: (input: Input) => ActionInput,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => {
      const { id, body } = read(input);
      const url = dashboardUrl(place, `/deliveries/${encodeURIComponent(id)}/${action}`);
      return apiFetch<DeliveryDto>(url, { method: "POST", body });
    },
    onSuccess: (row) => patchDeliveryRows(client, place, [row]),
    onSettled: (_row, _error, input) =>
      client.invalidateQueries({ queryKey: deliveryQueries.detail(place, read(input).id).queryKey }),
  });
}

const byId = (id: string): ActionInput => ({ id });

/** Answers with the new delivery. */
export const useReplayDelivery = (place: Place) =>
  useDeliveryAction(place, "replay", ({ id, settings }: { id: string; settings: ReplaySettings }) => ({
    id,
    body: { settings },
  }));
export const useRetryDeliveryNow = (place: Place) => useDeliveryAction(place, "retry-now", byId);
export const useCancelDelivery = (place: Place) => useDeliveryAction(place, "cancel", byId);
