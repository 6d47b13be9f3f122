"use client";
// Owns a body on screen: the bytes as they were, or the same tokens with white space for reading. Never parsed into
// values, so no number changes; never markup, so nothing runs.

import { useMemo, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { CopyButton } from "@/components/ui/copy-button";
import { prettyTokens } from "@/lib/domain/json/pretty-print";
import type { JsonToken, JsonTokenKind } from "@/lib/domain/json/tokens";
import { OutsideText } from "./outside-text";

/** More tokens than this are shown without colours: each colour is an element, and thousands of them freeze a page. */
const MAX_COLOURED_TOKENS = 4_000;

const COLOURS: Partial<Record<JsonTokenKind, string>> = {
  key: "text-accent-ink",
  string: "text-success-ink",
  number: "text-progress-ink",
  literal: "text-paused-ink",
};

interface BodyViewProps {
  title: string;
  text: string;
  /** What stands beside the title: sizes, "cut at 64 KiB". */
  facts?: readonly { label: string; tone?: "warning" | "neutral" }[];
  maxHeight?: string;
}

export function BodyView({ title, text, facts = [], maxHeight = "max-h-[32rem]" }: BodyViewProps) {
  const [isPretty, setPretty] = useState(true);
  const tokens = useMemo(() => prettyTokens(text), [text]);
  const shown = isPretty && tokens !== null ? tokens : null;
  return (
    <figure className="min-w-0 overflow-hidden rounded-md border border-line bg-sunken">
      <figcaption className="flex min-h-8 flex-wrap items-center justify-between gap-x-3 border-b pr-1 pl-3 text-subtle text-xs">
        <span className="flex min-w-0 flex-wrap items-center gap-2 py-1">
          {title}
          {facts.map((fact) => (
            <Badge key={fact.label} tone={fact.tone ?? "neutral"} outline={fact.tone === undefined}>
              {fact.label}
            </Badge>
          ))}
        </span>
        <span className="ml-auto flex shrink-0 items-center">
          {tokens !== null && (
            <Button
              size="sm"
              variant="ghost"
              aria-pressed={isPretty}
              onClick={() => setPretty(!isPretty)}
              className="h-7"
            >
              {isPretty ? "Show as sent" : "Indent"}
            </Button>
          )}
          <CopyButton value={text} label={`Copy ${title.toLowerCase()}`} />
        </span>
      </figcaption>
      <pre
        className={cn(
          "scrollbar-thin overflow-auto whitespace-pre-wrap px-3 py-2.5 font-mono text-ink text-xs leading-5 wrap-anywhere [tab-size:2] focus-visible:-outline-offset-2",
          maxHeight,
        )}
        {...{ tabIndex: 0 }}
      >
        <code>{shown === null ? <OutsideText text={text} /> : <Tokens tokens={shown} />}</code>
      </pre>
    </figure>
  );
}

function Tokens({ tokens }: { tokens: JsonToken[] }) {
  if (tokens.length > MAX_COLOURED_TOKENS) {
    return <OutsideText text={tokens.map((token) => token.text).join("")} />;
  }
  let at = 0;
  return tokens.map((token) => {
    const key = at;
    at += token.text.length;
    const colour = COLOURS[token.kind];
    if (colour === undefined) return token.text;
    return (
      <span key={key} className={colour}>
        <OutsideText text={token.text} />
      </span>
    );
  });
}
