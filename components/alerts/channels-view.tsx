"use client";
// Owns the list of channels: where alerts go, how the newest message ended, testing, changing, ending one.

import { useQuery } from "@tanstack/react-query";
import { MoreHorizontal, Plus, RadioTower } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { LoadFailure } from "@/components/list/load-failure";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog } from "@/components/ui/dialog";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { NothingYet } from "@/components/ui/empty-state";
import { IconButton } from "@/components/ui/icon-button";
import { Skeleton } from "@/components/ui/skeleton";
import { StatusPill } from "@/components/ui/status-pill";
import { Timestamp } from "@/components/ui/timestamp";
import { errorText } from "@/lib/client/problem-error";
import {
  alertQueries,
  useDeleteChannel,
  useRotateChannelSecret,
  useTestChannel,
} from "@/lib/client/queries/alerts";
import { useViewer } from "@/lib/client/viewer-context";
import { visibleText } from "@/lib/client/visible-text";
import type { ChannelDto } from "@/lib/contracts/alerts";
import { ALERT_KINDS } from "@/lib/domain/alerts/kinds";
import { resultWords, VIA_LABELS } from "./alert-words";
import { ChannelDialog, SecretContent } from "./channel-dialog";

function LastResult({ channel }: { channel: ChannelDto }) {
  const result = channel.last_result;
  if (!channel.enabled) return <span className="text-subtle">Off</span>;
  if (result === null) return <span className="text-subtle">Nothing sent yet</span>;
  const { tone, label } = resultWords(result);
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <StatusPill tone={tone} variant="plain">
        {label}
      </StatusPill>
      <Timestamp value={result.at} />
      {result.error !== null && <span className="text-muted">{visibleText(result.error)}</span>}
    </span>
  );
}

interface RowProps {
  channel: ChannelDto;
  onEdit: () => void;
  onDelete: () => void;
  onRotate: () => void;
}

function ChannelRow({ channel, onEdit, onDelete, onRotate }: RowProps) {
  const { place, can } = useViewer();
  const test = useTestChannel(place);
  const name = visibleText(channel.name);

  function runTest() {
    test.mutate(channel.id, {
      onSuccess: ({ results }) => {
        const failed = results.find(({ outcome }) => outcome === "failed");
        if (failed) toast.error(`${failed.recipient}: ${failed.error}`);
        else if (results.some(({ outcome }) => outcome === "kept"))
          toast("There is no mail server: the test is kept under Mail.");
        else toast(`The test went out to ${channel.hint}.`);
      },
      onError: (error) => toast.error(errorText(error)),
    });
  }

  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-4 py-3 text-sm">
      <div className="grid min-w-0 flex-1 basis-64 gap-1">
        <span className="flex min-w-0 flex-wrap items-center gap-2">
          <span className="truncate font-medium text-ink">{name}</span>
          <Badge outline>{VIA_LABELS[channel.via]}</Badge>
          <span className="truncate text-muted">{visibleText(channel.hint)}</span>
        </span>
        <span className="text-muted text-xs">
          {channel.kinds.length === ALERT_KINDS.length
            ? "Every kind of alert"
            : `${channel.kinds.length} of ${ALERT_KINDS.length} kinds`}
          , {channel.environments.join(" and ")}
          {channel.min_severity !== "info" && `, from ${channel.min_severity} on`}
        </span>
        <LastResult channel={channel} />
      </div>
      {can("alerts:write") && (
        <span className="flex items-center gap-1">
          <Button size="sm" loading={test.isPending} onClick={runTest}>
            Send test alert
          </Button>
          <DropdownMenu>
            <DropdownMenuTrigger asChild>
              <IconButton label={`More about ${name}`} size="sm">
                <MoreHorizontal />
              </IconButton>
            </DropdownMenuTrigger>
            <DropdownMenuContent align="end">
              <DropdownMenuItem onSelect={onEdit}>Change</DropdownMenuItem>
              {channel.via === "webhook" && (
                <DropdownMenuItem onSelect={onRotate}>New secret</DropdownMenuItem>
              )}
              <DropdownMenuItem onSelect={onDelete}>Delete</DropdownMenuItem>
            </DropdownMenuContent>
          </DropdownMenu>
        </span>
      )}
    </li>
  );
}

export function ChannelsView() {
  const { place, can } = useViewer();
  const channels = useQuery(alertQueries.channels(place));
  const remove = useDeleteChannel(place);
  const rotate = useRotateChannelSecret(place);
  const [subject, setSubject] = useState<ChannelDto | "new" | null>(null);
  const [deleting, setDeleting] = useState<ChannelDto | null>(null);
  const [rotating, setRotating] = useState<ChannelDto | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const create = can("alerts:write") && (
    <Button variant="primary" icon={<Plus />} onClick={() => setSubject("new")}>
      Create channel
    </Button>
  );
  const data = channels.data;
  return (
    <div className="grid grid-cols-1 gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="max-w-2xl text-muted text-sm">
          Channels belong to the workspace. Members get their own e-mails without one.
        </p>
        {data !== undefined && data.length > 0 && create}
      </div>
      <Card className="overflow-hidden">
        {channels.isError && data === undefined ? (
          <LoadFailure
            title="The channels could not be loaded"
            error={channels.error}
            onRetry={() => void channels.refetch()}
          >
            Alerts go out all the same.
          </LoadFailure>
        ) : data === undefined ? (
          <Skeleton className="m-4 h-24" />
        ) : data.length === 0 ? (
          <NothingYet title="No channels yet" icon={<RadioTower />} action={create}>
            A channel carries alerts to a Slack channel, a program of yours, or an address that is no member.
          </NothingYet>
        ) : (
          <ul className="divide-y divide-line" aria-label="Alert channels">
            {data.map((channel) => (
              <ChannelRow
                key={channel.id}
                channel={channel}
                onEdit={() => setSubject(channel)}
                onDelete={() => setDeleting(channel)}
                onRotate={() => setRotating(channel)}
              />
            ))}
          </ul>
        )}
      </Card>
      <ChannelDialog subject={subject} onClose={() => setSubject(null)} />
      <ConfirmDialog
        open={deleting !== null}
        onOpenChange={(open) => !open && setDeleting(null)}
        title={`Delete “${visibleText(deleting?.name ?? "")}”?`}
        description="It gets nothing any more, also not what waits for it now. What it carried stays in the list of alerts."
        confirmLabel="Delete channel"
        destructive
        onConfirm={async () => {
          if (deleting !== null) await remove.mutateAsync(deleting.id);
        }}
      />
      <ConfirmDialog
        open={rotating !== null}
        onOpenChange={(open) => !open && setRotating(null)}
        title={`Make a new secret for “${visibleText(rotating?.name ?? "")}”?`}
        description="The old one signs nothing from now on: your program refuses alerts until it has the new one."
        confirmLabel="Make a new secret"
        onConfirm={async () => {
          if (rotating !== null) setSecret((await rotate.mutateAsync(rotating.id)).secret);
        }}
      />
      <Dialog open={secret !== null} onOpenChange={(open) => !open && setSecret(null)}>
        {secret !== null && <SecretContent secret={secret} onDone={() => setSecret(null)} />}
      </Dialog>
    </div>
  );
}
