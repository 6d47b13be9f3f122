"use client";
// Owns a subject's callback: where its events go, what ends it, and ending it. For its endpoint's page and its subject's.

import { toast } from "sonner";
import { EndpointStatePill } from "@/components/endpoints/endpoint-state-pill";
import { EventTypeBadges } from "@/components/endpoints/event-type-badges";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { KeyValueList } from "@/components/ui/key-value-list";
import { LinkButton } from "@/components/ui/link-button";
import { Timestamp } from "@/components/ui/timestamp";
import { useEndCallback } from "@/lib/client/queries/subjects";
import { statusOf } from "@/lib/client/subjects/callback-words";
import { useViewer } from "@/lib/client/viewer-context";
import { visibleText } from "@/lib/client/visible-text";
import type { EndpointDto, EndpointEndDto } from "@/lib/contracts/endpoints";
import { CallbackStatusPill } from "./callback-status-pill";
import { useEndFacts } from "./end-words";
import { SubjectLink } from "./subject-link";

function EndButton({ subject }: { subject: string }) {
  const { place } = useViewer();
  const end = useEndCallback(place);
  return (
    <ConfirmDialog
      trigger={<Button size="sm">Unsubscribe</Button>}
      title="Unsubscribe this callback?"
      description={
        <>
          It takes no more events about{" "}
          <code className="font-mono text-xs wrap-anywhere">{visibleText(subject)}</code>. Deliveries that
          wait for a retry still go out. Setting the callback again over the API takes it back.
        </>
      }
      confirmLabel="Unsubscribe callback"
      onConfirm={async () => {
        await end.mutateAsync(subject);
        toast("The callback is unsubscribed.");
      }}
    />
  );
}

interface CallbackCardProps {
  endpoint: EndpointDto;
  end: EndpointEndDto;
  /** Where it stands: on its endpoint's page, or on its subject's. */
  on: "endpoint" | "subject";
}

export function CallbackCard({ endpoint, end, on }: CallbackCardProps) {
  const { href, can } = useViewer();
  const facts = useEndFacts(end);
  const [subject = ""] = endpoint.subjects;
  const isOpen = statusOf(end, Date.now()) === "active";
  return (
    <Card aria-label="Callback">
      <CardHeader title="Callback" actions={<CallbackStatusPill end={end} />} />
      <CardBody className="grid gap-3">
        <KeyValueList
          items={[
            ...(on === "endpoint"
              ? [{ key: "Subject", value: <SubjectLink subject={subject} /> }]
              : [
                  { key: "URL", value: visibleText(endpoint.url), mono: true },
                  { key: "Endpoint", value: <EndpointStatePill endpoint={endpoint} variant="plain" /> },
                  { key: "Events", value: <EventTypeBadges patterns={endpoint.event_types} max={6} /> },
                  { key: "Since", value: <Timestamp value={endpoint.created_at} mode="local" /> },
                ]),
            ...facts,
          ]}
        />
        <p className="text-pretty text-muted text-xs">
          {isOpen
            ? "Set over the API for this subject alone. The first event of a final type is the last that it takes."
            : "It takes no events. What was accepted before is still delivered; setting it again over the API takes it back."}
        </p>
      </CardBody>
      {(on === "subject" || (isOpen && can("endpoints:write"))) && (
        <CardFooter className="justify-start">
          {on === "subject" && (
            <LinkButton size="sm" href={href(`/endpoints/${endpoint.id}`)}>
              Log, secret and settings
            </LinkButton>
          )}
          {isOpen && can("endpoints:write") && <EndButton subject={subject} />}
        </CardFooter>
      )}
    </Card>
  );
}
