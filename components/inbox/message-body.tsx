"use client";
// Owns a body on screen: byte for byte as it came, hidden characters made visible; formatted only when asked.

import { useState } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { visibleParts } from "@/lib/client/visible-text";
import type { InboxMessageDto } from "@/lib/contracts/inbox";
import { prettyJson } from "@/lib/domain/json/pretty-print";

const VIEWS = [
  { value: "verbatim" as const, label: "Verbatim" },
  { value: "formatted" as const, label: "Formatted" },
];

/** The text in parts with the place where each begins. */
function placedParts(text: string): { at: number; isEscape: boolean; text: string }[] {
  let at = 0;
  return visibleParts(text).map((part) => {
    const placed = { at, isEscape: part.kind === "escape", text: part.text };
    at += part.text.length;
    return placed;
  });
}

export function MessageBody({ message }: { message: InboxMessageDto }) {
  const [view, setView] = useState<"verbatim" | "formatted">("verbatim");
  const pretty = message.body_encoding === "utf8" ? prettyJson(message.body) : null;
  const text = view === "formatted" && pretty !== null ? pretty : message.body;
  return (
    <section className="grid grid-cols-1 gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-semibold text-ink text-sm">
          Body
          {message.body_encoding === "base64" && (
            <span className="font-normal text-subtle"> as base64, it is no text</span>
          )}
        </h3>
        <div className="flex items-center gap-1">
          {pretty !== null && (
            <SegmentedControl label="View" value={view} onValueChange={setView} options={VIEWS} />
          )}
          <CopyButton value={message.body} label="Copy body as it came" />
        </div>
      </div>
      {message.body_size === 0 ? (
        <p className="rounded-md border border-line bg-sunken px-3 py-2.5 text-sm text-subtle">
          The body is empty.
        </p>
      ) : (
        <pre
          className="scrollbar-thin max-h-[60vh] overflow-auto whitespace-pre-wrap rounded-md border border-line bg-sunken px-3 py-2.5 font-mono text-ink text-xs leading-5 wrap-anywhere focus-visible:-outline-offset-2"
          {...{ tabIndex: 0 }}
        >
          <code>
            {placedParts(text).map((part) =>
              part.isEscape ? (
                <span key={part.at} className="rounded-xs bg-warning-soft text-warning-ink">
                  {part.text}
                </span>
              ) : (
                part.text
              ),
            )}
          </code>
        </pre>
      )}
    </section>
  );
}
