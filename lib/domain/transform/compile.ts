// Owns the way from rules to something that can be applied: paths are read, constants turned into bytes, and what could
// never work is refused with the rule and the field it stands in.
import { JsonScanError, scanValue } from "@/lib/domain/json/scan";
import { applyRules, type TransformResult } from "./apply";
import { valueToJson } from "./constant";
import { encodeText } from "./json-text";
import { formatPath, isSamePath, isWithin, type JsonPath, parsePath } from "./path";
import { MAX_VALUE_BYTES, type TransformRule } from "./rules";
import type { CompiledRule } from "./run-rule";
import { MAX_DEPTH, type Span, spanOf } from "./spans";
import { type PlaceStep, type Step, toSteps } from "./step";

/** The default bound of what a mapping may give: twice the largest event. */
export const MAX_TRANSFORMED_BYTES = 512 * 1024;

/** `rule` counts from 0; `path` is the field in it (`from`, `to[1]`). */
export type TransformProblem = { rule: number; path: string; message: string };

export type Transform = {
  /**
   * Maps the JSON of an event's data. Deterministic; the input is never changed, and comes back itself when no rule had
   * anything to do. Throws `TransformError`: not JSON, larger than `maxBytes` (bytes, default 512 KiB) after any rule,
   * nested deeper than 128, too many steps (rules times fields).
   */
  apply(data: Uint8Array, options?: { maxBytes?: number }): TransformResult;
};

export type CompileResult = { ok: true; transform: Transform } | { ok: false; problems: TransformProblem[] };

class RuleProblem extends Error {
  readonly path: string;
  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}

/** The rules as a transform, or everything that is wrong with them (the first problem of each rule). */
export function compileTransform(rules: readonly TransformRule[]): CompileResult {
  const compiled: CompiledRule[] = [];
  const problems: TransformProblem[] = [];
  for (const [rule, given] of rules.entries()) {
    try {
      compiled.push(compileRule(given));
    } catch (error) {
      if (!(error instanceof RuleProblem)) throw error;
      problems.push({ rule, path: error.path, message: error.message });
    }
  }
  if (problems.length > 0) return { ok: false, problems };
  const apply: Transform["apply"] = (data, { maxBytes = MAX_TRANSFORMED_BYTES } = {}) =>
    applyRules(compiled, data, maxBytes);
  return { ok: true, transform: { apply } };
}

function compileRule(rule: TransformRule): CompiledRule {
  switch (rule.op) {
    case "delete": {
      const path = read(rule.path, "path");
      if (path.length === 0) throw new RuleProblem("path", "the root cannot be deleted");
      return { op: "delete", path: toSteps(path) };
    }
    case "set":
    case "default":
      return compileConstant(rule);
    case "rename":
    case "copy":
      return compileMove(rule);
    case "split":
      return compileSplit(rule);
    case "join":
      return compileJoin(rule);
  }
}

function compileConstant(rule: Extract<TransformRule, { op: "set" | "default" }>): CompiledRule {
  const path = read(rule.path, "path");
  if (rule.op === "default" && path.length === 0) {
    throw new RuleProblem("path", "the root is always there; a default needs a place below it");
  }
  return { op: rule.op, ...target(path), value: constantOf(rule, MAX_DEPTH - path.length) };
}

function compileMove(rule: Extract<TransformRule, { op: "rename" | "copy" }>): CompiledRule {
  const from = read(rule.from, "from");
  const to = read(rule.to, "to");
  if (isSamePath(from, to)) throw new RuleProblem("to", "is the same place as from");
  if (rule.op === "rename" && isWithin(to, from)) {
    throw new RuleProblem("to", `lies inside ${formatPath(from)}, which is to be moved`);
  }
  sameItems(from, to, "to");
  const keep = rule.op === "copy" || isWithin(from, to);
  const mayDeepen = to.length > from.length;
  return { op: rule.op, ...target(to), from: placeSteps(from), keep, mayDeepen };
}

function compileSplit(rule: Extract<TransformRule, { op: "split" }>): CompiledRule {
  const from = read(rule.from, "from");
  const targets: JsonPath[] = [];
  for (const [index, text] of rule.to.entries()) {
    const field = `to[${index}]`;
    const to = read(text, field);
    sameItems(from, to, field);
    if (!isSamePath(from, to)) noOverlap(field, to, from);
    for (const other of targets) noOverlap(field, to, other);
    targets.push(to);
  }
  const keep = rule.keep || targets.some((to) => isSamePath(from, to));
  const to = targets.map(placeSteps);
  return {
    op: "split",
    scope: scopeSteps(from),
    from: placeSteps(from),
    to,
    separator: rule.separator,
    keep,
  };
}

function compileJoin(rule: Extract<TransformRule, { op: "join" }>): CompiledRule {
  const to = read(rule.to, "to");
  const from = rule.from.map((text, index) => {
    const field = `from[${index}]`;
    const path = read(text, field);
    sameItems(path, to, field);
    if (path.length < to.length && isWithin(to, path)) {
      throw new RuleProblem("to", `lies inside ${formatPath(path)}, which is to be joined`);
    }
    // What the result replaces is gone already.
    return { steps: placeSteps(path), keep: rule.keep || isWithin(path, to) };
  });
  return { op: "join", ...target(to), from, separator: rule.separator };
}

function read(text: string, field: string): JsonPath {
  const parsed = parsePath(text);
  if (parsed.ok) return parsed.path;
  throw new RuleProblem(field, `${parsed.message} (character ${parsed.position + 1})`);
}

function noOverlap(field: string, path: JsonPath, other: JsonPath): void {
  if (isWithin(path, other) || isWithin(other, path)) {
    throw new RuleProblem(field, `must neither contain ${formatPath(other)} nor lie in it`);
  }
}

/** Up to the last `[*]`: the items that a rule goes over, one by one. */
function scopeOf(path: JsonPath): JsonPath {
  return path.slice(0, path.findLastIndex(({ kind }) => kind === "each") + 1);
}

function sameItems(a: JsonPath, b: JsonPath, field: string): void {
  const [left, right] = [scopeOf(a), scopeOf(b)];
  if (isSamePath(left, right)) return;
  throw new RuleProblem(
    field,
    `must go over the same items: ${formatPath(a)} and ${formatPath(b)} differ up to their last [*]`,
  );
}

function scopeSteps(path: JsonPath): Step[] {
  return toSteps(scopeOf(path));
}

function placeSteps(path: JsonPath): PlaceStep[] {
  return toSteps(path.slice(scopeOf(path).length)).filter((step) => step.kind !== "each");
}

function target(path: JsonPath): { scope: Step[]; to: PlaceStep[] } {
  return { scope: scopeSteps(path), to: placeSteps(path) };
}

function constantOf(rule: { value?: unknown; value_json?: string }, maxDepth: number): Span {
  if ((rule.value === undefined) === (rule.value_json === undefined)) {
    throw new RuleProblem("value", "give either value or value_json");
  }
  if (rule.value_json !== undefined) return exactConstant(rule.value_json, maxDepth);
  const json = valueToJson(rule.value, maxDepth);
  if (!json.ok) throw new RuleProblem("value", json.message);
  const bytes = encodeText(json.text);
  if (bytes.length > MAX_VALUE_BYTES) throw new RuleProblem("value", tooLong);
  return spanOf(bytes);
}

const tooLong = `takes more than ${MAX_VALUE_BYTES} bytes as JSON`;

/** White space around the value is not part of it; everything inside stays. */
function exactConstant(text: string, maxDepth: number): Span {
  const field = "value_json";
  if (!text.isWellFormed())
    throw new RuleProblem(field, "half of a surrogate pair must be written as \\uXXXX");
  const bytes = encodeText(text.replace(/^[ \t\n\r]+|[ \t\n\r]+$/g, ""));
  if (bytes.length > MAX_VALUE_BYTES) throw new RuleProblem(field, tooLong);
  try {
    const end = scanValue(bytes, 0, maxDepth);
    if (end < bytes.length) throw new RuleProblem(field, `is not JSON: unexpected text at byte ${end}`);
  } catch (error) {
    if (!(error instanceof JsonScanError)) throw error;
    const hint = error.reason === "too_deep" ? "" : ' (text needs double quotes, as in "\\"text\\"")';
    throw new RuleProblem(field, `is not JSON: ${error.message}${hint}`);
  }
  return spanOf(bytes);
}
