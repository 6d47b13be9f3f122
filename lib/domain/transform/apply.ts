// Owns a whole mapping over one event: rules in their order, one document, one answer.
import { JsonScanError, scanValue } from "@/lib/domain/json/scan";
import { TransformError } from "./errors";
import { type AppliedRule, RuleOutcome, type SkippedRule } from "./outcome";
import { type CompiledRule, runRule } from "./run-rule";
import { MAX_DEPTH } from "./spans";
import { JsonTree } from "./tree";

export type TransformResult = { bytes: Uint8Array; applied: AppliedRule[]; skipped: SkippedRule[] };

/** Applies the rules in order. What it promises stands at `Transform.apply`. */
export function applyRules(
  rules: readonly CompiledRule[],
  data: Uint8Array,
  maxBytes: number,
): TransformResult {
  const applied: AppliedRule[] = [];
  const skipped: SkippedRule[] = [];
  const tree = new JsonTree(data, maxBytes);
  try {
    for (const [index, rule] of rules.entries()) {
      const outcome = new RuleOutcome(index);
      runRule(tree, rule, outcome);
      outcome.report(applied, skipped);
    }
  } catch (error) {
    if (!(error instanceof JsonScanError)) throw error;
    throw new TransformError("invalid_json", `The event cannot be read: ${error.message}.`, error);
  }
  if (applied.length === 0) return { bytes: data, applied, skipped };
  const bytes = tree.toBytes();
  if (applied.some(({ rule }) => mayDeepen(rules[rule]))) checkDepth(bytes);
  return { bytes, applied, skipped };
}

function mayDeepen(rule: CompiledRule | undefined): boolean {
  return rule !== undefined && "mayDeepen" in rule && rule.mayDeepen;
}

function checkDepth(bytes: Uint8Array): void {
  try {
    scanValue(bytes, 0, MAX_DEPTH);
  } catch (error) {
    throw new TransformError(
      "too_deep",
      `The field mapping nests the event more than ${MAX_DEPTH} deep.`,
      error,
    );
  }
}
