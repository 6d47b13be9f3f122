// Owns the body on the wire: an envelope's tree, made once into a list of pieces, then filled for each event. Bytes of
// `data` are spliced in as they came. The body depends on the event alone, so every attempt and replay sends the same.

import { BodyTooLargeError, MAX_BODY_BYTES } from "./body-limit";
import type { SlicePlan } from "./data-slices";
import type { EnvelopeNode } from "./envelope-template";
import { isAlwaysThere, type Placeholder, type TextPart } from "./placeholder";
import {
  boundedTextReader,
  jsonReader,
  type ProfileEvent,
  planFor,
  quoteJson,
  textReader,
  type ValueContext,
} from "./values";

/** What has been written: finished bytes, and text that is not bytes yet. `size` counts a character as one byte. */
type Sink = { chunks: Uint8Array[]; text: string; size: number };
type Piece = string | ((sink: Sink, ctx: ValueContext) => void);

/** Counted as it grows, so that what is too large is never put together. */
function grow(sink: Sink, bytes: number): void {
  sink.size += bytes;
  if (sink.size > MAX_BODY_BYTES) throw new BodyTooLargeError();
}

function writeText(sink: Sink, text: string): void {
  grow(sink, text.length);
  sink.text += text;
}

function writeBytes(sink: Sink, bytes: Uint8Array): void {
  grow(sink, bytes.length);
  if (sink.text !== "") sink.chunks.push(Buffer.from(sink.text));
  sink.chunks.push(bytes);
  sink.text = "";
}

function finish(sink: Sink): Buffer {
  if (sink.chunks.length === 0) return Buffer.from(sink.text);
  if (sink.text !== "") sink.chunks.push(Buffer.from(sink.text));
  return Buffer.concat(sink.chunks);
}

function write(pieces: readonly Piece[], sink: Sink, ctx: ValueContext): void {
  for (const piece of pieces) {
    if (typeof piece === "string") writeText(sink, piece);
    else piece(sink, ctx);
  }
}

/** Neighbouring texts become one. */
function merge(pieces: readonly Piece[]): Piece[] {
  const merged: Piece[] = [];
  for (const piece of pieces) {
    const last = merged.length - 1;
    if (typeof piece === "string" && typeof merged[last] === "string") merged[last] += piece;
    else merged.push(piece);
  }
  return merged;
}

function valuePiece(placeholder: Placeholder, plan: SlicePlan): Piece {
  const read = jsonReader(placeholder, plan);
  return (sink, ctx) => {
    const value = read(ctx);
    if (value === null) writeText(sink, "null");
    else if (typeof value === "string") writeText(sink, value);
    else writeBytes(sink, value);
  };
}

function textPieces(parts: readonly TextPart[], plan: SlicePlan): Piece[] {
  const escaped = (text: string) => quoteJson(text).slice(1, -1);
  const pieces = parts.map((part): Piece => {
    if (typeof part === "string") return escaped(part);
    const read = textReader(part, plan);
    return (sink, ctx) => writeText(sink, escaped(read(ctx) ?? ""));
  });
  return ['"', ...pieces, '"'];
}

/** Tells whether a node is to be left out, or null for a node that never is. */
function absence(node: EnvelopeNode, plan: SlicePlan): ((ctx: ValueContext) => boolean) | null {
  const mayMiss = (placeholder: Placeholder) => placeholder.optional && !isAlwaysThere(placeholder);
  if (node.kind === "value" && mayMiss(node.placeholder)) {
    const read = jsonReader(node.placeholder, plan);
    return (ctx) => read(ctx) === null;
  }
  if (node.kind !== "text") return null;
  const readers = node.parts.flatMap((part) =>
    // Whether there is a text is all that counts here: no long one is decoded for that.
    typeof part !== "string" && mayMiss(part) ? [boundedTextReader(part, plan, 0)] : [],
  );
  return readers.length === 0 ? null : (ctx) => readers.some((read) => read(ctx) === null);
}

type Child = { before: string; pieces: Piece[]; isAbsent: ((ctx: ValueContext) => boolean) | null };

function containerPieces(open: string, children: readonly Child[], close: string): Piece[] {
  if (children.every(({ isAbsent }) => isAbsent === null)) {
    const inner = children.flatMap(({ before, pieces }, index): Piece[] => [
      index === 0 ? before : `,${before}`,
      ...pieces,
    ]);
    return [open, ...inner, close];
  }
  const merged = children.map((child) => ({ ...child, pieces: merge(child.pieces) }));
  return [
    (sink, ctx) => {
      writeText(sink, open);
      let isFirst = true;
      for (const { before, pieces, isAbsent } of merged) {
        if (isAbsent?.(ctx)) continue;
        writeText(sink, isFirst ? before : `,${before}`);
        isFirst = false;
        write(pieces, sink, ctx);
      }
      writeText(sink, close);
    },
  ];
}

function piecesOf(node: EnvelopeNode, plan: SlicePlan): Piece[] {
  if (node.kind === "literal") return [node.json];
  if (node.kind === "value") return [valuePiece(node.placeholder, plan)];
  if (node.kind === "text") return textPieces(node.parts, plan);
  const child = (before: string, inner: EnvelopeNode): Child => ({
    before,
    pieces: piecesOf(inner, plan),
    isAbsent: absence(inner, plan),
  });
  return node.kind === "object"
    ? containerPieces(
        "{",
        node.members.map(({ key, node: inner }) => child(`${key}:`, inner)),
        "}",
      )
    : containerPieces(
        "[",
        node.items.map((item) => child("", item)),
        "]",
      );
}

/**
 * The function that gives the body for an event: compact JSON as long as the event's data is JSON. Throws
 * `BodyTooLargeError` for what would be larger than 512 KiB.
 */
export function compileEnvelope(
  root: EnvelopeNode,
  placeholders: readonly Placeholder[],
): (event: ProfileEvent) => Buffer {
  const plan = planFor(placeholders);
  const pieces = merge(piecesOf(root, plan));
  return (event) => {
    const sink: Sink = { chunks: [], text: "", size: 0 };
    write(pieces, sink, { event, slices: plan.cut(event.data), attempt: null, body: null });
    const body = finish(sink);
    if (body.length > MAX_BODY_BYTES) throw new BodyTooLargeError();
    return body;
  };
}
