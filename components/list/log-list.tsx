// Owns the body of a log (deliveries, events): rows with their end, or why there are none: an error, nothing yet, no match.

import type { ReactNode } from "react";
import { DataTable, type DataTableProps } from "@/components/data-table/data-table";
import { Button } from "@/components/ui/button";
import { NoMatches } from "@/components/ui/empty-state";
import { errorText, ProblemError } from "@/lib/client/problem-error";
import { ListFooter } from "./list-footer";
import { LoadFailure } from "./load-failure";

/** What is needed of an infinite query. */
interface LogQuery {
  isError: boolean;
  error: Error | null;
  isPlaceholderData: boolean;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isFetchNextPageError: boolean;
  fetchNextPage: () => Promise<unknown>;
  refetch: () => Promise<unknown>;
}

interface LogListProps<Row>
  extends Omit<DataTableProps<Row>, "getRowId" | "density" | "skeletonRows" | "isStale" | "empty"> {
  query: LogQuery;
  /** What a failure does not mean: "Deliveries go on without this page." */
  reassurance: string;
  /** Undefined while no filter is on. */
  onClearFilters: (() => void) | undefined;
  /** Shown when there are no rows and no filters. */
  nothingYet: ReactNode;
}

export function LogList<Row extends { id: string }>({
  query,
  reassurance,
  onClearFilters,
  nothingYet,
  ...table
}: LogListProps<Row>) {
  const { label, rows } = table;
  const clear = onClearFilters && (
    <Button size="sm" onClick={onClearFilters}>
      Clear filters
    </Button>
  );
  if (query.isError && rows === undefined) {
    const isRefused = query.error instanceof ProblemError && query.error.code === "invalid_request";
    return (
      <LoadFailure
        title={`${label} could not be loaded`}
        error={query.error}
        onRetry={() => void query.refetch()}
        action={isRefused ? clear : undefined}
      >
        {reassurance}
      </LoadFailure>
    );
  }
  return (
    <>
      <DataTable
        {...table}
        density="compact"
        getRowId={(row) => row.id}
        isStale={query.isPlaceholderData}
        skeletonRows={16}
        empty={
          clear ? (
            <NoMatches what={label.toLowerCase()} action={clear}>
              Everything that is kept has been searched.
            </NoMatches>
          ) : (
            nothingYet
          )
        }
      />
      {rows !== undefined && rows.length > 0 && (
        <ListFooter
          count={rows.length}
          hasMore={query.hasNextPage}
          isLoading={query.isFetchingNextPage}
          failure={query.isFetchNextPageError ? errorText(query.error) : null}
          onMore={() => void query.fetchNextPage()}
        />
      )}
    </>
  );
}
