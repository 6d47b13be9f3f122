// Owns how alerts, channels, one's own e-mail preferences and kept mails are read and changed from the browser. A
// channel's secret lives in the mutation's answer only.
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type {
  AlertDto,
  ChannelDto,
  ChannelListDto,
  ChannelTestDto,
  ChannelWithSecretDto,
  MailDetailDto,
  MailDto,
  PreferencesDto,
  UpdateChannelInput,
  UpdatePreferencesInput,
} from "@/lib/contracts/alerts";
import type { Page } from "@/lib/contracts/common";
import { apiFetch, dashboardUrl, type Place } from "../api";

const FRESH_MS = 30_000;

export type AlertFilters = { kind: string | null; open: boolean };

const channelUrl = (place: Place, id: string, action = "") =>
  dashboardUrl(place, `/alerts/channels/${encodeURIComponent(id)}${action}`);

export const alertQueries = {
  all: (place: Place) => [place.workspace, place.environment, "alerts"] as const,
  list: (place: Place, { kind, open }: AlertFilters) =>
    infiniteQueryOptions({
      queryKey: [...alertQueries.all(place), "list", kind, open],
      queryFn: ({ pageParam, signal }) =>
        apiFetch<Page<AlertDto>>(
          dashboardUrl(place, "/alerts", { limit: 50, cursor: pageParam, kind, open: open ? "true" : null }),
          { signal },
        ),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next_cursor,
      refetchInterval: FRESH_MS,
    }),
  channels: (place: Place) =>
    queryOptions({
      queryKey: [...alertQueries.all(place), "channels"],
      queryFn: async ({ signal }) =>
        (await apiFetch<ChannelListDto>(dashboardUrl(place, "/alerts/channels"), { signal })).data,
      refetchInterval: FRESH_MS,
    }),
  preferences: (place: Place) =>
    queryOptions({
      queryKey: [...alertQueries.all(place), "preferences"],
      queryFn: ({ signal }) =>
        apiFetch<PreferencesDto>(dashboardUrl(place, "/alerts/preferences"), { signal }),
    }),
  mails: (place: Place) =>
    infiniteQueryOptions({
      queryKey: [...alertQueries.all(place), "mails"],
      queryFn: ({ pageParam, signal }) =>
        apiFetch<Page<MailDto>>(dashboardUrl(place, "/alerts/mails", { limit: 50, cursor: pageParam }), {
          signal,
        }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next_cursor,
      refetchInterval: FRESH_MS,
    }),
  mail: (place: Place, id: string) =>
    queryOptions({
      queryKey: [...alertQueries.all(place), "mail", id],
      queryFn: ({ signal }) =>
        apiFetch<MailDetailDto>(dashboardUrl(place, `/alerts/mails/${encodeURIComponent(id)}`), { signal }),
      enabled: id !== "",
    }),
};

/** A mutation after which everything about alerts is read again. */
function useAlertMutation<Input, Answer>(place: Place, request: (input: Input) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: request,
    // A secret must not stay in the mutation cache after the component that shows it is gone.
    gcTime: 0,
    onSettled: () => client.invalidateQueries({ queryKey: alertQueries.all(place) }),
  });
}

/** `input` is what the form holds; the server's schema has the last word. */
export function useCreateChannel(place: Place) {
  return useAlertMutation(place, (input: object) =>
    apiFetch<ChannelWithSecretDto>(dashboardUrl(place, "/alerts/channels"), { method: "POST", body: input }),
  );
}

export function useUpdateChannel(place: Place) {
  return useAlertMutation(place, ({ id, input }: { id: string; input: UpdateChannelInput }) =>
    apiFetch<ChannelDto>(channelUrl(place, id), { method: "PATCH", body: input }),
  );
}

export function useDeleteChannel(place: Place) {
  return useAlertMutation(place, (id: string) =>
    apiFetch<undefined>(channelUrl(place, id), { method: "DELETE" }),
  );
}

export function useTestChannel(place: Place) {
  return useAlertMutation(place, (id: string) =>
    apiFetch<ChannelTestDto>(channelUrl(place, id, "/test"), { method: "POST" }),
  );
}

export function useRotateChannelSecret(place: Place) {
  return useAlertMutation(place, (id: string) =>
    apiFetch<ChannelWithSecretDto>(channelUrl(place, id, "/rotate-secret"), { method: "POST" }),
  );
}

export function useUpdatePreferences(place: Place) {
  return useAlertMutation(place, (input: UpdatePreferencesInput) =>
    apiFetch<PreferencesDto>(dashboardUrl(place, "/alerts/preferences"), { method: "PUT", body: input }),
  );
}

export function useSendMailAgain(place: Place) {
  return useAlertMutation(place, (id: string) =>
    apiFetch<MailDetailDto>(dashboardUrl(place, `/alerts/mails/${encodeURIComponent(id)}/send`), {
      method: "POST",
    }),
  );
}
