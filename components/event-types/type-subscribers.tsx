"use client";
// Owns which endpoints take an event type, and by which of their subscriptions.

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { EndpointName } from "@/components/endpoints/endpoint-name";
import { EndpointStatePill } from "@/components/endpoints/endpoint-state-pill";
import { LoadFailure } from "@/components/list/load-failure";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { catalogueQueries, SUBSCRIBERS_SHOWN } from "@/lib/client/queries/catalogue";
import { useViewer } from "@/lib/client/viewer-context";
import type { EndpointDto } from "@/lib/contracts/endpoints";
import { matchesEventType } from "@/lib/domain/endpoint/event-type-match";

/** What else an event must be before it reaches the endpoint. */
function conditionsOf(endpoint: EndpointDto): string[] {
  return [
    ...(endpoint.tenant === null ? [] : ["one tenant"]),
    ...(endpoint.subjects.length === 0 ? [] : ["certain subjects"]),
    ...(endpoint.filter === null ? [] : ["filter"]),
  ];
}

function Row({ endpoint, name }: { endpoint: EndpointDto; name: string }) {
  const { href } = useViewer();
  const by = endpoint.event_types.filter((pattern) => matchesEventType([pattern], name));
  return (
    <li className="relative grid grid-cols-1 gap-1.5 px-4 py-2.5 hover:bg-hover">
      <div className="flex min-w-0 items-start justify-between gap-3">
        <Link
          href={href(`/endpoints/${endpoint.id}`)}
          className="min-w-0 rounded-xs after:absolute after:inset-0"
        >
          <EndpointName endpoint={endpoint} />
        </Link>
        <span className="relative shrink-0">
          <EndpointStatePill endpoint={endpoint} variant="plain" />
        </span>
      </div>
      <span className="flex flex-wrap items-center gap-1">
        {by.map((pattern) => (
          <Badge key={pattern} mono>
            {pattern}
          </Badge>
        ))}
        {conditionsOf(endpoint).map((condition) => (
          <Badge key={condition} outline>
            {condition}
          </Badge>
        ))}
      </span>
    </li>
  );
}

export function TypeSubscribers({ name }: { name: string }) {
  const { place } = useViewer();
  const query = useQuery(catalogueQueries.subscribers(place, name));
  const endpoints = query.data?.data;
  return (
    <Card>
      <CardHeader title="Who takes it" />
      {query.isError && endpoints === undefined ? (
        <LoadFailure
          title="Its endpoints could not be loaded"
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      ) : endpoints === undefined ? (
        <CardBody>
          <Skeleton className="h-16 w-full" />
        </CardBody>
      ) : endpoints.length === 0 ? (
        <CardBody>
          <p className="text-muted text-sm">No endpoint of this environment.</p>
        </CardBody>
      ) : (
        <ul className="divide-y divide-line border-t">
          {endpoints.map((endpoint) => (
            <Row key={endpoint.id} endpoint={endpoint} name={name} />
          ))}
        </ul>
      )}
      {query.data?.next_cursor != null && (
        <p className="border-t px-4 py-2.5 text-subtle text-xs">The newest {SUBSCRIBERS_SHOWN} are shown.</p>
      )}
    </Card>
  );
}
