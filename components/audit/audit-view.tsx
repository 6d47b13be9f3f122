"use client";
// Owns the page of the audit trail: who did what to which object, newest first; filters live in the address.

import { useInfiniteQuery } from "@tanstack/react-query";
import { ScrollText, X } from "lucide-react";
import { parseAsString, useQueryStates } from "nuqs";
import { DataTable } from "@/components/data-table/data-table";
import { LoadMore } from "@/components/data-table/load-more";
import { LoadFailure } from "@/components/list/load-failure";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { NoMatches, NothingYet } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { auditQueries } from "@/lib/client/queries/audit";
import { useViewer } from "@/lib/client/viewer-context";
import { visibleText } from "@/lib/client/visible-text";
import { auditColumns } from "./audit-columns";

export function AuditView() {
  const { place, can, whyNot, href } = useViewer();
  const [filters, setFilters] = useQueryStates({ target: parseAsString, action: parseAsString });
  const mayRead = can("audit:read");
  const trail = useInfiniteQuery({ ...auditQueries.list(place, filters), enabled: mayRead });
  const rows = trail.data?.pages.flatMap((page) => page.data);
  const clear = () => void setFilters({ target: null, action: null });
  const isFiltered = filters.target !== null || filters.action !== null;

  return (
    <div className="mx-auto grid w-full max-w-7xl grid-cols-1 gap-6">
      <PageHeader
        title="Audit trail"
        description="Every change in this environment and its workspace: who, what, when, from where. Nobody can edit it."
      />
      {!mayRead && <Callout title="Not for your role">{whyNot("audit:read")}</Callout>}
      {mayRead && isFiltered && (
        <div className="flex flex-wrap items-center gap-2 text-muted text-sm">
          Only entries
          {filters.target && (
            <>
              on <code className="font-mono text-ink text-xs">{visibleText(filters.target)}</code>
            </>
          )}
          {filters.action && (
            <>
              of <code className="font-mono text-ink text-xs">{visibleText(filters.action)}</code>
            </>
          )}
          <Button size="sm" variant="ghost" icon={<X />} onClick={clear}>
            Show all
          </Button>
        </div>
      )}
      {mayRead && trail.isError && rows === undefined && (
        <Card>
          <LoadFailure
            title="The audit trail could not be loaded"
            error={trail.error}
            onRetry={() => void trail.refetch()}
          />
        </Card>
      )}
      {mayRead && !(trail.isError && rows === undefined) && (
        <Card className="overflow-hidden">
          <DataTable
            label="Audit trail"
            columns={auditColumns(href)}
            rows={rows}
            getRowId={(entry) => entry.id}
            isStale={trail.isPlaceholderData}
            empty={
              isFiltered ? (
                <NoMatches
                  what="entries"
                  action={
                    <Button size="sm" onClick={clear}>
                      Show all
                    </Button>
                  }
                />
              ) : (
                <NothingYet title="Nothing has been changed yet" icon={<ScrollText />}>
                  Every change to endpoints, secrets, keys and members will be here.
                </NothingYet>
              )
            }
          />
          <LoadMore query={trail} label="Show older entries" />
        </Card>
      )}
    </div>
  );
}
