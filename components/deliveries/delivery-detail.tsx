"use client";
// Owns one delivery in full: what it is, what can be done, its timeline, and the chosen attempt.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { LoadFailure } from "@/components/list/load-failure";
import { Badge } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy-button";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { Timestamp } from "@/components/ui/timestamp";
import { useLiveChanges } from "@/lib/client/live/use-live-changes";
import { isNotFound } from "@/lib/client/problem-error";
import { deliveryQueries } from "@/lib/client/queries/deliveries";
import { useViewer } from "@/lib/client/viewer-context";
import type { DeliveryDetailDto } from "@/lib/contracts/deliveries";
import { explainState } from "@/lib/domain/delivery/state-reasons";
import { AttemptTimeline } from "./attempt-timeline";
import { AttemptView } from "./attempt-view";
import { DeliveryActions } from "./delivery-actions";
import { DeliveryStatePill } from "./delivery-state-pill";
import { shortId, shortUrl } from "./format";
import { OutsideText } from "./outside-text";

interface DeliveryDetailProps {
  id: string;
  /** Back or close, at the head's start or end. */
  leading?: ReactNode;
  trailing?: ReactNode;
  /** Address of another delivery, shown in the same way. */
  hrefOf: (id: string) => string;
  onOpen: (id: string) => void;
}

/** Reads the delivery and follows its changes. */
export function DeliveryDetail({ id, leading, trailing, hrefOf, onOpen }: DeliveryDetailProps) {
  const { place } = useViewer();
  const client = useQueryClient();
  const query = useQuery(deliveryQueries.detail(place, id));
  useLiveChanges(place, (message) => {
    if (message.kind !== "deliveries") return;
    const isOurs = message.ids.length === 0 || message.ids.includes(id);
    if (isOurs) void client.invalidateQueries({ queryKey: deliveryQueries.detail(place, id).queryKey });
  });
  if (query.data !== undefined) {
    return <Loaded key={id} delivery={query.data} {...{ leading, trailing, hrefOf, onOpen }} />;
  }
  return (
    <div className="grid gap-4 p-4 sm:p-5">
      <div className="flex items-center justify-between gap-2">
        {leading}
        <span className="ml-auto">{trailing}</span>
      </div>
      {query.error === null ? (
        <DetailSkeleton />
      ) : (
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      )}
    </div>
  );
}

function LoadError({ error, onRetry }: { error: Error; onRetry: () => void }) {
  if (isNotFound(error)) {
    return (
      <ErrorState title="No such delivery here">
        It may belong to another environment, or retention has removed it.
      </ErrorState>
    );
  }
  return (
    <LoadFailure title="The delivery could not be loaded" error={error} onRetry={onRetry}>
      Nothing about the delivery has changed.
    </LoadFailure>
  );
}

function DetailSkeleton() {
  return (
    <div className="grid gap-4" aria-busy>
      <Skeleton className="h-6 w-56" />
      <Skeleton className="h-4 w-80 max-w-full" />
      <Skeleton className="h-24 w-full" />
      <Skeleton className="h-48 w-full" />
    </div>
  );
}

interface LoadedProps extends Omit<DeliveryDetailProps, "id"> {
  delivery: DeliveryDetailDto;
}

function Loaded({ delivery, leading, trailing, hrefOf, onOpen }: LoadedProps) {
  const { href } = useViewer();
  const [chosen, setChosen] = useState<number | null>(null);
  const latest = delivery.attempts.at(-1) ?? null;
  // Follows the newest attempt until a person chooses one.
  const attempt = delivery.attempts.find(({ number }) => number === chosen) ?? latest;
  const reason = explainState(delivery.state, delivery.state_reason);
  return (
    <article aria-label={`Delivery ${delivery.id}`} className="grid min-w-0 gap-5 p-4 sm:p-5">
      <header className="grid gap-3">
        <div className="flex flex-wrap items-center gap-2">
          {leading}
          <DeliveryStatePill state={delivery.state} inFlight={delivery.in_flight} />
          {delivery.trigger !== "event" && <Badge outline>{delivery.trigger}</Badge>}
          <div className="ml-auto flex items-center gap-1">
            <DeliveryActions delivery={delivery} onReplayed={onOpen} />
            {trailing}
          </div>
        </div>
        <h2 className="font-mono font-semibold text-ink text-lg wrap-anywhere">
          <OutsideText text={delivery.event_type} />
        </h2>
        {reason !== null && <p className="text-pretty text-muted text-sm">{reason}</p>}
        <Facts delivery={delivery} hrefOf={hrefOf} onOpen={onOpen} href={href} />
      </header>
      <section
        aria-label="Timeline"
        className="grid gap-2 rounded-lg border border-line bg-surface px-4 py-3"
      >
        <AttemptTimeline delivery={delivery} selected={attempt?.number ?? null} onSelect={setChosen} />
      </section>
      {attempt === null ? (
        <p className="text-muted text-sm">
          {delivery.state === "held"
            ? "Nothing has been sent yet. The delivery waits for its endpoint."
            : "Nothing has been sent yet."}
        </p>
      ) : (
        <AttemptView attempt={attempt} isPayloadAvailable={delivery.event.payload_available} />
      )}
    </article>
  );
}

interface FactsProps {
  delivery: DeliveryDetailDto;
  hrefOf: (id: string) => string;
  onOpen: (id: string) => void;
  href: (path?: string) => string;
}

function Facts({ delivery, hrefOf, onOpen, href }: FactsProps) {
  const { endpoint } = delivery;
  const link = "text-accent-ink underline-offset-4 hover:underline";
  const sibling = (id: string) => (
    <Link
      href={hrefOf(id)}
      prefetch={false}
      className={`${link} font-mono text-xs`}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        onOpen(id);
      }}
    >
      {shortId(id)}
    </Link>
  );
  return (
    <dl className="grid gap-x-6 text-sm [&_dd]:min-w-0 [&_dt]:text-subtle [&>div]:grid [&>div]:grid-cols-[5.5rem_minmax(0,1fr)] [&>div]:min-h-6.5 [&>div]:items-center">
      <div>
        <dt>Endpoint</dt>
        <dd className="flex flex-wrap items-center gap-x-2">
          <Link
            href={href(`/endpoints/${delivery.endpoint_id}`)}
            className={`${link} font-mono text-xs wrap-anywhere`}
          >
            <OutsideText text={shortUrl(delivery.endpoint_url)} />
          </Link>
          {endpoint.deleted ? (
            <Badge tone="neutral">deleted</Badge>
          ) : (
            endpoint.state !== "active" && (
              <Badge tone={endpoint.state === "paused" ? "paused" : "danger"}>{endpoint.state}</Badge>
            )
          )}
        </dd>
      </div>
      <div>
        <dt>Event</dt>
        <dd className="flex flex-wrap items-center gap-x-1">
          <Link
            href={href(`/events/${encodeURIComponent(delivery.event_id)}`)}
            className={`${link} font-mono text-xs wrap-anywhere`}
          >
            {delivery.event_id}
          </Link>
          <CopyButton value={delivery.event_id} label="Copy event id" />
          {delivery.event.subject !== null && (
            <span className="text-muted text-xs wrap-anywhere">
              about <OutsideText text={delivery.event.subject} />
            </span>
          )}
          {delivery.event.tenant !== null && (
            <span className="text-muted text-xs wrap-anywhere">
              for <OutsideText text={delivery.event.tenant} />
            </span>
          )}
        </dd>
      </div>
      <div>
        <dt>Delivery</dt>
        <dd className="flex flex-wrap items-center gap-x-1">
          <code className="font-mono text-ink text-xs wrap-anywhere">{delivery.id}</code>
          <CopyButton value={delivery.id} label="Copy delivery id" />
        </dd>
      </div>
      <div>
        <dt>Created</dt>
        <dd className="text-muted">
          <Timestamp value={delivery.created_at} mode="local" />
        </dd>
      </div>
      {delivery.replay_of !== null && (
        <div>
          <dt>Replay of</dt>
          <dd>{sibling(delivery.replay_of)}</dd>
        </div>
      )}
      {delivery.replays.length > 0 && (
        <div>
          <dt>{delivery.replays.length === 1 ? "Replay" : "Replays"}</dt>
          <dd className="flex flex-wrap items-center gap-x-3 gap-y-1 py-0.5">
            {delivery.replays.map((replay) => (
              <span key={replay.id} className="inline-flex items-center gap-1.5">
                {sibling(replay.id)}
                <DeliveryStatePill state={replay.state} plain />
              </span>
            ))}
          </dd>
        </div>
      )}
    </dl>
  );
}
