"use client";
// Owns one subject: its callback, what else is scoped to it, what happened to it, and how to fetch that.

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { DataTable } from "@/components/data-table/data-table";
import { EndpointName } from "@/components/endpoints/endpoint-name";
import { EndpointStatePill } from "@/components/endpoints/endpoint-state-pill";
import { useLiveEndpoints } from "@/components/endpoints/page/use-endpoint";
import { EVENT_COLUMNS } from "@/components/events/columns";
import { LoadFailure } from "@/components/list/load-failure";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { Skeleton } from "@/components/ui/skeleton";
import { subjectQueries } from "@/lib/client/queries/subjects";
import { useViewer } from "@/lib/client/viewer-context";
import type { EndpointDto } from "@/lib/contracts/endpoints";
import { CallbackCard } from "./callback-card";
import { PollCard } from "./poll-card";

const COLUMNS = EVENT_COLUMNS.filter(({ id }) =>
  ["time", "type", "id", "deliveries", "summary"].includes(id),
);

function Events({ subject }: { subject: string }) {
  const { place, href } = useViewer();
  const query = useQuery(subjectQueries.events(place, subject));
  const rows = query.data;
  return (
    <Card className="overflow-hidden">
      <CardHeader
        title="Its events"
        description="Newest first."
        actions={
          <LinkButton size="sm" href={href(`/events?subject=${encodeURIComponent(subject)}`)}>
            All of them
          </LinkButton>
        }
      />
      <div className="border-t">
        {query.isError && rows === undefined ? (
          <LoadFailure
            title="Events could not be loaded"
            error={query.error}
            onRetry={() => void query.refetch()}
          />
        ) : (
          <DataTable
            label="Events about the subject"
            density="compact"
            columns={COLUMNS}
            rows={rows}
            getRowId={({ id }) => id}
            getRowHref={({ id }) => href(`/events/${encodeURIComponent(id)}`)}
            skeletonRows={4}
            empty={<p className="px-4 py-6 text-muted text-sm">No event about it is kept.</p>}
          />
        )}
      </div>
    </Card>
  );
}

function Scoped({ endpoints }: { endpoints: EndpointDto[] }) {
  const { href } = useViewer();
  return (
    <Card>
      <CardHeader
        title="Scoped to it"
        description="Endpoints and subscriptions that name this subject. Those without subjects get its events too."
      />
      {endpoints.length === 0 ? (
        <CardBody>
          <p className="text-muted text-sm">None.</p>
        </CardBody>
      ) : (
        <ul className="divide-y divide-line border-t">
          {endpoints.map((endpoint) => (
            <li
              key={endpoint.id}
              className="relative flex min-w-0 items-start justify-between gap-3 px-4 py-2.5 hover:bg-hover"
            >
              <Link
                href={href(`/endpoints/${endpoint.id}`)}
                className="min-w-0 rounded-xs after:absolute after:inset-0"
              >
                <EndpointName endpoint={endpoint} />
              </Link>
              <span className="relative shrink-0">
                <EndpointStatePill endpoint={endpoint} variant="plain" />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function NoCallback() {
  return (
    <Card aria-label="Callback">
      <CardHeader
        title="Callback"
        description="This subject has none. Your backend sets one over the API, where its events then go."
        actions={
          <LinkButton size="sm" href="/docs/events#callbacks">
            How
          </LinkButton>
        }
      />
    </Card>
  );
}

export function SubjectView({ subject, publicUrl }: { subject: string; publicUrl: string }) {
  const { place } = useViewer();
  useLiveEndpoints();
  const scoped = useQuery(subjectQueries.scoped(place, subject));
  const callback = scoped.data?.find(({ kind }) => kind === "callback");
  return (
    <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="grid grid-cols-1 gap-4">
        <Events subject={subject} />
        <PollCard key={subject} subject={subject} publicUrl={publicUrl} />
      </div>
      <div className="grid grid-cols-1 gap-4">
        {scoped.isError && scoped.data === undefined ? (
          <LoadFailure
            title="Its endpoints could not be loaded"
            error={scoped.error}
            onRetry={() => void scoped.refetch()}
          />
        ) : scoped.data === undefined ? (
          <Skeleton className="h-48 w-full" />
        ) : (
          <>
            {callback?.callback ? (
              <CallbackCard endpoint={callback} end={callback.callback} on="subject" />
            ) : (
              <NoCallback />
            )}
            <Scoped endpoints={scoped.data.filter(({ kind }) => kind !== "callback")} />
          </>
        )}
      </div>
    </div>
  );
}
