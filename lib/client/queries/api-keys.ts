// Owns how API keys are read and changed from the browser. A created key lives in the mutation's answer only.
import {
  infiniteQueryOptions,
  type UseMutationOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import type { ApiKeyDto, ApiKeyWithSecretDto, CreateApiKeyInput } from "@/lib/contracts/api-keys";
import type { Page } from "@/lib/contracts/common";
import { apiFetch, dashboardUrl, type Place } from "../api";

export const apiKeyQueries = {
  all: (place: Place) => [place.workspace, place.environment, "api-keys"] as const,
  list: (place: Place) =>
    infiniteQueryOptions({
      queryKey: [...apiKeyQueries.all(place), "list"],
      queryFn: ({ pageParam, signal }) =>
        apiFetch<Page<ApiKeyDto>>(dashboardUrl(place, "/api-keys", { limit: 100, cursor: pageParam }), {
          signal,
        }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next_cursor,
    }),
};

/** Makes a key. Nothing of the answer is cached: it has the key in clear. */
export function useCreateApiKey(
  place: Place,
  options: UseMutationOptions<ApiKeyWithSecretDto, Error, CreateApiKeyInput> = {},
) {
  const client = useQueryClient();
  return useMutation({
    ...options,
    gcTime: 0,
    mutationFn: (input: CreateApiKeyInput) =>
      apiFetch<ApiKeyWithSecretDto>(dashboardUrl(place, "/api-keys"), { method: "POST", body: input }),
    onSettled: () => client.invalidateQueries({ queryKey: apiKeyQueries.all(place) }),
  });
}

export function useRevokeApiKey(place: Place) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      apiFetch<ApiKeyDto>(dashboardUrl(place, `/api-keys/${encodeURIComponent(id)}`), { method: "DELETE" }),
    onSettled: () => client.invalidateQueries({ queryKey: apiKeyQueries.all(place) }),
  });
}
