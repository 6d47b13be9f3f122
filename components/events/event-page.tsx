"use client";
// Owns one event: what came in, byte for byte, and who got it.

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { BodyView } from "@/components/deliveries/body-view";
import { formatBytes } from "@/components/deliveries/format";
import { OutsideText } from "@/components/deliveries/outside-text";
import { LoadFailure } from "@/components/list/load-failure";
import { SubjectLink } from "@/components/subjects/subject-link";
import { Badge } from "@/components/ui/badge";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { CopyButton } from "@/components/ui/copy-button";
import { ErrorState } from "@/components/ui/error-state";
import { KeyValueList } from "@/components/ui/key-value-list";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { Timestamp } from "@/components/ui/timestamp";
import { isNotFound } from "@/lib/client/problem-error";
import { eventQueries } from "@/lib/client/queries/events";
import { useViewer } from "@/lib/client/viewer-context";
import type { EventDetailDto } from "@/lib/contracts/events";
import { PAYLOAD_DAYS } from "@/lib/domain/retention";
import { EventDeliveries } from "./event-deliveries";
import { NotDelivered } from "./not-delivered";

export function EventPage({ id }: { id: string }) {
  const { place, href } = useViewer();
  const query = useQuery(eventQueries.detail(place, id));
  const breadcrumb = (
    <Breadcrumb
      crumbs={[
        { label: "Events", href: href("/events") },
        { label: <code className="font-mono text-xs">{id}</code> },
      ]}
    />
  );
  if (query.data !== undefined) return <Loaded event={query.data} breadcrumb={breadcrumb} />;
  return (
    <div className="mx-auto grid max-w-5xl gap-6">
      <PageHeader title="Event" breadcrumb={breadcrumb} />
      {query.error === null ? (
        <div className="grid gap-4" aria-busy>
          <Skeleton className="h-6 w-64" />
          <Skeleton className="h-40 w-full" />
        </div>
      ) : isNotFound(query.error) ? (
        <ErrorState title="No such event here">
          It may belong to another environment, or retention has removed it.
        </ErrorState>
      ) : (
        <LoadFailure
          title="The event could not be loaded"
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      )}
    </div>
  );
}

function Loaded({ event, breadcrumb }: { event: EventDetailDto; breadcrumb: ReactNode }) {
  const attributes = Object.entries(event.attributes ?? {});
  return (
    <div className="mx-auto grid max-w-5xl grid-cols-[minmax(0,1fr)] gap-6">
      <PageHeader
        title={
          <span className="font-mono text-lg">
            <OutsideText text={event.type} />
          </span>
        }
        status={event.test ? <Badge outline>test</Badge> : undefined}
        breadcrumb={breadcrumb}
      />
      <KeyValueList
        className="rounded-lg border border-line bg-surface p-4 lg:grid-cols-2 lg:gap-x-8"
        items={[
          {
            key: "Event id",
            mono: true,
            value: (
              <span className="inline-flex max-w-full items-start gap-1">
                <span className="min-w-0">{event.id}</span>
                <CopyButton value={event.id} label="Copy event id" className="-my-1" />
              </span>
            ),
          },
          { key: "Accepted", value: <Timestamp value={event.created_at} mode="local" /> },
          { key: "Happened", value: <Timestamp value={event.timestamp} mode="local" /> },
          { key: "Subject", value: event.subject === null ? "–" : <SubjectLink subject={event.subject} /> },
          { key: "Tenant", value: event.tenant === null ? "–" : <OutsideText text={event.tenant} /> },
          { key: "Payload", value: formatBytes(event.data_size) },
          ...attributes.map(([name, value]) => ({ key: name, value: <OutsideText text={value} /> })),
        ]}
      />
      <section aria-labelledby="event-deliveries" className="grid gap-3">
        <h2 id="event-deliveries" className="font-semibold text-base text-ink">
          Who got it
        </h2>
        <EventDeliveries event={event} />
      </section>
      <NotDelivered eventId={event.id} />
      <section aria-labelledby="event-payload" className="grid min-w-0 gap-3">
        <h2 id="event-payload" className="font-semibold text-base text-ink">
          Payload
        </h2>
        {event.data_text === null ? (
          <p className="text-muted text-sm">
            Cleared by retention
            {event.payload_cleared_at !== null && (
              <>
                {" "}
                on <Timestamp value={event.payload_cleared_at} mode="local" />
              </>
            )}
            . Payloads are kept {PAYLOAD_DAYS} days.
          </p>
        ) : (
          <BodyView
            title="data"
            text={event.data_text}
            facts={[{ label: formatBytes(event.data_size) }]}
            maxHeight="max-h-[40rem]"
          />
        )}
      </section>
    </div>
  );
}
