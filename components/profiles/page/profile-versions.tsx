"use client";
// Owns the versions tab: who saved what and why, what each changed, and going back.

import { useQuery } from "@tanstack/react-query";
import { CopyPlus, History } from "lucide-react";
import { parseAsInteger, useQueryState } from "nuqs";
import { useState } from "react";
import { LoadFailure } from "@/components/list/load-failure";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { LinkButton } from "@/components/ui/link-button";
import { Skeleton } from "@/components/ui/skeleton";
import { Timestamp } from "@/components/ui/timestamp";
import { countOf } from "@/lib/client/count-of";
import { profileQueries } from "@/lib/client/queries/profiles";
import { useViewer } from "@/lib/client/viewer-context";
import { visibleText } from "@/lib/client/visible-text";
import type { ProfileDetailDto, ProfileVersionDto } from "@/lib/contracts/profiles";
import { RequestTable } from "../request-table";
import { RestoreDialog } from "./restore-dialog";
import { useProfile } from "./use-profile";
import { VersionDiff } from "./version-diff";

interface VersionRowProps {
  version: ProfileVersionDto;
  isNewest: boolean;
  isChosen: boolean;
  onChoose: () => void;
}

function VersionRow({ version, isNewest, isChosen, onChoose }: VersionRowProps) {
  return (
    <li>
      <button
        type="button"
        aria-current={isChosen ? "true" : undefined}
        onClick={onChoose}
        className={cn(
          "grid w-full gap-1 border-l-2 px-4 py-3 text-left transition-colors focus-visible:-outline-offset-2",
          isChosen ? "border-accent bg-accent-soft/60" : "border-transparent hover:bg-hover",
        )}
      >
        <span className="flex flex-wrap items-center gap-2">
          <span className="font-medium text-ink text-sm">Version {version.number}</span>
          {isNewest && <Badge tone="accent">Newest</Badge>}
          {version.endpoints > 0 && (
            <Badge outline>{countOf(version.endpoints, "endpoint", "endpoints")}</Badge>
          )}
        </span>
        {version.note !== "" && (
          <span className="text-pretty text-ink text-sm wrap-anywhere">{visibleText(version.note)}</span>
        )}
        <span className="text-muted text-xs">
          {version.author === null ? "Signpost" : visibleText(version.author)}
          {version.created_at !== null && (
            <>
              , <Timestamp value={version.created_at} focusable={false} />
            </>
          )}
        </span>
      </button>
    </li>
  );
}

interface VersionViewProps {
  profile: ProfileDetailDto;
  number: number;
}

/** What a version changed against the one before it; the first one as it is. */
function VersionView({ profile, number }: VersionViewProps) {
  const { place, href, can } = useViewer();
  const [isRestoring, setRestoring] = useState(false);
  const before = profile.versions.find((version) => version.number < number);
  const chosen = useQuery(profileQueries.version(place, profile.slug, number));
  const older = useQuery({
    ...profileQueries.version(place, profile.slug, before?.number ?? 0),
    enabled: before !== undefined,
  });
  const isNewest = number === profile.version;
  const canRestore = can("profiles:write") && !isNewest && !profile.built_in && profile.archived_at === null;
  const failed = [chosen, older].find(({ isError }) => isError);
  return (
    <Card>
      <CardHeader
        title={
          before === undefined ? `Version ${number}` : `Version ${number} against version ${before.number}`
        }
        actions={
          can("profiles:write") && (
            <div className="flex flex-wrap gap-2">
              <LinkButton
                size="sm"
                icon={<CopyPlus />}
                href={href(`/profiles/new?based_on=${encodeURIComponent(profile.slug)}&version=${number}`)}
              >
                Clone
              </LinkButton>
              {canRestore && (
                <Button size="sm" icon={<History />} onClick={() => setRestoring(true)}>
                  Restore
                </Button>
              )}
            </div>
          )
        }
      />
      <CardBody>
        {failed !== undefined ? (
          <LoadFailure
            title="The version could not be loaded"
            error={failed.error}
            onRetry={() => void failed.refetch()}
          />
        ) : chosen.data === undefined || (before !== undefined && older.data === undefined) ? (
          <Skeleton className="h-64 w-full" />
        ) : older.data === undefined ? (
          <RequestTable definition={chosen.data.definition} />
        ) : (
          <VersionDiff before={older.data.definition} after={chosen.data.definition} />
        )}
      </CardBody>
      <RestoreDialog profile={profile} number={number} open={isRestoring} onOpenChange={setRestoring} />
    </Card>
  );
}

export function ProfileVersions({ slug }: { slug: string }) {
  const [chosen, setChosen] = useQueryState("version", parseAsInteger);
  const { data: profile } = useProfile(slug);
  if (profile === undefined) return <Skeleton className="h-64 w-full" />;
  const number = profile.versions.some((version) => version.number === chosen)
    ? (chosen ?? profile.version)
    : profile.version;
  return (
    <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[22rem_minmax(0,1fr)]">
      <Card className="overflow-hidden">
        <ol
          aria-label="Versions"
          className="scrollbar-thin max-h-[70vh] divide-y divide-line overflow-y-auto"
        >
          {profile.versions.map((version) => (
            <VersionRow
              key={version.number}
              version={version}
              isNewest={version.number === profile.version}
              isChosen={version.number === number}
              onChoose={() => void setChosen(version.number === profile.version ? null : version.number)}
            />
          ))}
        </ol>
      </Card>
      <VersionView key={number} profile={profile} number={number} />
    </div>
  );
}
