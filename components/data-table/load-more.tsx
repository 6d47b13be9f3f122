// Owns the way to older rows, at the foot of a list inside its card.

import { Button } from "@/components/ui/button";

interface LoadMoreProps {
  /** The infinite query of the list. */
  query: {
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    fetchNextPage: () => Promise<unknown>;
  };
  /** "Show older keys". */
  label: string;
}

/** Nothing once everything is shown. */
export function LoadMore({ query, label }: LoadMoreProps) {
  if (!query.hasNextPage) return null;
  return (
    <div className="flex justify-center border-t p-3">
      <Button size="sm" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        {label}
      </Button>
    </div>
  );
}
