// Owns the columns of the list of profiles.

import type { DataTableColumn } from "@/components/data-table/columns";
import { Badge } from "@/components/ui/badge";
import { StatusPill } from "@/components/ui/status-pill";
import { Timestamp } from "@/components/ui/timestamp";
import { countOf } from "@/lib/client/count-of";
import { visibleText } from "@/lib/client/visible-text";
import type { ProfileDto } from "@/lib/contracts/profiles";

function Use({ profile }: { profile: ProfileDto }) {
  const { endpoints, endpoints_behind: behind, endpoints_elsewhere: elsewhere } = profile;
  if (endpoints === 0) {
    return (
      <span className="text-subtle text-xs">
        {elsewhere === 0
          ? "not used"
          : `${countOf(elsewhere, "endpoint", "endpoints")} in the other environment`}
      </span>
    );
  }
  return (
    <span className="text-muted text-xs">
      <span className="tabular text-ink">{endpoints.toLocaleString("en-US")}</span>{" "}
      {endpoints === 1 ? "endpoint" : "endpoints"}
      {behind > 0 && (
        <StatusPill tone="warning" variant="plain" className="ml-2">
          {behind === endpoints ? "older version" : `${behind} older`}
        </StatusPill>
      )}
    </span>
  );
}

export const profileColumns: DataTableColumn<ProfileDto>[] = [
  {
    id: "name",
    header: "Profile",
    card: "title",
    skeleton: "w-56",
    lines: 2,
    cell: (profile) => (
      <span className="grid gap-0.5 py-1">
        <span className="flex min-w-0 items-center gap-2">
          <span className="truncate font-medium text-ink">{visibleText(profile.name)}</span>
          <code className="hidden truncate font-mono text-2xs text-subtle sm:inline">{profile.slug}</code>
        </span>
        <span className="line-clamp-2 whitespace-normal text-pretty text-muted text-xs">
          {profile.description === "" && profile.based_on !== null
            ? `From ${profile.based_on}`
            : visibleText(profile.description)}
        </span>
      </span>
    ),
  },
  {
    id: "kind",
    header: "Kind",
    card: "meta",
    className: "w-24",
    skeleton: "w-14",
    cell: (profile) =>
      profile.archived_at !== null ? (
        <StatusPill tone="neutral" variant="plain">
          Archived
        </StatusPill>
      ) : (
        <Badge outline={profile.built_in} tone={profile.built_in ? "neutral" : "accent"}>
          {profile.built_in ? "Built in" : "Own"}
        </Badge>
      ),
  },
  {
    id: "version",
    header: "Version",
    card: "line",
    align: "end",
    className: "w-20",
    skeleton: "w-6",
    cell: (profile) => (
      <span className="tabular text-muted text-xs">
        <span className="@2xl/data-table:hidden">version </span>
        {profile.version}
      </span>
    ),
  },
  {
    id: "use",
    header: "Used by",
    card: "line",
    className: "w-52 max-lg:w-40",
    skeleton: "w-24",
    cell: (profile) => <Use profile={profile} />,
  },
  {
    id: "changed",
    header: "Changed",
    card: "line",
    align: "end",
    className: "w-28 max-lg:hidden",
    skeleton: "w-16",
    cell: (profile) =>
      profile.updated_at === null ? (
        <span className="text-subtle text-xs @max-2xl/data-table:hidden">–</span>
      ) : (
        <span className="text-muted text-xs">
          <span className="@2xl/data-table:hidden">changed </span>
          <Timestamp value={profile.updated_at} focusable={false} />
        </span>
      ),
  },
];
