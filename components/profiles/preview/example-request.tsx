"use client";
// Owns the exact request that a profile makes of an example: chosen, asked of the server, shown.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Callout } from "@/components/ui/callout";
import { cn } from "@/components/ui/cn";
import { CopyButton } from "@/components/ui/copy-button";
import { Skeleton } from "@/components/ui/skeleton";
import { errorText } from "@/lib/client/problem-error";
import { profileQueries } from "@/lib/client/queries/profiles";
import { useViewer } from "@/lib/client/viewer-context";
import type { PreviewProfileInput, SampleEventDto } from "@/lib/contracts/profiles";
import { ExampleSelect } from "./example-select";
import { RequestView } from "./request-view";
import { type Example, useExample } from "./use-example";

interface LiveRequestProps {
  /** A saved profile, or a draft that could be saved. */
  source: Pick<PreviewProfileInput, "profile" | "version" | "definition">;
  example: Example;
  /** Headers of the signature, in small letters. */
  marked?: readonly string[];
  /** What is shown is older than what is written. */
  isStale?: boolean;
}

/** The request for an example that is chosen elsewhere. */
export function LiveRequest({ source, example, marked, isStale = false }: LiveRequestProps) {
  const { place } = useViewer();
  // One moment for as long as the page is open, so that only edits change what is shown.
  const [at] = useState(() => new Date().toISOString());
  const { event } = example;
  const preview = useQuery({
    ...profileQueries.preview(place, { ...source, ...event, at }),
    enabled: event !== null,
  });
  if (preview.isError) return <Callout tone="danger">{errorText(preview.error)}</Callout>;
  const shown = preview.data;
  if (shown === undefined) return <Skeleton className="h-80 w-full" />;
  return (
    <div
      className={cn("grid min-w-0 grid-cols-1 gap-3 transition-opacity", isStale && "opacity-60")}
      aria-busy={preview.isPlaceholderData || isStale}
    >
      <RequestView request={shown} marked={marked ?? []} />
      {shown.secret !== "" && (
        <p className="flex min-w-0 items-center gap-1 text-subtle text-xs">
          <span className="shrink-0">{shown.public_key === null ? "Signed with" : "Verify with"}</span>
          <code className="min-w-0 truncate font-mono text-muted">{shown.secret}</code>
          <CopyButton value={shown.secret} label="Copy the example's secret" />
        </p>
      )}
    </div>
  );
}

interface ExampleRequestProps {
  source: LiveRequestProps["source"];
  samples: readonly SampleEventDto[];
  marked?: readonly string[];
}

/** The request with the choice of its example above. */
export function ExampleRequest({ source, samples, marked }: ExampleRequestProps) {
  const example = useExample(samples);
  return (
    <div className="grid min-w-0 grid-cols-1 gap-3">
      <ExampleSelect example={example} samples={samples} />
      <LiveRequest source={source} example={example} {...(marked && { marked })} />
    </div>
  );
}
