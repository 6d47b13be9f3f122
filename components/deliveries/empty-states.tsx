"use client";
// Owns what the list says when it has no rows: nothing has happened yet, or the filters leave nothing.

import { useQuery } from "@tanstack/react-query";
import { Send } from "lucide-react";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { NoMatches, NothingYet } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { firstRequest } from "@/lib/client/api-keys/first-request";
import { endpointChoices } from "@/lib/client/queries/endpoint-choices";
import { useViewer } from "@/lib/client/viewer-context";

export function NoDeliveriesYet({ endpointId }: { endpointId?: string | undefined }) {
  const { place, href } = useViewer();
  const endpoints = useQuery(endpointChoices(place));
  const request = firstRequest(typeof window === "undefined" ? "" : window.location.origin, ["events:write"]);
  const needsEndpoint = endpointId === undefined && endpoints.data?.length === 0;
  return (
    <div className="grid justify-items-center pb-10">
      <NothingYet
        icon={<Send />}
        title="No deliveries yet"
        className="pb-6"
        action={
          needsEndpoint ? (
            <LinkButton href={href("/endpoints/new")} variant="primary">
              Add an endpoint
            </LinkButton>
          ) : (
            <LinkButton href={href("/api-keys")}>Create an API key</LinkButton>
          )
        }
      >
        {needsEndpoint
          ? "Deliveries appear when an event meets an endpoint that wants it. Start with an endpoint; the Inbox gives you one to try with."
          : "Every event that an endpoint wants makes one delivery here, the moment it is accepted."}
      </NothingYet>
      <div className="w-full max-w-2xl px-4 text-left">
        <CodeBlock title="Send a first event" code={request.code} copyLabel="Copy the command" />
      </div>
    </div>
  );
}

export function NoMatchingDeliveries({ onClear }: { onClear: () => void }) {
  return (
    <NoMatches
      what="deliveries"
      action={
        <Button size="sm" onClick={onClear}>
          Clear filters
        </Button>
      }
    >
      Everything that is kept has been searched.
    </NoMatches>
  );
}
