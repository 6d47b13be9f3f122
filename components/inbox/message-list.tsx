"use client";
// Owns the left side of the Inbox: what arrived, newest first, new arrivals marked once; or how to make something arrive.

import { Inbox as InboxIcon } from "lucide-react";
import { useRef } from "react";
import { DataTable } from "@/components/data-table/data-table";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { cn } from "@/components/ui/cn";
import { CodeBlock } from "@/components/ui/code-block";
import { NothingYet } from "@/components/ui/empty-state";
import { ScrollArea } from "@/components/ui/scroll-area";
import { errorText } from "@/lib/client/problem-error";
import type { InboxDto, InboxMessageDto } from "@/lib/contracts/inbox";
import { messageColumns } from "./message-columns";

interface MessageListProps {
  inbox: InboxDto;
  rows: InboxMessageDto[] | undefined;
  selectedId: string | null;
  onSelect: (id: string) => void;
  olderPage: { load: () => void; isLoading: boolean } | null;
  failure: Error | null;
}

/** Ids that were not there when the page opened. */
function useArrivals(rows: InboxMessageDto[] | undefined): ReadonlySet<string> {
  const newestAtStart = useRef<string | null>(null);
  if (rows === undefined) return new Set();
  // An empty start counts as "before everything": ids sort by time.
  newestAtStart.current ??= rows[0]?.id ?? "";
  const start = newestAtStart.current;
  return new Set(rows.filter((row) => row.id > start).map((row) => row.id));
}

export function MessageList({ inbox, rows, selectedId, onSelect, olderPage, failure }: MessageListProps) {
  const arrivals = useArrivals(rows);
  if (rows?.length === 0) {
    return (
      <div className="grid w-full grid-cols-1 content-start justify-items-center overflow-y-auto pb-10">
        <NothingYet title="Nothing has arrived yet" icon={<InboxIcon />}>
          Whatever is posted to the address above appears here at once. Create an endpoint that delivers to
          it, or try it by hand:
        </NothingYet>
        <CodeBlock
          title="From a terminal"
          copyLabel="Copy command"
          className="-mt-8 w-[min(40rem,calc(100%-2rem))] text-left"
          code={[
            `curl ${inbox.url} \\`,
            '  -H "Content-Type: application/json" \\',
            `  -d '{"type": "order.paid", "data": {"order_id": "ord_1001"}}'`,
          ].join("\n")}
        />
      </div>
    );
  }
  return (
    <ScrollArea
      label="Messages"
      className={cn("w-full min-w-0 shrink-0 bg-surface lg:w-[26rem] lg:border-r xl:w-[30rem]")}
    >
      {failure && (
        <Callout tone="warning" variant="band">
          New messages are not shown at the moment. {errorText(failure)}
        </Callout>
      )}
      <DataTable
        label="Messages"
        columns={messageColumns}
        rows={rows}
        getRowId={(message) => message.id}
        onSelect={(message) => onSelect(message.id)}
        getRowHref={(message) => `?message=${message.id}`}
        selectedId={selectedId}
        arrivedIds={arrivals}
        density="compact"
      />
      {olderPage && (
        <div className="grid justify-items-center p-3">
          <Button size="sm" loading={olderPage.isLoading} onClick={olderPage.load}>
            Show older messages
          </Button>
        </div>
      )}
    </ScrollArea>
  );
}
