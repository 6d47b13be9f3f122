"use client";
// Owns one event type: what it means, its example, who takes it, and trying it.

import { useQuery } from "@tanstack/react-query";
import { Archive, ArchiveRestore, Pencil, Plus, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { toast } from "sonner";
import { BodyView } from "@/components/deliveries/body-view";
import { Badge } from "@/components/ui/badge";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { ErrorState } from "@/components/ui/error-state";
import { KeyValueList } from "@/components/ui/key-value-list";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { StatusPill } from "@/components/ui/status-pill";
import { Timestamp } from "@/components/ui/timestamp";
import { errorText } from "@/lib/client/problem-error";
import { catalogueQueries, useArchiveEventType, useDeleteEventType } from "@/lib/client/queries/catalogue";
import { endpointQueries } from "@/lib/client/queries/endpoints";
import { useViewer } from "@/lib/client/viewer-context";
import { visibleText } from "@/lib/client/visible-text";
import type { EventTypeDetailDto, EventTypeDto } from "@/lib/contracts/event-types";
import { SendExample } from "./send-example";
import { TypeFacts } from "./type-facts";
import { TypeSubscribers } from "./type-subscribers";

/** What the server had read when it rendered the page; `type` is null when it is not in the catalogue. */
export type InitialEventType = { type: EventTypeDetailDto | null; readAtMs: number };

function Actions({ type }: { type: EventTypeDetailDto }) {
  const { place, href } = useViewer();
  const router = useRouter();
  const archive = useArchiveEventType(place, type.id);
  const remove = useDeleteEventType(place, type);
  const { name } = type;
  return (
    <>
      {type.archived_at === null ? (
        <ConfirmDialog
          trigger={<Button icon={<Archive />}>Archive</Button>}
          title={`Archive ${name}?`}
          description="It is offered nowhere any more. Its events are accepted and delivered as before, and it can be taken back."
          confirmLabel="Archive event type"
          onConfirm={async () => {
            await archive.mutateAsync("archive");
            toast(`${name} is archived.`);
          }}
        />
      ) : (
        <Button
          icon={<ArchiveRestore />}
          loading={archive.isPending}
          onClick={() =>
            archive.mutate("restore", {
              onSuccess: () => toast(`${name} is offered again.`),
              onError: (error) => toast.error(errorText(error)),
            })
          }
        >
          Take back
        </Button>
      )}
      <ConfirmDialog
        trigger={
          <Button icon={<Trash2 />} variant="destructive-ghost">
            Delete
          </Button>
        }
        title={`Delete ${name}?`}
        description="Its description and example are lost. Events and endpoints carry the name, so they go on; as long as such events come, the type stays known from them."
        confirmLabel="Delete event type"
        destructive
        onConfirm={async () => {
          await remove.mutateAsync(undefined);
          toast(`${name} is out of the catalogue.`);
          router.push(href("/event-types"));
        }}
      />
      <LinkButton icon={<Pencil />} variant="primary" href={href(`/event-types/${type.id}/edit`)}>
        Edit
      </LinkButton>
    </>
  );
}

function Example({ type }: { type: EventTypeDetailDto | null }) {
  const { href, can } = useViewer();
  const attributes = Object.entries(type?.example_attributes ?? {});
  if (type === null || type.example_text === null) {
    return (
      <Card>
        <CardHeader
          title="Example"
          description="None yet. An example shows receivers' developers what to expect, and is what tests send."
          actions={
            type !== null &&
            can("endpoints:write") && (
              <LinkButton size="sm" href={href(`/event-types/${type.id}/edit`)}>
                Add an example
              </LinkButton>
            )
          }
        />
      </Card>
    );
  }
  return (
    <Card>
      <CardHeader title="Example" description="What tests send, byte for byte." />
      <CardBody className="grid grid-cols-1 gap-4">
        {(type.example_subject !== null || attributes.length > 0) && (
          <KeyValueList
            items={[
              ...(type.example_subject === null
                ? []
                : [{ key: "Subject", value: visibleText(type.example_subject), mono: true }]),
              ...attributes.map(([key, value]) => ({ key, value: visibleText(value), mono: true })),
            ]}
          />
        )}
        <BodyView title="data" text={type.example_text} maxHeight="max-h-[36rem]" />
      </CardBody>
    </Card>
  );
}

function NotThere({ name }: { name: string }) {
  const { href } = useViewer();
  return (
    <ErrorState
      title="There is no such event type here"
      action={<LinkButton href={href("/event-types")}>All event types</LinkButton>}
    >
      {name} is not in the catalogue, and no event of this name came lately.
    </ErrorState>
  );
}

export function TypePage({ name, initial }: { name: string; initial: InitialEventType }) {
  const { place, href, can } = useViewer();
  const detail = useQuery({
    ...catalogueQueries.detail(place, name),
    ...(initial.type === null
      ? { enabled: false }
      : { initialData: initial.type, initialDataUpdatedAt: initial.readAtMs }),
  });
  const list = useQuery(endpointQueries.eventTypes(place));
  const type = detail.data ?? null;
  const known: EventTypeDto | undefined = list.data?.find((one) => one.name === (type?.name ?? name));
  if (type === null && list.data === undefined && !list.isError) return <Skeleton className="h-64 w-full" />;
  if (type === null && known === undefined) return <NotThere name={name} />;
  const title = type?.name ?? name;
  return (
    <div className="mx-auto grid w-full max-w-7xl grid-cols-1 gap-6">
      <PageHeader
        breadcrumb={
          <Breadcrumb crumbs={[{ label: "Event types", href: href("/event-types") }, { label: title }]} />
        }
        title={<span className="font-mono text-lg">{title}</span>}
        status={
          type === null ? (
            <Badge outline>not described</Badge>
          ) : type.archived_at !== null ? (
            <StatusPill
              tone="neutral"
              reason="It is offered nowhere. Its events are accepted and delivered as before."
            >
              Archived
            </StatusPill>
          ) : undefined
        }
        description={type === null ? undefined : visibleText(type.description) || undefined}
        actions={can("endpoints:write") && type !== null && <Actions type={type} />}
      />
      {type === null && (
        <Callout
          actions={
            can("endpoints:write") && (
              <LinkButton
                size="sm"
                icon={<Plus />}
                href={href(`/event-types/new?name=${encodeURIComponent(name)}`)}
              >
                Describe it
              </LinkButton>
            )
          }
        >
          Known from events or from what endpoints subscribe to, but not described.
          {known?.last_seen_at != null && (
            <>
              {" "}
              Last seen <Timestamp value={known.last_seen_at} />.
            </>
          )}
        </Callout>
      )}
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid grid-cols-1 gap-4">
          <Example type={type} />
          <SendExample name={title} example={type?.example_text ?? null} />
        </div>
        <div className="grid grid-cols-1 gap-4">
          <TypeSubscribers name={title} />
          <TypeFacts type={type} known={known} isLoading={list.isPending} />
        </div>
      </div>
    </div>
  );
}
