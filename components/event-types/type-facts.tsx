"use client";
// Owns what else is known of an event type: when it was seen, where it comes from, where its events are.

import Link from "next/link";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { KeyValueList } from "@/components/ui/key-value-list";
import { LinkButton } from "@/components/ui/link-button";
import { Skeleton } from "@/components/ui/skeleton";
import { Timestamp } from "@/components/ui/timestamp";
import { useViewer } from "@/lib/client/viewer-context";
import type { EventTypeDetailDto, EventTypeDto } from "@/lib/contracts/event-types";

interface TypeFactsProps {
  /** Null for a type that is not in the catalogue. */
  type: EventTypeDetailDto | null;
  /** As the list has it. */
  known: EventTypeDto | undefined;
  isLoading: boolean;
}

export function TypeFacts({ type, known, isLoading }: TypeFactsProps) {
  const { href } = useViewer();
  const name = type?.name ?? known?.name ?? "";
  const at = encodeURIComponent(name);
  return (
    <Card>
      <CardHeader title="In this environment" />
      <CardBody className="grid grid-cols-1 gap-3">
        <KeyValueList
          items={[
            {
              key: "Last seen",
              value: isLoading ? (
                <Skeleton className="h-4 w-24" />
              ) : known?.last_seen_at == null ? (
                "Not among the latest events"
              ) : (
                <Timestamp value={known.last_seen_at} />
              ),
            },
            ...(type === null
              ? []
              : [
                  {
                    key: "Came with",
                    value:
                      type.pack === null ? (
                        "No pack"
                      ) : (
                        <Link
                          href={href("/event-types/packs")}
                          className="rounded-xs text-accent-ink underline-offset-4 hover:underline"
                        >
                          The pack {type.pack}
                        </Link>
                      ),
                  },
                  { key: "In the catalogue", value: <Timestamp value={type.created_at} mode="local" /> },
                ]),
          ]}
        />
        <div className="flex flex-wrap gap-2">
          <LinkButton size="sm" href={href(`/events?type=${at}`)}>
            Its events
          </LinkButton>
          <LinkButton size="sm" href={href(`/deliveries?type=${at}`)}>
            Its deliveries
          </LinkButton>
        </div>
      </CardBody>
    </Card>
  );
}
