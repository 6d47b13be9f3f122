"use client";
// Owns where a message is shown: beside the list on wide screens (the newest one until another is chosen), in a sheet
// over it on narrow ones (only when chosen).

import { useQuery } from "@tanstack/react-query";
import { LoadFailure } from "@/components/list/load-failure";
import { ErrorState } from "@/components/ui/error-state";
import { ScrollArea } from "@/components/ui/scroll-area";
import { Sheet, SheetContent } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { isNotFound } from "@/lib/client/problem-error";
import { inboxQueries } from "@/lib/client/queries/inbox";
import { useViewer } from "@/lib/client/viewer-context";
import { MAX_INBOX_MESSAGES } from "@/lib/contracts/inbox";
import { MessageDetail } from "./message-detail";

interface MessagePaneProps {
  id: string | null;
  /** There is room beside the list. */
  isWide: boolean;
  onClose: () => void;
}

export function MessagePane({ id, isWide, onClose }: MessagePaneProps) {
  if (isWide) {
    return (
      <ScrollArea label="Message" className="min-w-0 flex-1">
        {id && <LoadedMessage id={id} />}
      </ScrollArea>
    );
  }
  return (
    <Sheet open={id !== null} onOpenChange={(open) => !open && onClose()}>
      <SheetContent title="Message">{id && <LoadedMessage id={id} />}</SheetContent>
    </Sheet>
  );
}

function LoadedMessage({ id }: { id: string }) {
  const { place } = useViewer();
  const message = useQuery(inboxQueries.message(place, id));
  if (message.data) return <MessageDetail message={message.data} isStale={message.isPlaceholderData} />;
  if (message.isPending) {
    return (
      <div className="grid gap-4 p-4 sm:p-6" role="status" aria-label="Loading">
        <Skeleton className="h-6 w-56" />
        <Skeleton className="h-16 w-full" />
        <Skeleton className="h-64 w-full" />
      </div>
    );
  }
  if (isNotFound(message.error)) {
    return (
      <ErrorState title="This message is gone">
        The Inbox was emptied, or {MAX_INBOX_MESSAGES} newer messages have pushed it out.
      </ErrorState>
    );
  }
  return (
    <LoadFailure
      title="The message could not be loaded"
      error={message.error}
      onRetry={() => void message.refetch()}
    />
  );
}
