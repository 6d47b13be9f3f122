// Owns how the overview is read from the browser.
import { queryOptions } from "@tanstack/react-query";
import type { OverviewDto } from "@/lib/contracts/overview";
import { apiFetch, dashboardUrl, type Place } from "../api";

/** Numbers move by the live stream; this catches what the stream does not tell of (keys, time passing). */
const REFRESH_MS = 10_000;

export const overviewQueries = {
  all: (place: Place) => [place.workspace, place.environment, "overview"] as const,
  detail: (place: Place) =>
    queryOptions({
      queryKey: [...overviewQueries.all(place), "detail"],
      queryFn: ({ signal }) => apiFetch<OverviewDto>(dashboardUrl(place, "/overview"), { signal }),
      refetchInterval: REFRESH_MS,
    }),
};
