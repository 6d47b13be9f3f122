"use client";
// Owns what can be set about an inbox: its address to copy, the status it answers, emptying it.

import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { CopyButton } from "@/components/ui/copy-button";
import { LinkButton } from "@/components/ui/link-button";
import { useClearInbox } from "@/lib/client/queries/inbox";
import { useViewer } from "@/lib/client/viewer-context";
import type { InboxDto } from "@/lib/contracts/inbox";
import { AnswerControl } from "./answer-control";

interface InboxBarProps {
  inbox: InboxDto;
  messageCount: number;
}

export function InboxBar({ inbox, messageCount }: InboxBarProps) {
  const { place, can, href } = useViewer();
  const clear = useClearInbox(place);
  const [isClearing, setClearing] = useState(false);
  const hasEndpoint = inbox.endpoint_ids.length > 0;
  return (
    <div className="flex flex-wrap items-end gap-x-6 gap-y-3">
      <div className="grid min-w-0 grow gap-1.5 sm:max-w-xl">
        <span className="font-medium text-ink text-sm">Address</span>
        <div className="flex h-8 min-w-0 items-center gap-1 rounded-md border border-line bg-sunken pr-0.5 pl-2.5 pointer-coarse:h-10">
          <code className="min-w-0 flex-1 select-all truncate font-mono text-ink text-xs" title={inbox.url}>
            {inbox.url}
          </code>
          <CopyButton value={inbox.url} label="Copy address" />
        </div>
      </div>
      <AnswerControl inbox={inbox} />
      <div className="ml-auto flex flex-wrap items-center gap-2">
        {can("inbox:write") && messageCount > 0 && (
          <Button variant="ghost" icon={<Trash2 />} onClick={() => setClearing(true)}>
            Empty
          </Button>
        )}
        {can("endpoints:write") && (
          <LinkButton
            href={`${href("/endpoints/new/url")}?url=${encodeURIComponent(inbox.url)}`}
            variant={hasEndpoint ? "secondary" : "primary"}
            icon={<Plus />}
          >
            {hasEndpoint ? "Another endpoint to this Inbox" : "Create an endpoint to this Inbox"}
          </LinkButton>
        )}
      </div>
      <ConfirmDialog
        open={isClearing}
        onOpenChange={setClearing}
        title="Empty the Inbox?"
        description="All messages are removed for everyone in this environment. Deliveries and their attempts stay in the log."
        confirmLabel="Empty Inbox"
        destructive
        onConfirm={async () => {
          const { deleted } = await clear.mutateAsync();
          toast(`${deleted} ${deleted === 1 ? "message" : "messages"} removed.`);
        }}
      />
    </div>
  );
}
