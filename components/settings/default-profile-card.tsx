"use client";
// Owns which profile endpoints of this environment get whose maker names none; saved as soon as it is chosen.

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { toast } from "sonner";
import { ProfileSelect } from "@/components/endpoints/profile/profile-select";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { errorText } from "@/lib/client/problem-error";
import { environmentQueries, useUpdateEnvironment } from "@/lib/client/queries/environment";
import { useViewer } from "@/lib/client/viewer-context";

export function DefaultProfileCard() {
  const { place, href, can, whyNot, environment } = useViewer();
  const settings = useQuery(environmentQueries.settings(place));
  const update = useUpdateEnvironment(place);
  const mayChange = can("endpoints:write");
  const failure = settings.error ?? update.error;
  const linkStyles = "rounded-xs text-accent-ink underline-offset-4 hover:underline";
  return (
    <Card>
      <CardHeader
        title="Default profile"
        description={
          <>
            How requests of new {environment.kind} endpoints look and are signed unless another{" "}
            <Link href={href("/profiles")} className={linkStyles}>
              profile
            </Link>{" "}
            is named. Endpoints that exist keep theirs.
          </>
        }
      />
      <CardBody className="grid grid-cols-1 gap-3">
        {settings.data === undefined ? (
          settings.isError ? null : (
            <Skeleton className="h-14 w-80 max-w-full" />
          )
        ) : (
          <div className="w-80 max-w-full">
            <ProfileSelect
              label="Profile of new endpoints"
              hint={mayChange ? undefined : whyNot("endpoints:write")}
              // What was chosen stands there while it is being saved.
              value={
                (update.isPending ? update.variables.default_profile : null) ?? settings.data.default_profile
              }
              disabled={!mayChange || update.isPending}
              onChange={(slug) =>
                update.mutate(
                  { default_profile: slug },
                  {
                    onSuccess: () =>
                      toast.success("Default profile saved", {
                        description: "New endpoints take it, from the dashboard and from the API.",
                      }),
                  },
                )
              }
            />
          </div>
        )}
        {failure !== null && <Callout tone="danger">{errorText(failure)}</Callout>}
      </CardBody>
    </Card>
  );
}
