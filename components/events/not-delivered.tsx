"use client";
// Owns why the other endpoints did not get an event: each with its reason, by the settings of now.

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { OutsideText } from "@/components/deliveries/outside-text";
import { LoadFailure } from "@/components/list/load-failure";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { Timestamp } from "@/components/ui/timestamp";
import { eventQueries } from "@/lib/client/queries/events";
import { useViewer } from "@/lib/client/viewer-context";
import type { NotDeliveredCode, NotDeliveredDto } from "@/lib/contracts/explanations";

/** The rest is a press away: an environment may have a thousand endpoints. */
const SHOWN = 20;

const WORDS: Record<NotDeliveredCode, string> = {
  test_event: "Test",
  created_later: "Created later",
  callback_ended: "Callback ended",
  event_type: "Other events",
  tenant: "Other tenant",
  subject: "Other subject",
  filter_false: "Filter",
  filter_missing_member: "Filter: field missing",
  filter_type_mismatch: "Filter: other type",
  filter_not_boolean: "Filter: no answer",
  filter_unknown: "Filter unknown",
  wanted_now: "Wanted now",
};

/** What somebody may want to act on stands above what is simply not for the endpoint. */
const RANK: Partial<Record<NotDeliveredCode, number>> = {
  event_type: 2,
  tenant: 2,
  test_event: 2,
  created_later: 1,
};
const rank = ({ reason }: NotDeliveredDto) => RANK[reason] ?? 0;

function Row({ endpoint }: { endpoint: NotDeliveredDto }) {
  const { href } = useViewer();
  return (
    <li className="grid grid-cols-1 gap-x-4 gap-y-1 px-4 py-2.5 text-sm sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      <Link
        href={href(`/endpoints/${endpoint.endpoint_id}`)}
        className="min-w-0 truncate rounded-xs text-accent-ink underline-offset-4 hover:underline"
      >
        {endpoint.description === "" ? (
          <span className="font-mono text-xs">
            <OutsideText text={endpoint.url} />
          </span>
        ) : (
          <OutsideText text={endpoint.description} />
        )}
      </Link>
      <div className="flex min-w-0 flex-wrap items-baseline gap-x-2 gap-y-0.5">
        <Badge outline>{WORDS[endpoint.reason]}</Badge>
        <span className="min-w-0 text-pretty text-muted text-xs leading-5 wrap-anywhere">
          <OutsideText text={endpoint.detail} />
        </span>
      </div>
    </li>
  );
}

export function NotDelivered({ eventId }: { eventId: string }) {
  const { place } = useViewer();
  const query = useQuery(eventQueries.explanation(place, eventId));
  const [isWhole, setWhole] = useState(false);
  const others = query.data?.not_delivered.toSorted((a, b) => rank(a) - rank(b));
  if (others?.length === 0) return null;
  const shown = isWhole ? others : others?.slice(0, SHOWN);
  return (
    <section aria-labelledby="event-others" className="grid gap-3">
      <div className="grid gap-0.5">
        <h2 id="event-others" className="font-semibold text-base text-ink">
          Who did not get it, and why
        </h2>
        <p className="text-pretty text-muted text-sm">
          By the endpoints' settings of now, not of when it came in
          {query.data !== undefined && (
            <>
              {" "}
              (<Timestamp value={query.data.computed_at} mode="local" />)
            </>
          )}
          .
        </p>
      </div>
      {query.isError && others === undefined ? (
        <LoadFailure
          title="The reasons could not be loaded"
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      ) : shown === undefined ? (
        <Skeleton className="h-24 w-full" />
      ) : (
        <Card className="overflow-hidden p-0">
          <ul aria-labelledby="event-others" className="divide-y divide-line">
            {shown.map((endpoint) => (
              <Row key={endpoint.endpoint_id} endpoint={endpoint} />
            ))}
          </ul>
        </Card>
      )}
      {others !== undefined && shown !== undefined && shown.length < others.length && (
        <Button size="sm" className="justify-self-start" onClick={() => setWhole(true)}>
          Show all {others.length} endpoints
        </Button>
      )}
    </section>
  );
}
