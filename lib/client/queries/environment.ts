// Owns how what is set for a whole environment is read and changed from the browser.
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { EnvironmentSettingsDto, UpdateEnvironmentInput } from "@/lib/contracts/environment";
import { apiFetch, dashboardUrl, type Place } from "../api";
import { auditQueries } from "./audit";

const FRESH_MS = 30_000;

export const environmentQueries = {
  settings: (place: Place) =>
    queryOptions({
      queryKey: [place.workspace, place.environment, "environment-settings"],
      queryFn: ({ signal }) => apiFetch<EnvironmentSettingsDto>(dashboardUrl(place, "/settings"), { signal }),
      staleTime: FRESH_MS,
    }),
};

export function useUpdateEnvironment(place: Place) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: UpdateEnvironmentInput) =>
      apiFetch<EnvironmentSettingsDto>(dashboardUrl(place, "/settings"), { method: "PATCH", body: input }),
    onSuccess: (settings) => {
      client.setQueryData(environmentQueries.settings(place).queryKey, settings);
      void client.invalidateQueries({ queryKey: auditQueries.all(place) });
    },
  });
}
