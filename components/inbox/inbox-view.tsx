"use client";
// Owns the page of the Inbox: its address and answer above, what arrived below, list and detail side by side.

import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { PageHeader } from "@/components/ui/page-header";
import { useLiveChanges, useLiveStatus } from "@/lib/client/live/use-live-changes";
import { inboxQueries } from "@/lib/client/queries/inbox";
import { useIsWide } from "@/lib/client/use-is-wide";
import { useViewer } from "@/lib/client/viewer-context";
import type { InboxDto } from "@/lib/contracts/inbox";
import { InboxBar } from "./inbox-bar";
import { MessageList } from "./message-list";
import { MessagePane } from "./message-pane";

/** While the stream is connected it says when something arrives; without it the page asks by itself. */
const POLL_MS = { connected: 30_000, otherwise: 2_000 };

interface InboxViewProps {
  /** Read while the page was rendered. */
  initial: InboxDto;
}

export function InboxView({ initial }: InboxViewProps) {
  const { place } = useViewer();
  const [selected, setSelected] = useQueryState("message", parseAsString);
  const { data: inbox } = useQuery({ ...inboxQueries.detail(place), initialData: initial });
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

  // Beside the list there is always a message: the chosen one, or the newest.
  const isWide = useIsWide();
  const shownId = selected ?? (isWide ? (rows?.[0]?.id ?? null) : null);
  return (
    <div data-full-bleed className="flex flex-col overflow-y-auto lg:overflow-hidden">
      <div className="grid shrink-0 grid-cols-1 gap-4 border-b px-4 py-4 sm:px-6">
        <PageHeader
          title="Inbox"
          description="A receiver for trying things out: it keeps what arrives, checks the signature, and answers as you choose."
        />
        <InboxBar inbox={inbox} messageCount={rows?.length ?? 0} />
      </div>
      <div className="flex min-h-0 flex-1 flex-col lg:flex-row">
        <MessageList
          inbox={inbox}
          rows={rows}
          selectedId={shownId}
          onSelect={(id) => void setSelected(id)}
          olderPage={
            messages.hasNextPage
              ? { load: () => void messages.fetchNextPage(), isLoading: messages.isFetchingNextPage }
              : null
          }
          failure={messages.isError ? messages.error : null}
        />
        {rows !== undefined && rows.length > 0 && (
          <MessagePane id={shownId} isWide={isWide} onClose={() => void setSelected(null)} />
        )}
      </div>
    </div>
  );
}
