// Owns how subjects are read from the browser: their callbacks, the endpoints scoped to them, their events as polled.
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import type { Page } from "@/lib/contracts/common";
import type { EndpointDto } from "@/lib/contracts/endpoints";
import type { EventDto } from "@/lib/contracts/events";
import { apiFetch, dashboardUrl, type Place } from "../api";
import { auditQueries } from "./audit";
import { endpointQueries } from "./endpoints";
import { eventQueries } from "./events";

const PAGE_SIZE = 50;
const POLL_LIMIT = 5;
const SCOPED_SHOWN = 100;
const EVENTS_SHOWN = 10;
const EVENTS_AGAIN_MS = 5_000;

const subjectUrl = (place: Place, subject: string, rest: string, query = {}) =>
  dashboardUrl(place, `/subjects/${encodeURIComponent(subject)}${rest}`, query);

/** One answer of the polling API, without the payloads that this page does not show. */
export type PollAnswer = { data: EventDto[]; next_cursor: string; has_more: boolean };

export const subjectQueries = {
  /** Callbacks of the environment, newest first, ended ones too. */
  callbacks: (place: Place) =>
    infiniteQueryOptions({
      queryKey: [...endpointQueries.all(place), "callbacks"],
      queryFn: ({ pageParam, signal }) =>
        apiFetch<Page<EndpointDto>>(
          dashboardUrl(place, "/endpoints", { kind: "callback", limit: PAGE_SIZE, cursor: pageParam }),
          { signal },
        ),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next_cursor,
      placeholderData: keepPreviousData,
    }),
  /** Its newest events. Asked again and again: events that nobody gets are not announced. */
  events: (place: Place, subject: string) =>
    queryOptions({
      queryKey: [...eventQueries.all(place), "of-subject", subject],
      queryFn: async ({ signal }) => {
        const url = dashboardUrl(place, "/events", { subject, limit: EVENTS_SHOWN });
        return (await apiFetch<Page<EventDto>>(url, { signal })).data;
      },
      refetchInterval: EVENTS_AGAIN_MS,
    }),
  /** What is scoped to the subject: its callback, and endpoints and subscriptions that name it. */
  scoped: (place: Place, subject: string) =>
    queryOptions({
      queryKey: [...endpointQueries.all(place), "of-subject", subject],
      queryFn: async ({ signal }) => {
        const url = dashboardUrl(place, "/endpoints", { subject, limit: SCOPED_SHOWN });
        return (await apiFetch<Page<EndpointDto>>(url, { signal })).data;
      },
    }),
};

/** Ends the callback; what is under way still goes out. */
export function useEndCallback(place: Place) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (subject: string) =>
      apiFetch<undefined>(subjectUrl(place, subject, "/callback"), { method: "DELETE" }),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: endpointQueries.all(place) }),
        client.invalidateQueries({ queryKey: auditQueries.all(place) }),
      ]),
  });
}

/** Asks the polling API once, from the cursor on; null is the oldest event. */
export function usePoll(place: Place, subject: string) {
  return useMutation({
    mutationFn: (cursor: string | null) =>
      apiFetch<PollAnswer>(subjectUrl(place, subject, "/events", { limit: POLL_LIMIT, cursor })),
  });
}
