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
import { errorText } from "@/lib/client/problem-error";
import { useViewer } from "@/lib/client/viewer-context";
import { visibleText } from "@/lib/client/visible-text";
import type { EndpointDto, ProfileSetting } from "@/lib/contracts/endpoints";
import { ChangeProfileDialog } from "./change-profile-dialog";
import { ProfileFacts } from "./profile-facts";
import { useEndpointDefinition } from "./use-endpoint-definition";

const SETTING_WORDS: Record<ProfileSetting, string> = {
  timeout_ms: "timeout",
  retry_policy: "retries",
  auto_disable: "when it is disabled",
};

const linkStyles = "rounded-xs text-accent-ink underline-offset-4 hover:underline";

export function ProfileCard({ endpoint }: { endpoint: EndpointDto }) {
  const { href } = useViewer();
  const [change, setChange] = useState<"switch" | "move" | null>(null);
  const { profile, overrides } = endpoint;
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
          <ProfileFacts definition={definition} />
        ) : error !== null ? (
          <p className="text-danger-ink text-sm">{errorText(error)}</p>
        ) : (
          <Skeleton className="h-32 w-full" />
        )}
        {overrides.length > 0 && (
          <p className="text-muted text-sm">
            Set for this endpoint alone, below:{" "}
            {overrides.map((setting) => SETTING_WORDS[setting]).join(", ")}. Everything else follows the
            profile.
          </p>
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
