// Owns how the inbox is read and changed from the browser.
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import type { Page } from "@/lib/contracts/common";
import type { InboxDto, InboxMessageDto, UpdateInboxInput } from "@/lib/contracts/inbox";
import { apiFetch, dashboardUrl, type Place } from "../api";

const PAGE_SIZE = 50;

export const inboxQueries = {
  all: (place: Place) => [place.workspace, place.environment, "inbox"] as const,
  detail: (place: Place) =>
    queryOptions({
      queryKey: [...inboxQueries.all(place), "detail"],
      queryFn: ({ signal }) => apiFetch<InboxDto>(dashboardUrl(place, "/inbox"), { signal }),
    }),
  messages: (place: Place) =>
    infiniteQueryOptions({
      queryKey: [...inboxQueries.all(place), "messages"],
      queryFn: ({ pageParam, signal }) =>
        apiFetch<Page<InboxMessageDto>>(
          dashboardUrl(place, "/inbox/messages", { limit: PAGE_SIZE, cursor: pageParam }),
          { signal },
        ),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next_cursor,
    }),
  /** A message never changes, so it is asked for once. Outside the prefix of the list, which the stream invalidates. */
  message: (place: Place, id: string) =>
    queryOptions({
      queryKey: [place.workspace, place.environment, "inbox-message", id],
      queryFn: ({ signal }) =>
        apiFetch<InboxMessageDto>(dashboardUrl(place, `/inbox/messages/${encodeURIComponent(id)}`), {
          signal,
        }),
      staleTime: Number.POSITIVE_INFINITY,
      placeholderData: keepPreviousData,
    }),
};

export function useUpdateInbox(place: Place) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: UpdateInboxInput) =>
      apiFetch<InboxDto>(dashboardUrl(place, "/inbox"), { method: "PATCH", body: input }),
    onSuccess: (inbox) => client.setQueryData(inboxQueries.detail(place).queryKey, inbox),
  });
}

export function useClearInbox(place: Place) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      apiFetch<{ deleted: number }>(dashboardUrl(place, "/inbox/messages"), { method: "DELETE" }),
    onSettled: () => client.invalidateQueries({ queryKey: inboxQueries.all(place) }),
  });
}
