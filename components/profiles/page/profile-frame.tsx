"use client";
// Owns what all tabs of a profile's page share: name, kind, what can be done, the tabs themselves.

import { Archive, ArchiveRestore, CopyPlus, Pencil } from "lucide-react";
import { usePathname } from "next/navigation";
import { type ReactNode, useState } from "react";
import { toast } from "sonner";
import { Badge } from "@/components/ui/badge";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { ErrorState } from "@/components/ui/error-state";
import { LinkButton } from "@/components/ui/link-button";
import { LinkTabs } from "@/components/ui/link-tabs";
import { PageHeader } from "@/components/ui/page-header";
import { StatusPill } from "@/components/ui/status-pill";
import { countOf } from "@/lib/client/count-of";
import { isNotFound } from "@/lib/client/problem-error";
import { useArchiveProfile } from "@/lib/client/queries/profile-mutations";
import { useViewer } from "@/lib/client/viewer-context";
import { visibleText } from "@/lib/client/visible-text";
import type { ProfileDetailDto } from "@/lib/contracts/profiles";
import { MoveDialog } from "./move-dialog";
import { type InitialProfile, useProfile } from "./use-profile";

const TABS = [
  { path: "", label: "Overview" },
  { path: "/versions", label: "Versions" },
  { path: "/endpoints", label: "Endpoints" },
];

function NotThere() {
  const { href } = useViewer();
  return (
    <ErrorState
      title="There is no such profile here"
      action={<LinkButton href={href("/profiles")}>All profiles</LinkButton>}
    >
      It belongs to another workspace, or the address is wrong.
    </ErrorState>
  );
}

function ArchiveButton({ profile }: { profile: ProfileDetailDto }) {
  const { place } = useViewer();
  const archive = useArchiveProfile(place, profile.slug);
  const name = visibleText(profile.name);
  if (profile.archived_at !== null) {
    return (
      <Button
        icon={<ArchiveRestore />}
        loading={archive.isPending}
        onClick={() => archive.mutate("unarchive", { onSuccess: () => toast(`${name} can be used again.`) })}
      >
        Unarchive
      </Button>
    );
  }
  return (
    <ConfirmDialog
      trigger={<Button icon={<Archive />}>Archive</Button>}
      title={`Archive ${name}?`}
      description="No endpoint can take it any more. Its versions stay: deliveries that were made with them are retried and replayed as they were. It can be taken back."
      confirmLabel="Archive profile"
      onConfirm={async () => {
        await archive.mutateAsync("archive");
        toast(`${name} is archived.`);
      }}
    />
  );
}

interface ProfileFrameProps {
  slug: string;
  initial: InitialProfile;
  children: ReactNode;
}

export function ProfileFrame({ slug, initial, children }: ProfileFrameProps) {
  const { href, can } = useViewer();
  const pathname = usePathname();
  const [isMoving, setMoving] = useState(false);
  const query = useProfile(slug, initial);
  const profile = query.data;
  if (profile === undefined || isNotFound(query.error)) return <NotThere />;
  const base = href(`/profiles/${slug}`);
  const { endpoints_behind: behind } = profile;
  const counts: Record<string, number> = {
    "/versions": profile.versions.length,
    "/endpoints": profile.endpoints,
  };
  return (
    <div className="mx-auto grid w-full max-w-[80rem] grid-cols-1 gap-6">
      <PageHeader
        breadcrumb={
          <Breadcrumb
            crumbs={[{ label: "Profiles", href: href("/profiles") }, { label: visibleText(profile.name) }]}
          />
        }
        title={visibleText(profile.name)}
        status={
          profile.archived_at !== null ? (
            <StatusPill tone="neutral">Archived</StatusPill>
          ) : profile.built_in ? (
            <Badge outline>Built in</Badge>
          ) : (
            <Badge tone="accent">Version {profile.version}</Badge>
          )
        }
        description={profile.description !== "" && visibleText(profile.description)}
        actions={
          can("profiles:write") && (
            <>
              {!profile.built_in && <ArchiveButton profile={profile} />}
              <LinkButton
                icon={<CopyPlus />}
                variant={profile.built_in ? "primary" : "secondary"}
                href={href(`/profiles/new?based_on=${encodeURIComponent(profile.slug)}`)}
              >
                Clone
              </LinkButton>
              {!profile.built_in && profile.archived_at === null && (
                <LinkButton icon={<Pencil />} variant="primary" href={`${base}/edit`}>
                  Edit
                </LinkButton>
              )}
            </>
          )
        }
        tabs={
          <LinkTabs
            label="Profile"
            tabs={TABS.map(({ path, label }) => ({
              href: base + path,
              label,
              isCurrent: pathname === base + path,
              badge:
                path === "" ? undefined : (
                  <span className="tabular ml-1.5 text-subtle text-xs">{counts[path]}</span>
                ),
            }))}
          />
        }
      />
      {behind > 0 && (
        <Callout
          tone="warning"
          title={`${countOf(behind, "endpoint sends", "endpoints send")} an older version`}
          actions={
            can("endpoints:write") && (
              <Button size="sm" onClick={() => setMoving(true)}>
                Move to version {profile.version}
              </Button>
            )
          }
        >
          Versions are pinned: what an endpoint sends changes when somebody moves it, and deliveries that were
          made before keep their form.
        </Callout>
      )}
      {children}
      <MoveDialog profile={profile} open={isMoving} onOpenChange={setMoving} />
    </div>
  );
}
