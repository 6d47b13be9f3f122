// Owns how the catalogue, its packs and who takes a type are read and changed from the browser.
import {
  keepPreviousData,
  queryOptions,
  type UseMutationResult,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import type { Page } from "@/lib/contracts/common";
import type { EndpointDto } from "@/lib/contracts/endpoints";
import type {
  CreateEventTypeInput,
  EventTypeDetailDto,
  PackDto,
  PublishExampleInput,
  UpdateEventTypeInput,
} from "@/lib/contracts/event-types";
import type { AcceptedEventDto } from "@/lib/contracts/events";
import { apiFetch, dashboardUrl, type Place } from "../api";
import { auditQueries } from "./audit";
import { endpointQueries } from "./endpoints";

const FRESH_MS = 30_000;
/** More endpoints than this are a filter away, on their own page. */
export const SUBSCRIBERS_SHOWN = 50;

/** Types that this page is deleting or has deleted, by id and name: nothing asks for one of them again. */
const goneTypes = new Set<string>();

const typeUrl = (place: Place, name: string, action = "") =>
  dashboardUrl(place, `/event-types/${encodeURIComponent(name)}${action}`);
const packUrl = (place: Place, slug: string) =>
  dashboardUrl(place, `/event-types/packs/${encodeURIComponent(slug)}`);

export const catalogueQueries = {
  /** Everything of the catalogue lies below this key, the list of types too. */
  all: (place: Place) => [place.workspace, place.environment, "event-types"] as const,
  detail: (place: Place, name: string) =>
    queryOptions({
      queryKey: [...catalogueQueries.all(place), "detail", name],
      queryFn: ({ signal }) => apiFetch<EventTypeDetailDto>(typeUrl(place, name), { signal }),
      enabled: () => !goneTypes.has(name),
      staleTime: FRESH_MS,
    }),
  packs: (place: Place) =>
    queryOptions({
      queryKey: [...catalogueQueries.all(place), "packs"],
      queryFn: async ({ signal }) =>
        (await apiFetch<{ data: PackDto[] }>(dashboardUrl(place, "/event-types/packs"), { signal })).data,
      staleTime: FRESH_MS,
    }),
  /** Endpoints that take a type, newest first; below the prefix of endpoints, whose changes change it. */
  subscribers: (place: Place, name: string) =>
    queryOptions({
      queryKey: [...endpointQueries.all(place), "of-type", name],
      queryFn: ({ signal }) =>
        apiFetch<Page<EndpointDto>>(
          dashboardUrl(place, "/endpoints", {
            event_type: name,
            kind: "ordinary",
            limit: SUBSCRIBERS_SHOWN,
          }),
          { signal },
        ),
      placeholderData: keepPreviousData,
    }),
};

/** A change of the catalogue, which both environments share. */
function useCatalogueMutation<Input, Answer>(
  place: Place,
  request: (input: Input) => Promise<Answer>,
): UseMutationResult<Answer, Error, Input> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: request,
    onSuccess: () => {
      // Not waited for: a page that is left meanwhile must not keep the button working.
      for (const environment of ["live", "sandbox"] as const) {
        void client.invalidateQueries({ queryKey: catalogueQueries.all({ ...place, environment }) });
      }
      void client.invalidateQueries({ queryKey: auditQueries.all(place) });
    },
  });
}

export function useCreateEventType(place: Place) {
  return useCatalogueMutation(place, async (input: CreateEventTypeInput) => {
    const made = await apiFetch<EventTypeDetailDto>(dashboardUrl(place, "/event-types"), {
      method: "POST",
      body: input,
    });
    goneTypes.delete(made.name);
    return made;
  });
}

export function useUpdateEventType(place: Place, name: string) {
  return useCatalogueMutation(place, (input: UpdateEventTypeInput) =>
    apiFetch<EventTypeDetailDto>(typeUrl(place, name), { method: "PATCH", body: input }),
  );
}

export function useArchiveEventType(place: Place, name: string) {
  return useCatalogueMutation(place, (action: "archive" | "restore") =>
    apiFetch<EventTypeDetailDto>(typeUrl(place, name, `/${action}`), { method: "POST" }),
  );
}

export function useDeleteEventType(place: Place, { id, name }: { id: string; name: string }) {
  return useCatalogueMutation(place, async () => {
    for (const ref of [id, name]) goneTypes.add(ref);
    try {
      return await apiFetch<undefined>(typeUrl(place, id), { method: "DELETE" });
    } catch (error) {
      for (const ref of [id, name]) goneTypes.delete(ref);
      throw error;
    }
  });
}

export function useInstallPack(place: Place) {
  return useCatalogueMutation(place, async (slug: string) => {
    const pack = await apiFetch<PackDto>(packUrl(place, slug), { method: "POST" });
    for (const { name } of pack.types) goneTypes.delete(name);
    return pack;
  });
}

export function useRemovePack(place: Place) {
  return useCatalogueMutation(place, (slug: string) =>
    apiFetch<PackDto>(packUrl(place, slug), { method: "DELETE" }),
  );
}

/** Sends the example to everybody who takes it; the server refuses it outside of the sandbox. */
export function usePublishExample(place: Place, name: string) {
  return useMutation({
    mutationFn: (input: PublishExampleInput) =>
      apiFetch<AcceptedEventDto>(typeUrl(place, name, "/publish"), { method: "POST", body: input }),
  });
}
