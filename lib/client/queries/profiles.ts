// Owns how profiles are read from the browser.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Page } from "@/lib/contracts/common";
import type { EventTypeDetailDto } from "@/lib/contracts/event-types";
import type {
  ListProfilesQuery,
  PreviewProfileInput,
  ProfileDetailDto,
  ProfileDto,
  ProfilePreviewDto,
  ProfileVersionDetailDto,
} from "@/lib/contracts/profiles";
import type { VerificationCodeDto } from "@/lib/contracts/verification-code";
import { apiFetch, dashboardUrl, type Place } from "../api";

const PAGE_SIZE = 50;
const MAX_CHOICES = 250;
const FRESH_MS = 30_000;

/** The address of one profile's call, such as `/profiles/vizi/apply`. */
export function profileUrl(place: Place, ref: string, action = "", query = {}): string {
  return dashboardUrl(place, `/profiles/${encodeURIComponent(ref)}${action}`, query);
}

export const profileQueries = {
  all: (place: Place) => [place.workspace, place.environment, "profiles"] as const,
  list: (place: Place, show: ListProfilesQuery["show"]) =>
    infiniteQueryOptions({
      queryKey: [...profileQueries.all(place), "list", show],
      queryFn: ({ pageParam, signal }) =>
        apiFetch<Page<ProfileDto>>(
          dashboardUrl(place, "/profiles", { show, limit: PAGE_SIZE, cursor: pageParam }),
          { signal },
        ),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next_cursor,
      placeholderData: keepPreviousData,
    }),
  /** Everything that an endpoint can take. */
  choices: (place: Place) =>
    queryOptions({
      queryKey: [...profileQueries.all(place), "choices"],
      queryFn: async ({ signal }) => {
        const url = dashboardUrl(place, "/profiles", { limit: MAX_CHOICES });
        return (await apiFetch<Page<ProfileDto>>(url, { signal })).data;
      },
      staleTime: FRESH_MS,
    }),
  detail: (place: Place, ref: string) =>
    queryOptions({
      queryKey: [...profileQueries.all(place), "detail", ref],
      queryFn: ({ signal }) => apiFetch<ProfileDetailDto>(profileUrl(place, ref), { signal }),
    }),
  /** Versions never change, only who uses them does. */
  version: (place: Place, ref: string, number: number) =>
    queryOptions({
      queryKey: [...profileQueries.all(place), "version", ref, number],
      queryFn: ({ signal }) =>
        apiFetch<ProfileVersionDetailDto>(profileUrl(place, ref, `/versions/${number}`), { signal }),
      staleTime: FRESH_MS,
    }),
  /** `key` is what the endpoint has, null for the profile's own kind. */
  verificationCode: (place: Place, ref: string, number: number, key: "shared" | "pair" | null) =>
    queryOptions({
      queryKey: [...profileQueries.all(place), "verification-code", ref, number, key],
      queryFn: ({ signal }) =>
        apiFetch<VerificationCodeDto>(
          profileUrl(place, ref, `/versions/${number}/verification-code`, { key }),
          { signal },
        ),
      staleTime: Number.POSITIVE_INFINITY,
    }),
  /** An entry of the catalogue with its example, to try a profile with. */
  eventType: (place: Place, name: string) =>
    queryOptions({
      queryKey: [place.workspace, place.environment, "event-types", "detail", name],
      queryFn: ({ signal }) =>
        apiFetch<EventTypeDetailDto>(dashboardUrl(place, `/event-types/${encodeURIComponent(name)}`), {
          signal,
        }),
      staleTime: FRESH_MS,
    }),
  /** The exact request; the last one stays while the next is on its way. */
  preview: (place: Place, input: PreviewProfileInput) =>
    queryOptions({
      queryKey: [...profileQueries.all(place), "preview", input],
      // Not aborted when the next edit comes: the answer is small, and a cut request is noise in the server's log.
      queryFn: () =>
        apiFetch<ProfilePreviewDto>(dashboardUrl(place, "/profiles/preview"), {
          method: "POST",
          body: input,
        }),
      placeholderData: keepPreviousData,
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: FRESH_MS,
      retry: false,
    }),
};
