"use client";
// Owns the endpoint that the page is about, kept fresh by the live stream.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLiveChanges } from "@/lib/client/live/use-live-changes";
import { endpointQueries, goneEndpoints } from "@/lib/client/queries/endpoints";
import { useViewer } from "@/lib/client/viewer-context";
import type { EndpointDto } from "@/lib/contracts/endpoints";

/** What the server had read when it rendered the page; `endpoint` is null when there was none. */
export type InitialEndpoint = { endpoint: EndpointDto | null; readAtMs: number };

export function useEndpoint(id: string, initial?: InitialEndpoint) {
  const { place } = useViewer();
  return useQuery({
    ...endpointQueries.detail(place, id),
    ...(initial?.endpoint && { initialData: initial.endpoint, initialDataUpdatedAt: initial.readAtMs }),
    // The server has looked: there is no such endpoint.
    ...(initial?.endpoint === null && { enabled: false }),
  });
}

/**
 * True when this endpoint had been deleted here before its page was opened (again). Not while the page is still open
 * after the deletion: it then is about to be left, and what it shows stays.
 */
export function useWasDeleted(id: string): boolean {
  const [wasDeleted] = useState(() => goneEndpoints.has(id));
  return wasDeleted;
}

/** Reads endpoints again when somebody, or the delivery service, has changed one. */
export function useLiveEndpoints(): void {
  const { place } = useViewer();
  const client = useQueryClient();
  useLiveChanges(place, (message) => {
    if (message.kind === "endpoints") void client.invalidateQueries({ queryKey: endpointQueries.all(place) });
  });
}
