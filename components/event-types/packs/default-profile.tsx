"use client";
// Owns whether a pack's profile is the environment's default: what short calls such as webhooks/subscribe rely on.

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { environmentQueries, useUpdateEnvironment } from "@/lib/client/queries/environment";
import { useViewer } from "@/lib/client/viewer-context";

interface DefaultProfileProps {
  /** Of the pack's profile. */
  slug: string;
  /** Of the pack. */
  name: string;
}

export function DefaultProfile({ slug, name }: DefaultProfileProps) {
  const { place, href, can, environment } = useViewer();
  const settings = useQuery(environmentQueries.settings(place));
  const set = useUpdateEnvironment(place);
  const profile = (
    <Link
      href={href(`/profiles/${slug}`)}
      className="rounded-xs text-accent-ink underline underline-offset-4"
    >
      {name}
    </Link>
  );
  if (settings.data?.default_profile === slug) {
    return (
      <p>
        Its profile {profile} is the default in {environment.kind}: endpoints, subscriptions and callbacks get
        it when nobody names one.
      </p>
    );
  }
  return (
    <>
      <p className="min-w-0 flex-1 basis-64">
        Its profile is {profile}. Callers of the API name it, or it is made the default of an environment.
      </p>
      {can("endpoints:write") && settings.data !== undefined && (
        <ConfirmDialog
          trigger={<Button size="sm">Make it the default in {environment.kind}</Button>}
          title={`Make ${name} the default profile in ${environment.kind}?`}
          description={`New endpoints, subscriptions and callbacks get it when nobody names a profile. Those that exist keep theirs. Until now it is ${settings.data.default_profile}.`}
          confirmLabel="Make it the default"
          onConfirm={async () => {
            await set.mutateAsync({ default_profile: slug });
            toast(`${name} is the default profile in ${environment.kind}.`);
          }}
        />
      )}
    </>
  );
}
