"use client";
// Owns the page with all profiles: what this release ships, and what the workspace has made.

import { useInfiniteQuery } from "@tanstack/react-query";
import { FileSliders, Plus } from "lucide-react";
import Link from "next/link";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { DataTable } from "@/components/data-table/data-table";
import { LoadMore } from "@/components/data-table/load-more";
import { LoadFailure } from "@/components/list/load-failure";
import { Card } from "@/components/ui/card";
import { NothingYet } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { profileQueries } from "@/lib/client/queries/profiles";
import { useViewer } from "@/lib/client/viewer-context";
import { profileColumns } from "./profile-columns";

const SHOW = ["all", "built_in", "own", "archived"] as const;
const OPTIONS = [
  { value: "all" as const, label: "All" },
  { value: "built_in" as const, label: "Built in" },
  { value: "own" as const, label: "Own" },
  { value: "archived" as const, label: "Archived" },
];

export function ProfileList() {
  const { place, href, can } = useViewer();
  const [show, setShow] = useQueryState("show", parseAsStringLiteral(SHOW).withDefault("all"));
  const list = useInfiniteQuery(profileQueries.list(place, show));
  const rows = list.data?.pages.flatMap((page) => page.data);
  const newProfile = can("profiles:write") && (
    <LinkButton href={href("/profiles/new")} variant="primary" icon={<Plus />}>
      New profile
    </LinkButton>
  );
  return (
    <div className="mx-auto grid w-full max-w-7xl grid-cols-1 gap-4">
      <PageHeader
        title="Profiles"
        description={
          <>
            How requests look on the wire: body, headers, signature, what counts as success, when it is
            retried. Both environments share them.{" "}
            <Link
              href="/docs/profiles"
              className="rounded-xs text-accent-ink underline underline-offset-4 hover:no-underline"
            >
              How profiles work
            </Link>
          </>
        }
        actions={newProfile}
      />
      <SegmentedControl
        label="Which profiles"
        value={show}
        onValueChange={(value) => void setShow(value)}
        options={OPTIONS}
        className="justify-self-start"
      />
      <Card className="overflow-hidden">
        {list.isError && rows === undefined ? (
          <LoadFailure
            title="Profiles could not be loaded"
            error={list.error}
            onRetry={() => void list.refetch()}
          >
            Deliveries go on.
          </LoadFailure>
        ) : (
          <DataTable
            label="Profiles"
            columns={profileColumns}
            rows={rows}
            getRowId={(profile) => profile.slug}
            getRowHref={(profile) => href(`/profiles/${profile.slug}`)}
            isStale={list.isPlaceholderData}
            skeletonRows={8}
            empty={
              <NothingYet
                icon={<FileSliders />}
                title={show === "archived" ? "Nothing is archived" : "No profiles of your own yet"}
                action={show === "archived" ? undefined : newProfile}
              >
                {show === "archived"
                  ? "A profile that no endpoint uses can be archived; its versions stay."
                  : "Clone the built-in one that comes closest and change what is different, with the exact request beside it."}
              </NothingYet>
            }
          />
        )}
        <LoadMore query={list} label="Show more profiles" />
      </Card>
    </div>
  );
}
