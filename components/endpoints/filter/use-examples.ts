"use client";
// Owns the real events that an endpoint would get: to choose an example, and to know the fields of its payload.

import { useQuery } from "@tanstack/react-query";
import { eventQueries } from "@/lib/client/queries/events";
import { trialQueries } from "@/lib/client/queries/trials";
import { useViewer } from "@/lib/client/viewer-context";
import type { EventDto } from "@/lib/contracts/events";
import { matchesEventType, matchesTenant } from "@/lib/domain/endpoint/event-type-match";

/** What decides which events an endpoint is asked about, before its filter. */
export type Scope = { eventTypes: readonly string[]; tenant: string; subjects: readonly string[] };

export type Examples = {
  events: EventDto[];
  isLoading: boolean;
  /** The payload of the chosen event (the newest unless one is chosen) as it came; null while unknown or cleared. */
  dataText: string | null;
  event: EventDto | undefined;
};

/** Newest first, from the last events of the environment. */
export function useExamples({ eventTypes, tenant, subjects }: Scope, chosenId: string | null): Examples {
  const { place } = useViewer();
  const recent = useQuery(trialQueries.recentEvents(place));
  const events = (recent.data ?? []).filter(
    (event) =>
      matchesEventType(eventTypes, event.type) &&
      matchesTenant(tenant === "" ? null : tenant, event.tenant) &&
      (subjects.length === 0 || (event.subject !== null && subjects.includes(event.subject))),
  );
  const event = events.find(({ id }) => id === chosenId) ?? events[0];
  const detail = useQuery({ ...eventQueries.detail(place, event?.id ?? ""), enabled: event !== undefined });
  return {
    events,
    event,
    isLoading: recent.isLoading || (event !== undefined && detail.isLoading),
    dataText: event === undefined ? null : (detail.data?.data_text ?? null),
  };
}
