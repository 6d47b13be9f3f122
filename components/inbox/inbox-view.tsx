"use client";
// Owns the page of the Inbox: its address and answer above, what arrived below, list and detail side by side.

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { PageHeader } from "@/components/ui/page-header";
import { errorText, ProblemError } from "@/lib/client/problem-error";
import { inboxQueries } from "@/lib/client/queries/inbox";
import { useViewer } from "@/lib/client/viewer-context";
import { InboxBar } from "./inbox-bar";
import { MessageList } from "./message-list";
import { MessagePane } from "./message-pane";

/** The stream says when something arrives; this catches what it missed, and costs one small query. */
const POLL_MS = 2_000;

export function InboxView() {
  const { place } = useViewer();
  const [selected, setSelected] = useQueryState("message", parseAsString);
  const inbox = useQuery(inboxQueries.detail(place));
  const messages = useInfiniteQuery({ ...inboxQueries.messages(place), refetchInterval: POLL_MS });
  const rows = messages.data?.pages.flatMap((page) => page.data);

  if (inbox.isError && inbox.data === undefined) {
    return (
      <Card>
        <ErrorState
          title="The Inbox could not be loaded"
          requestId={inbox.error instanceof ProblemError ? (inbox.error.requestId ?? undefined) : undefined}
          action={<Button onClick={() => void inbox.refetch()}>Try again</Button>}
        >
          {errorText(inbox.error)} What arrives meanwhile is kept.
        </ErrorState>
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
