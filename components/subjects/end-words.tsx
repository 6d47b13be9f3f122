"use client";
// Owns when a callback ends or has ended, in one line or as facts.

import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Timestamp } from "@/components/ui/timestamp";
import { statusOf } from "@/lib/client/subjects/callback-words";
import { useViewer } from "@/lib/client/viewer-context";
import type { EndpointEndDto } from "@/lib/contracts/endpoints";

/** "expires in 3 d, or with reference.completed": for a row. */
export function EndLine({ end }: { end: EndpointEndDto }) {
  const status = statusOf(end, Date.now());
  if (status === "unsubscribed" && end.unsubscribed_at !== null) {
    return (
      <>
        ended <Timestamp value={end.unsubscribed_at} focusable={false} />
      </>
    );
  }
  const when = end.expires_at !== null && (
    <>
      {status === "expired" ? "expired " : "expires "}
      <Timestamp value={end.expires_at} focusable={false} />
    </>
  );
  if (status === "expired") return when;
  const final = end.unsubscribe_on.length > 0 && (
    <>
      {when ? ", or with " : "ends with "}
      <span className="font-mono text-2xs">{end.unsubscribe_on.join(", ")}</span>
    </>
  );
  return when || final ? (
    <>
      {when}
      {final}
    </>
  ) : (
    "until it is unsubscribed"
  );
}

/** Facts for a list of them. */
export function useEndFacts(end: EndpointEndDto) {
  const { href } = useViewer();
  const event = end.unsubscribed_by_event;
  return [
    {
      key: "Expires",
      value: end.expires_at === null ? "Never" : <Timestamp value={end.expires_at} mode="local" />,
    },
    {
      key: "Final types",
      value:
        end.unsubscribe_on.length === 0 ? (
          "None"
        ) : (
          <span className="flex flex-wrap gap-1">
            {end.unsubscribe_on.map((type) => (
              <Badge key={type} mono>
                {type}
              </Badge>
            ))}
          </span>
        ),
    },
    ...(end.unsubscribed_at === null
      ? []
      : [{ key: "Ended", value: <Timestamp value={end.unsubscribed_at} mode="local" /> }]),
    ...(event === null
      ? []
      : [
          {
            key: "By event",
            mono: true,
            value: (
              <Link
                href={href(`/events/${encodeURIComponent(event)}`)}
                className="rounded-xs text-accent-ink underline-offset-4 hover:underline"
              >
                {event}
              </Link>
            ),
          },
        ]),
  ];
}
