"use client";
// Owns the endpoint that the page is about, kept fresh by the live stream.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useLiveChanges } from "@/lib/client/live/use-live-changes";
import { endpointQueries } from "@/lib/client/queries/endpoints";
import { useViewer } from "@/lib/client/viewer-context";

export function useEndpoint(id: string) {
  const { place } = useViewer();
  return useQuery(endpointQueries.detail(place, id));
}

/** Reads endpoints again when somebody, or the delivery service, has changed one. */
export function useLiveEndpoints(): void {
  const { place } = useViewer();
  const client = useQueryClient();
  useLiveChanges(place, (message) => {
    if (message.kind === "endpoints") void client.invalidateQueries({ queryKey: endpointQueries.all(place) });
  });
}
