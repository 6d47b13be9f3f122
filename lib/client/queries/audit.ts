// Owns how the audit trail is read from the browser.
import { infiniteQueryOptions } from "@tanstack/react-query";
import type { AuditEntryDto } from "@/lib/contracts/audit";
import type { Page } from "@/lib/contracts/common";
import { apiFetch, dashboardUrl, type Place } from "../api";

export type AuditFilters = { target: string | null; action: string | null };

export const auditQueries = {
  all: (place: Place) => [place.workspace, place.environment, "audit"] as const,
  list: (place: Place, filters: AuditFilters) =>
    infiniteQueryOptions({
      queryKey: [...auditQueries.all(place), "list", filters],
      queryFn: ({ pageParam, signal }) =>
        apiFetch<Page<AuditEntryDto>>(
          dashboardUrl(place, "/audit", { limit: 50, cursor: pageParam, ...filters }),
          { signal },
        ),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next_cursor,
    }),
};
