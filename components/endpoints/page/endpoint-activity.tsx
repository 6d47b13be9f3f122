"use client";
// Owns the activity tab: who changed this endpoint, when, from what to what.

import { useInfiniteQuery } from "@tanstack/react-query";
import { History } from "lucide-react";
import { LoadMore } from "@/components/data-table/load-more";
import { LoadFailure } from "@/components/list/load-failure";
import { Avatar } from "@/components/ui/avatar";
import { Card } from "@/components/ui/card";
import { NothingYet } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import { Timestamp } from "@/components/ui/timestamp";
import { auditQueries } from "@/lib/client/queries/audit";
import { useViewer } from "@/lib/client/viewer-context";
import { visibleText } from "@/lib/client/visible-text";
import type { AuditEntryDto } from "@/lib/contracts/audit";
import { activityFacts, activityWords } from "./activity-words";

const ACTOR_KINDS = { user: null, api_key: "API key", system: "Signpost", cli: "Command line" } as const;

function Entry({ entry }: { entry: AuditEntryDto }) {
  const facts = activityFacts(entry);
  const kind = ACTOR_KINDS[entry.actor.kind];
  return (
    <li className="flex gap-3 px-4 py-3">
      <Avatar name={entry.actor.label} />
      <div className="grid min-w-0 flex-1 gap-1.5">
        <p className="text-sm">
          <span className="font-medium text-ink">{visibleText(entry.actor.label)}</span>{" "}
          {kind && <span className="text-subtle">({kind}) </span>}
          <span className="text-muted">{activityWords(entry)}</span>
        </p>
        {facts.length > 0 && (
          <dl className="grid gap-1 text-xs">
            {facts.map((fact) => (
              <div key={fact.name} className="flex flex-wrap gap-x-2">
                <dt className="text-subtle">{fact.name}</dt>
                <dd className="min-w-0 font-mono wrap-anywhere">
                  {fact.before !== null && (
                    <>
                      <del className="text-subtle">{visibleText(fact.before)}</del>
                      <span className="px-1.5 text-subtle">→</span>
                    </>
                  )}
                  <ins className="text-ink no-underline">{visibleText(fact.after)}</ins>
                </dd>
              </div>
            ))}
          </dl>
        )}
      </div>
      <Timestamp value={entry.created_at} className="shrink-0 text-subtle text-xs" />
    </li>
  );
}

export function EndpointActivity({ id }: { id: string }) {
  const { place } = useViewer();
  // Of one endpoint, so it is open to everyone who may see endpoints; the whole trail is not.
  const list = useInfiniteQuery(auditQueries.list(place, { target: id, action: null }));
  const entries = list.data?.pages.flatMap((page) => page.data);
  if (list.isError && entries === undefined) {
    return (
      <Card>
        <LoadFailure
          title="The activity could not be loaded"
          error={list.error}
          onRetry={() => void list.refetch()}
        />
      </Card>
    );
  }
  return (
    <Card className="max-w-4xl">
      {entries === undefined ? (
        <Skeleton className="m-4 h-32" />
      ) : entries.length === 0 ? (
        <NothingYet icon={<History />} title="Nothing has been changed yet">
          Every change to this endpoint will be here: by whom, when, from what to what.
        </NothingYet>
      ) : (
        <ol className="divide-y divide-line">
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </ol>
      )}
      <LoadMore query={list} label="Show older activity" />
    </Card>
  );
}
