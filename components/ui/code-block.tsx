// Owns code and bodies on screen, verbatim: plain text, or HTML highlighted before it got here.

import type { ReactNode } from "react";
import { cn } from "./cn";
import { CopyButton } from "./copy-button";

interface CodeBlockProps {
  /** The exact text; this is what Copy copies. */
  code: string;
  /** Highlighted HTML of the same text, from a highlighter that escapes (Shiki). Never anything else. */
  html?: string;
  /** What it is, at the left of the bar: a file name, "Request body". */
  title?: ReactNode;
  /** Controls beside Copy. */
  actions?: ReactNode;
  /** Long lines wrap (bodies) or scroll (code). */
  wrap?: boolean;
  /** Tallest before it scrolls, as a class such as `max-h-96`. */
  maxHeight?: string;
  copyLabel?: string;
  className?: string;
}

/** A block of code with a copy button. */
export function CodeBlock({
  code,
  html,
  title,
  actions,
  wrap = false,
  maxHeight = "max-h-96",
  copyLabel = "Copy",
  className,
}: CodeBlockProps) {
  const body = cn(
    "scrollbar-thin overflow-auto px-3 py-2.5 font-mono text-ink text-xs leading-5 [tab-size:2] focus-visible:-outline-offset-2",
    wrap ? "whitespace-pre-wrap wrap-anywhere" : "whitespace-pre",
    maxHeight,
  );
  return (
    <figure
      className={cn(
        "group/code relative min-w-0 overflow-hidden rounded-md border border-line bg-sunken",
        className,
      )}
    >
      {title || actions ? (
        <figcaption className="flex h-8 items-center justify-between gap-2 border-b pr-1 pl-3 text-subtle text-xs">
          <span className="min-w-0 truncate">{title}</span>
          <span className="flex shrink-0 items-center">
            {actions}
            <CopyButton value={code} label={copyLabel} />
          </span>
        </figcaption>
      ) : (
        <CopyButton
          value={code}
          label={copyLabel}
          variant="secondary"
          className="absolute top-1.5 right-1.5 z-1 opacity-0 transition-opacity focus-visible:opacity-100 group-hover/code:opacity-100 pointer-coarse:opacity-100"
        />
      )}
      {html ? (
        <HighlightedCode html={html} className={body} />
      ) : (
        <pre className={body} {...{ tabIndex: 0 }}>
          <code>{code}</code>
        </pre>
      )}
    </figure>
  );
}

function HighlightedCode({ html, className }: { html: string; className: string }) {
  return (
    <div
      className={cn(className, "[&_pre]:bg-transparent! [&_pre]:outline-none [&_pre]:whitespace-[inherit]")}
      {...{ tabIndex: 0, dangerouslySetInnerHTML: { __html: html } }}
    />
  );
}
