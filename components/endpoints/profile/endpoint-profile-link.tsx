"use client";
// Owns how an endpoint's profile is named where the endpoint is described: with its version, and whether there is a newer one.

import Link from "next/link";
import { StatusPill } from "@/components/ui/status-pill";
import { useViewer } from "@/lib/client/viewer-context";
import { visibleText } from "@/lib/client/visible-text";
import type { EndpointProfileDto } from "@/lib/contracts/endpoints";

export function EndpointProfileLink({ profile }: { profile: EndpointProfileDto }) {
  const { href } = useViewer();
  const { slug, name, version, latest_version: latest } = profile;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2">
      <span>
        <Link
          href={href(`/profiles/${slug}`)}
          className="rounded-xs text-accent-ink underline-offset-4 hover:underline"
        >
          {visibleText(name)}
        </Link>
        , version {version}
      </span>
      {version < latest && (
        <StatusPill tone="warning" variant="plain">
          newest is {latest}
        </StatusPill>
      )}
    </span>
  );
}
