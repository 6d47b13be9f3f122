"use client";
// Owns the tab with the endpoints of this environment that use a profile, each with the version that it sends.

import { useInfiniteQuery } from "@tanstack/react-query";
import { Plus, Waypoints } from "lucide-react";
import type { DataTableColumn } from "@/components/data-table/columns";
import { DataTable } from "@/components/data-table/data-table";
import { LoadMore } from "@/components/data-table/load-more";
import { EndpointName } from "@/components/endpoints/endpoint-name";
import { EndpointStatePill } from "@/components/endpoints/endpoint-state-pill";
import { LoadFailure } from "@/components/list/load-failure";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { NothingYet } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { StatusPill } from "@/components/ui/status-pill";
import { countOf } from "@/lib/client/count-of";
import { endpointQueries } from "@/lib/client/queries/endpoints";
import { useViewer } from "@/lib/client/viewer-context";
import type { EndpointDto, ProfileSetting } from "@/lib/contracts/endpoints";
import { useProfile } from "./use-profile";

const OWN_WORDS: Record<ProfileSetting, string> = {
  timeout_ms: "timeout",
  retry_policy: "retries",
  auto_disable: "failing",
};

const COLUMNS: DataTableColumn<EndpointDto>[] = [
  {
    id: "state",
    header: "State",
    card: "meta",
    className: "w-28",
    skeleton: "w-16",
    cell: (endpoint) => <EndpointStatePill endpoint={endpoint} variant="plain" />,
  },
  {
    id: "endpoint",
    header: "Endpoint",
    card: "title",
    skeleton: "w-64",
    lines: 2,
    cell: (endpoint) => <EndpointName endpoint={endpoint} className="py-0.5" />,
  },
  {
    id: "own",
    header: "Set for it alone",
    card: "line",
    className: "w-56 max-lg:hidden",
    skeleton: "w-20",
    cell: ({ overrides }) =>
      overrides.length === 0 ? (
        <span className="text-subtle text-xs">follows the profile</span>
      ) : (
        <span className="flex flex-wrap gap-1">
          {overrides.map((name) => (
            <Badge key={name} outline>
              {OWN_WORDS[name]}
            </Badge>
          ))}
        </span>
      ),
  },
  {
    id: "version",
    header: "Version",
    card: "line",
    className: "w-40",
    skeleton: "w-16",
    cell: ({ profile }) =>
      profile.version < profile.latest_version ? (
        <StatusPill tone="warning" variant="plain">
          <span className="@2xl/data-table:hidden">version </span>
          {profile.version}, newest is {profile.latest_version}
        </StatusPill>
      ) : (
        <span className="text-muted text-xs">
          <span className="@2xl/data-table:hidden">version </span>
          <span className="tabular">{profile.version}</span>
        </span>
      ),
  },
];

export function ProfileEndpoints({ slug }: { slug: string }) {
  const { place, href, can, environment } = useViewer();
  const { data: profile } = useProfile(slug);
  const list = useInfiniteQuery(
    endpointQueries.list(place, { state: null, search: "", tenant: null, profile: slug }),
  );
  const rows = list.data?.pages.flatMap((page) => page.data);
  const elsewhere = profile?.endpoints_elsewhere ?? 0;
  const other = environment.kind === "live" ? "sandbox" : "live";
  return (
    <div className="grid grid-cols-1 gap-3">
      <Card className="overflow-hidden">
        {list.isError && rows === undefined ? (
          <LoadFailure
            title="Endpoints could not be loaded"
            error={list.error}
            onRetry={() => void list.refetch()}
          />
        ) : (
          <DataTable
            label="Endpoints that use it"
            columns={COLUMNS}
            rows={rows}
            getRowId={(endpoint) => endpoint.id}
            getRowHref={(endpoint) => href(`/endpoints/${endpoint.id}`)}
            skeletonRows={3}
            empty={
              <NothingYet
                icon={<Waypoints />}
                title={`No endpoint of the ${environment.kind} environment uses it`}
                action={
                  can("endpoints:write") && (
                    <LinkButton href={href("/endpoints/new/url")} icon={<Plus />}>
                      New endpoint
                    </LinkButton>
                  )
                }
              >
                Choose it in an endpoint's settings, under Profile.
              </NothingYet>
            }
          />
        )}
        <LoadMore query={list} label="Show more endpoints" />
      </Card>
      {elsewhere > 0 && (
        <p className="text-muted text-sm">
          {countOf(elsewhere, "more endpoint", "more endpoints")} in the {other} environment.
        </p>
      )}
    </div>
  );
}
