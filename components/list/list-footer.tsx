// Owns the end of a list: more, or the honest statement that this is everything and how long things are kept.

import { Button } from "@/components/ui/button";
import { METADATA_DAYS, PAYLOAD_DAYS } from "@/lib/domain/retention";

interface ListFooterProps {
  count: number;
  hasMore: boolean;
  isLoading: boolean;
  /** Reading the next page failed. */
  failure: string | null;
  onMore: () => void;
}

export function ListFooter({ count, hasMore, isLoading, failure, onMore }: ListFooterProps) {
  return (
    <footer className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-t px-4 py-3 text-subtle text-xs">
      <p className="tabular" role="status">
        {failure ?? (hasMore ? `${count} shown` : `${count} shown, that is everything`)}
      </p>
      {hasMore ? (
        <Button size="sm" loading={isLoading} onClick={onMore}>
          {failure === null ? "Load older" : "Try again"}
        </Button>
      ) : (
        <p>
          Kept {METADATA_DAYS} days, payloads {PAYLOAD_DAYS}
        </p>
      )}
    </footer>
  );
}
