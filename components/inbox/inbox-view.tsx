"use client";
// Owns the page of the Inbox: its address and answer above, what arrived below, list and detail side by side.

import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { LoadFailure } from "@/components/list/load-failure";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { useLiveChanges, useLiveStatus } from "@/lib/client/live/use-live-changes";
import { inboxQueries } from "@/lib/client/queries/inbox";
import { useViewer } from "@/lib/client/viewer-context";
import { InboxBar } from "./inbox-bar";
import { MessageList } from "./message-list";
import { MessagePane } from "./message-pane";

/** While the stream is connected it says when something arrives; without it the page asks by itself. */
const POLL_MS = { connected: 30_000, otherwise: 2_000 };

export function InboxView() {
  const { place } = useViewer();
  const [selected, setSelected] = useQueryState("message", parseAsString);
  const inbox = useQuery(inboxQueries.detail(place));
  const isLive = useLiveStatus(place) === "connected";
  const messages = useInfiniteQuery({
    ...inboxQueries.messages(place),
    refetchInterval: isLive ? POLL_MS.connected : POLL_MS.otherwise,
  });
  const client = useQueryClient();
  useLiveChanges(place, (change) => {
    // "Many deliveries" is also what the stream says after a gap.
    const isGap = change.kind === "deliveries" && change.ids.length === 0;
    if (change.kind !== "inbox" && change.kind !== "endpoints" && !isGap) return;
    void client.invalidateQueries({ queryKey: inboxQueries.all(place) });
  });
  const rows = messages.data?.pages.flatMap((page) => page.data);

  if (inbox.isError && inbox.data === undefined) {
    return (
      <Card>
        <LoadFailure
          title="The Inbox could not be loaded"
          error={inbox.error}
          onRetry={() => void inbox.refetch()}
        >
          What arrives meanwhile is kept.
        </LoadFailure>
      </Card>
    );
  }
  return (
    <div data-full-bleed className="flex flex-col overflow-y-auto lg:overflow-hidden">
      <div className="grid shrink-0 grid-cols-1 gap-4 border-b px-4 py-4 sm:px-6">
        <PageHeader
          title="Inbox"
          description="A receiver for trying things out: it keeps what arrives, checks the signature, and answers as you choose."
        />
        <InboxBar inbox={inbox.data} messageCount={rows?.length ?? 0} />
      </div>
      <div className="flex min-h-0 flex-1 flex-col lg:flex-row">
        <MessageList
          inbox={inbox.data}
          rows={rows}
          selectedId={selected}
          onSelect={(id) => void setSelected(id)}
          olderPage={
            messages.hasNextPage
              ? { load: () => void messages.fetchNextPage(), isLoading: messages.isFetchingNextPage }
              : null
          }
          failure={messages.isError ? messages.error : null}
        />
        {rows !== undefined && rows.length > 0 && (
          <MessagePane
            id={selected}
            fallbackId={rows[0]?.id ?? null}
            onClose={() => void setSelected(null)}
          />
        )}
      </div>
    </div>
  );
}
