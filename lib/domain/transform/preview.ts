// Owns a mapping tried on one event: the text before, the text after, and what every rule did.
import type { Transform } from "./compile";
import { type DiffPreview, diffPreview } from "./diff-preview";
import type { AppliedRule, SkippedRule } from "./outcome";

export type TransformPreview = {
  before: string;
  after: string;
  applied: AppliedRule[];
  skipped: SkippedRule[];
} & DiffPreview;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Applies the mapping to JSON text as a delivery would. Throws `TransformError` where the delivery would fail. */
export function previewTransform(transform: Transform, dataText: string): TransformPreview {
  const { bytes, applied, skipped } = transform.apply(encoder.encode(dataText));
  const after = decoder.decode(bytes);
  const diff = diffPreview(dataText, after) ?? { changes: [], isTruncated: false };
  return { before: dataText, after, applied, skipped, ...diff };
}
