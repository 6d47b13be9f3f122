"use client";
// Owns what a list of deliveries says before there are any, in an environment and at one endpoint.

import { useQuery } from "@tanstack/react-query";
import { Send } from "lucide-react";
import { FirstEvent } from "@/components/list/first-event";
import { NothingYet } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { endpointChoices } from "@/lib/client/queries/endpoint-choices";
import { useViewer } from "@/lib/client/viewer-context";

const TITLE = "No deliveries yet";

export function NoDeliveriesYet() {
  const { place, href, can } = useViewer();
  const endpoints = useQuery(endpointChoices(place));
  if (endpoints.data?.length !== 0) {
    return (
      <FirstEvent icon={<Send />} title={TITLE}>
        Every event that an endpoint wants makes one delivery here, the moment it is accepted.
      </FirstEvent>
    );
  }
  return (
    <FirstEvent
      icon={<Send />}
      title={TITLE}
      action={
        can("endpoints:write") && (
          <LinkButton href={href("/endpoints/new/url")} variant="primary">
            Add an endpoint
          </LinkButton>
        )
      }
    >
      Deliveries appear when an event meets an endpoint that wants it. Start with an endpoint; the Inbox gives
      you one to try with.
    </FirstEvent>
  );
}

/** At one endpoint; its page has the button that sends a test. */
export function NoDeliveriesHereYet() {
  return (
    <NothingYet icon={<Send />} title={TITLE}>
      Each event that this endpoint subscribes to makes one delivery here, the moment it is accepted. A test
      event does too.
    </NothingYet>
  );
}
