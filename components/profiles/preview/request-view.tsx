"use client";
// Owns an exact request on screen. What has changed since the last look lights up for a moment, so that an edit shows where
// it leads.

import { useEffect, useRef } from "react";
import { BodyView } from "@/components/deliveries/body-view";
import { formatBytes } from "@/components/deliveries/format";
import { cn } from "@/components/ui/cn";
import { visibleText } from "@/lib/client/visible-text";
import type { ProfilePreviewDto } from "@/lib/contracts/profiles";

/** Keys of what was there at the last look; null before the first. */
function useSeen(keys: readonly string[]): (key: string) => boolean {
  const seen = useRef<ReadonlySet<string> | null>(null);
  const isNew = (key: string) => seen.current !== null && !seen.current.has(key);
  useEffect(() => {
    seen.current = new Set(keys);
  });
  return isNew;
}

interface RequestViewProps {
  request: Pick<ProfilePreviewDto, "method" | "url" | "headers" | "body"> & { body_size?: number };
  /** Names of headers of the signature, in small letters: they are marked. */
  marked?: readonly string[];
  maxHeight?: string;
}

export function RequestView({ request, marked = [], maxHeight }: RequestViewProps) {
  const headers = request.headers.map(([name, value]) => ({ name, value, key: `${name}: ${value}` }));
  const isNew = useSeen(headers.map(({ key }) => key));
  return (
    <div className="grid min-w-0 grid-cols-1 gap-3">
      <div className="scrollbar-thin min-w-0 overflow-x-auto rounded-md border border-line bg-sunken py-2 font-mono text-xs leading-5">
        <p className="px-3 pb-1 wrap-anywhere">
          <span className="font-medium text-accent-ink">{request.method}</span>{" "}
          <span className="text-ink">{visibleText(request.url)}</span>
        </p>
        <dl aria-label="Request headers">
          {headers.map(({ key, name, value }) => (
            <div
              key={key}
              className={cn(
                "grid grid-cols-1 gap-x-3 px-3 py-0.5 sm:grid-cols-[11.5rem_minmax(0,1fr)]",
                isNew(key) && "animate-arrive",
              )}
            >
              <dt className="flex items-baseline gap-1.5 text-subtle wrap-anywhere">
                {name}
                {marked.includes(name.toLowerCase()) && (
                  <span className="size-1.5 shrink-0 rounded-full bg-accent" title="Part of the signature" />
                )}
              </dt>
              <dd className="text-ink wrap-anywhere max-sm:pl-3">{visibleText(value)}</dd>
            </div>
          ))}
        </dl>
      </div>
      <BodyView
        title="Body"
        text={request.body}
        facts={request.body_size === undefined ? [] : [{ label: formatBytes(request.body_size) }]}
        {...(maxHeight && { maxHeight })}
      />
    </div>
  );
}
