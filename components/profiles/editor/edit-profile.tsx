"use client";
// Owns editing a profile that exists: the newest version becomes the next one.

import { useState } from "react";
import { toast } from "sonner";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Callout } from "@/components/ui/callout";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { countOf } from "@/lib/client/count-of";
import { ProblemError } from "@/lib/client/problem-error";
import { useUpdateProfile } from "@/lib/client/queries/profile-mutations";
import { useViewer } from "@/lib/client/viewer-context";
import { visibleText } from "@/lib/client/visible-text";
import type { ProfileDetailDto } from "@/lib/contracts/profiles";
import { ProfileEditor } from "./profile-editor";
import { SaveDialog } from "./save-dialog";
import type { SavedProfile } from "./use-editor";

const isOvertaken = (error: Error | null) =>
  error instanceof ProblemError && error.errors.some(({ path }) => path === "base_version");

/** `profile` is what the server read when the page was opened: what is typed must not change under anybody's hands. */
export function EditProfile({ profile }: { profile: ProfileDetailDto }) {
  const { place, href, can, whyNot } = useViewer();
  const update = useUpdateProfile(place, profile.slug);
  const [pending, setPending] = useState<SavedProfile | null>(null);
  const [leaveTo, setLeaveTo] = useState<string | null>(null);
  const base = href(`/profiles/${profile.slug}`);
  const { name, description, definition } = profile;

  function send(draft: SavedProfile, version: { note: string; applies: boolean } | null) {
    update.mutate(
      {
        base_version: profile.version,
        name: draft.name,
        description: draft.description,
        ...(version !== null && {
          definition: draft.definition,
          apply_to_endpoints: version.applies,
          ...(version.note !== "" && { note: version.note }),
        }),
      },
      {
        onSuccess: ({ version: number, moved_endpoints: moved }) => {
          toast.success(version === null ? "Profile saved" : `Version ${number} saved`, {
            description:
              moved > 0 ? `${countOf(moved, "endpoint sends", "endpoints send")} it now.` : undefined,
          });
          setPending(null);
          setLeaveTo(base);
        },
      },
    );
  }

  const header = (
    <PageHeader
      breadcrumb={
        <Breadcrumb
          crumbs={[
            { label: "Profiles", href: href("/profiles") },
            { label: visibleText(name), href: base },
            { label: "Edit" },
          ]}
        />
      }
      title={`Edit ${visibleText(name)}`}
      description={`You are editing version ${profile.version}. Saving a change makes version ${profile.version + 1}; nothing that was sent before changes.`}
    />
  );
  if (!can("profiles:write") || profile.built_in || profile.archived_at !== null) {
    return (
      <div className="grid grid-cols-1 gap-4">
        {header}
        <Callout actions={<LinkButton href={base}>Back to the profile</LinkButton>}>
          {whyNot("profiles:write") ??
            (profile.built_in
              ? "Built-in profiles cannot be changed. Clone it and change the clone."
              : "An archived profile cannot be changed. Unarchive it first.")}
        </Callout>
      </div>
    );
  }
  return (
    <ProfileEditor
      saved={{ name, description, definition }}
      samples={profile.samples}
      header={header}
      isNew={false}
      isWorking={update.isPending}
      failure={update.error}
      leaveTo={leaveTo}
      onSave={({ isDefinitionDirty, ...draft }) => {
        update.reset();
        if (isDefinitionDirty) setPending(draft);
        else send(draft, null);
      }}
    >
      {update.isError && pending === null && <Callout tone="danger">{update.error.message}</Callout>}
      <SaveDialog
        key={pending === null ? "closed" : "open"}
        profile={profile}
        open={pending !== null}
        onOpenChange={(open) => {
          if (!open) setPending(null);
        }}
        isWorking={update.isPending}
        failure={update.error}
        onSave={(choice) => pending !== null && send(pending, choice)}
      />
      {isOvertaken(update.error) && (
        <Callout
          tone="warning"
          actions={
            <LinkButton href={`${base}/versions`} target="_blank">
              See what changed
            </LinkButton>
          }
        >
          Somebody has saved another version meanwhile. Yours is still here: copy what you need (JSON), then
          reload.
        </Callout>
      )}
    </ProfileEditor>
  );
}
