"use client";
// Owns before and after side by side: the same tokens as in the bytes, with what differs marked.

import { OutsideText } from "@/components/deliveries/outside-text";
import { cn } from "@/components/ui/cn";
import { CopyButton } from "@/components/ui/copy-button";
import { prettyTokens } from "@/lib/domain/json/pretty-print";
import type { FieldChange, TokenRange } from "@/lib/domain/transform/diff-preview";

/** Longer texts are shown as they are, unmarked: each piece is an element, and thousands of them freeze a page. */
const MAX_TOKENS = 4_000;

type Side = "before" | "after";

interface DiffPaneProps {
  title: string;
  text: string;
  side: Side;
  changes: readonly FieldChange[];
}

const MARK: Record<FieldChange["kind"], string> = {
  added: "bg-success-soft text-success-ink",
  removed: "bg-danger-soft text-danger-ink line-through decoration-1",
  changed: "bg-warning-soft text-warning-ink",
};

type Piece = { key: number; text: string; kind: FieldChange["kind"] | null };

function rangesOf(changes: readonly FieldChange[], side: Side) {
  return changes.flatMap((change): { range: TokenRange; kind: FieldChange["kind"] }[] => {
    if (side === "before" && "before" in change) return [{ range: change.before, kind: change.kind }];
    return side === "after" && "after" in change ? [{ range: change.after, kind: change.kind }] : [];
  });
}

/** The indented text in pieces: what is marked, and what is between. */
function piecesOf(text: string, side: Side, changes: readonly FieldChange[]): Piece[] | null {
  const tokens = prettyTokens(text);
  if (tokens === null || tokens.length > MAX_TOKENS) return null;
  const kinds = new Map<number, FieldChange["kind"]>();
  for (const { range, kind } of rangesOf(changes, side)) {
    for (let at = range.start; at < range.end; at++) kinds.set(at, kind);
  }
  const pieces: Piece[] = [];
  let at = 0;
  for (const token of tokens) {
    const isSpace = token.kind === "space";
    // White space takes the mark of what it stands between.
    const kind = isSpace && kinds.get(at - 1) !== kinds.get(at) ? null : (kinds.get(at) ?? null);
    const last = pieces.at(-1);
    if (last !== undefined && last.kind === kind) last.text += token.text;
    else pieces.push({ key: pieces.length, text: token.text, kind });
    if (!isSpace) at++;
  }
  return pieces;
}

function DiffPane({ title, text, side, changes }: DiffPaneProps) {
  const pieces = piecesOf(text, side, changes);
  return (
    <figure aria-label={title} className="min-w-0 overflow-hidden rounded-md border border-line bg-sunken">
      <figcaption className="flex h-8 items-center justify-between border-b pr-1 pl-3 text-subtle text-xs">
        {title}
        <CopyButton value={text} label={`Copy ${title.toLowerCase()}`} />
      </figcaption>
      <pre
        className="scrollbar-thin max-h-80 overflow-auto whitespace-pre-wrap px-3 py-2.5 font-mono text-ink text-xs leading-5 wrap-anywhere focus-visible:-outline-offset-2"
        {...{ tabIndex: 0 }}
      >
        <code>
          {pieces === null ? (
            <OutsideText text={text} />
          ) : (
            pieces.map((piece) => (
              <span key={piece.key} className={cn(piece.kind !== null && ["rounded-xs", MARK[piece.kind]])}>
                <OutsideText text={piece.text} />
              </span>
            ))
          )}
        </code>
      </pre>
    </figure>
  );
}

interface DiffViewProps {
  before: string;
  after: string;
  changes: readonly FieldChange[];
  isTruncated: boolean;
}

const WORDS: Record<FieldChange["kind"], string> = { added: "Added", removed: "Removed", changed: "Changed" };

export function DiffView({ before, after, changes, isTruncated }: DiffViewProps) {
  const kinds = ["added", "removed", "changed"] as const;
  return (
    <div className="grid grid-cols-1 gap-2">
      <div className="grid grid-cols-1 gap-2 sm:grid-cols-2">
        <DiffPane title="Before" side="before" text={before} changes={changes} />
        <DiffPane title="After" side="after" text={after} changes={changes} />
      </div>
      <p aria-live="polite" className="text-muted text-xs wrap-anywhere">
        {changes.length === 0
          ? "Nothing differs."
          : kinds
              .filter((kind) => changes.some((change) => change.kind === kind))
              .map((kind) => {
                const paths = changes.filter((change) => change.kind === kind).map(({ path }) => path);
                const more = paths.length > 8 ? ` and ${paths.length - 8} more` : "";
                return `${WORDS[kind]}: ${paths.slice(0, 8).join(", ")}${more}.`;
              })
              .join(" ")}
        {isTruncated && " There are more differences than are marked."}
      </p>
    </div>
  );
}
