// Owns the short list of endpoints that are not delivering everything; the long one is the page of endpoints.

import { CircleCheck } from "lucide-react";
import Link from "next/link";
import { EndpointName } from "@/components/endpoints/endpoint-name";
import { EndpointStatePill } from "@/components/endpoints/endpoint-state-pill";
import { countOf } from "@/lib/client/count-of";
import type { TroubledEndpointDto } from "@/lib/contracts/overview";

function trouble({ failed_24h: failed, retrying, succeeded_24h: succeeded }: TroubledEndpointDto): string {
  const parts = [
    failed > 0 ? `${countOf(failed, "delivery", "deliveries")} failed` : "",
    retrying > 0 ? `${countOf(retrying, "delivery", "deliveries")} being retried` : "",
    succeeded > 0 ? `${succeeded.toLocaleString("en-US")} succeeded` : "",
  ].filter(Boolean);
  return parts.join(" · ") || "nothing in the last 24 hours";
}

interface TroubledListProps {
  endpoints: readonly TroubledEndpointDto[];
  endpointHref: (id: string) => string;
}

export function TroubledList({ endpoints, endpointHref }: TroubledListProps) {
  if (endpoints.length === 0) {
    return (
      <p className="flex items-center gap-2 border-t px-4 py-4 text-muted text-sm">
        <CircleCheck className="size-4 text-success" aria-hidden />
        Every endpoint takes what it is sent.
      </p>
    );
  }
  return (
    <ul>
      {endpoints.map((endpoint) => (
        <li key={endpoint.id} className="border-t">
          <Link
            href={endpointHref(endpoint.id)}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-4 py-2.5 transition-colors hover:bg-hover focus-visible:-outline-offset-2 sm:flex"
          >
            <EndpointName endpoint={endpoint} className="sm:flex-1" />
            {/* That it is active goes without saying, and green would not go with trouble. */}
            {endpoint.state !== "active" && <EndpointStatePill endpoint={endpoint} />}
            <span className="tabular col-span-2 text-muted text-xs">{trouble(endpoint)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
