"use client";
// Owns what the settings say about an endpoint's profile: which one in which version, what of it was set otherwise here,
// and the ways to a newer version and to another profile.

import { ArrowUpToLine, Replace } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { formatDuration } from "@/lib/client/format-duration";
import { errorText } from "@/lib/client/problem-error";
import { failingWords } from "@/lib/client/profiles/definition-words";
import { useViewer } from "@/lib/client/viewer-context";
import { visibleText } from "@/lib/client/visible-text";
import type { EndpointDto, ProfileSetting } from "@/lib/contracts/endpoints";
import { retrySummary } from "../form/retry-preview-table";
import { ChangeProfileDialog } from "./change-profile-dialog";
import { ProfileFacts } from "./profile-facts";
import { useEndpointDefinition } from "./use-endpoint-definition";

/** What was set for this endpoint alone, in words. */
function ownWords(endpoint: EndpointDto): Partial<Record<ProfileSetting, string>> {
  const words: Record<ProfileSetting, string> = {
    timeout_ms: formatDuration(endpoint.timeout_ms / 1000),
    retry_policy: retrySummary(endpoint.retry_policy),
    auto_disable: failingWords(endpoint.auto_disable === false ? null : endpoint.auto_disable),
  };
  return Object.fromEntries(endpoint.overrides.map((setting) => [setting, words[setting]]));
}

const linkStyles = "rounded-xs text-accent-ink underline-offset-4 hover:underline";

export function ProfileCard({ endpoint }: { endpoint: EndpointDto }) {
  const { href } = useViewer();
  const [change, setChange] = useState<"switch" | "move" | null>(null);
  const { profile } = endpoint;
  const { data: definition, error } = useEndpointDefinition(profile);
  const isBehind = profile.version < profile.latest_version;
  const name = visibleText(profile.name);
  return (
    <Card>
      <CardHeader
        title="Profile"
        description={
          <>
            Requests have the form of{" "}
            <Link href={href(`/profiles/${profile.slug}`)} className={linkStyles}>
              {name}
            </Link>
            , version {profile.version}.
          </>
        }
        actions={
          <Button icon={<Replace />} onClick={() => setChange("switch")}>
            Change profile
          </Button>
        }
      />
      <CardBody className="grid grid-cols-1 gap-4">
        {isBehind && (
          <Callout
            tone="warning"
            title={`Version ${profile.latest_version} is there`}
            actions={
              <>
                <Link
                  href={href(`/profiles/${profile.slug}/versions?version=${profile.latest_version}`)}
                  className={`${linkStyles} text-sm`}
                >
                  What changed
                </Link>
                <Button size="sm" icon={<ArrowUpToLine />} onClick={() => setChange("move")}>
                  Move to version {profile.latest_version}
                </Button>
              </>
            }
          >
            This endpoint still sends version {profile.version}.
          </Callout>
        )}
        {definition !== undefined ? (
          <ProfileFacts definition={definition} own={ownWords(endpoint)} />
        ) : error !== null ? (
          <p className="text-danger-ink text-sm">{errorText(error)}</p>
        ) : (
          <Skeleton className="h-32 w-full" />
        )}
      </CardBody>
      <ChangeProfileDialog
        // Another start for each opening: nothing is left of what was looked at before.
        key={change ?? "closed"}
        endpoint={endpoint}
        isMove={change === "move"}
        open={change !== null}
        onOpenChange={(open) => {
          if (!open) setChange(null);
        }}
      />
    </Card>
  );
}
