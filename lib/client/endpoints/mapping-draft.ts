// Owns a field mapping while it is written: rules as they are typed, and the way to the rules that are saved. Pure.
import { z } from "zod";
import type { TransformRule } from "@/lib/domain/transform/rules";
import { transformSchema } from "@/lib/domain/transform/schema";
import { readLoose, writeLoose } from "./loose-value";

/** In the order in which the form offers them. */
export const MAPPING_OPS = ["rename", "copy", "split", "join", "delete", "set", "default"] as const;
export type MappingOp = (typeof MAPPING_OPS)[number];

const draftRule = z.object({
  id: z.number(),
  op: z.enum(MAPPING_OPS),
  /** What is read: one field, or those that are joined. */
  from: z.array(z.string()),
  /** What is written: one field, or the parts of a split. */
  to: z.array(z.string()),
  separator: z.string(),
  keep: z.boolean(),
  /** A constant as typed. */
  value: z.string(),
});
export type DraftRule = z.infer<typeof draftRule>;

export const mappingDraftSchema = z.array(draftRule);
export type MappingDraft = z.infer<typeof mappingDraftSchema>;

/** `field` is a field of the draft: `from`, `to`, `separator`, `value`, or "" for the whole rule; `index` within a list. */
export type RuleProblem = {
  field: "from" | "to" | "separator" | "value" | "";
  index: number;
  message: string;
};

export type MappingReading = {
  /** What would be saved; null changes nothing. Undefined while something is wrong. */
  transform: TransformRule[] | null | undefined;
  problems: ReadonlyMap<number, RuleProblem[]>;
};

export const readsField = (op: MappingOp): boolean => op !== "set" && op !== "default";
export const writesField = (op: MappingOp): boolean => op !== "delete";

/** An empty rule that is not in the draft yet. */
export function newRule(draft: MappingDraft, op: MappingOp = "rename"): DraftRule {
  const id = 1 + Math.max(0, ...draft.map((rule) => rule.id));
  return withOp({ id, op, from: [""], to: [""], separator: " ", keep: true, value: "" }, op);
}

/** The rule with another operation; what was typed stays where the new one has a place for it. */
export function withOp(rule: DraftRule, op: MappingOp): DraftRule {
  const atLeast = (list: string[], count: number) =>
    list.length >= count ? list : [...list, ...Array<string>(count - list.length).fill("")];
  return {
    ...rule,
    op,
    from: op === "join" ? atLeast(rule.from, 2) : rule.from.slice(0, 1),
    to: op === "split" ? atLeast(rule.to, 2) : rule.to.slice(0, 1),
  };
}

function draftOfRule(rule: TransformRule, id: number): DraftRule {
  const draft: DraftRule = { id, op: rule.op, from: [""], to: [""], separator: " ", keep: true, value: "" };
  switch (rule.op) {
    case "rename":
    case "copy":
      return { ...draft, from: [rule.from], to: [rule.to] };
    case "split":
      return { ...draft, from: [rule.from], to: rule.to, separator: rule.separator, keep: rule.keep };
    case "join":
      return { ...draft, from: rule.from, to: [rule.to], separator: rule.separator, keep: rule.keep };
    case "delete":
      return { ...draft, from: [rule.path] };
    case "set":
    case "default":
      return { ...draft, to: [rule.path], value: rule.value_json ?? writeLoose(rule.value) };
  }
}

/** The draft that shows a saved mapping. */
export function draftOfTransform(transform: readonly TransformRule[] | null): MappingDraft {
  return (transform ?? []).map((rule, index) => draftOfRule(rule, index + 1));
}

/** `customer.email` is taken for `$.customer.email`. */
function pathOf(typed: string): string {
  const text = typed.trim();
  if (text === "" || text.startsWith("$")) return text;
  return text.startsWith("[") ? `$${text}` : `$.${text}`;
}

function ruleOf({ op, from, to, separator, keep, value }: DraftRule): TransformRule {
  const reads = from.map(pathOf);
  const writes = to.map(pathOf);
  const [read = ""] = reads;
  const [write = ""] = writes;
  switch (op) {
    case "rename":
    case "copy":
      return { op, from: read, to: write };
    case "split":
      return { op, from: read, separator, to: writes, keep };
    case "join":
      return { op, from: reads, separator, to: write, keep };
    case "delete":
      return { op, path: read };
    case "set":
    case "default":
      return { op, path: write, value_json: readLoose(value).json };
  }
}

const EMPTY_PATH = "Name a field, such as $.customer.email.";

function emptyFields(rule: DraftRule): RuleProblem[] {
  const lists = [
    ...(readsField(rule.op) ? (["from"] as const) : []),
    ...(writesField(rule.op) ? (["to"] as const) : []),
  ];
  return lists.flatMap((field) =>
    rule[field].flatMap((text, index) => (text.trim() === "" ? [{ field, index, message: EMPTY_PATH }] : [])),
  );
}

function problemAt(rule: DraftRule, path: readonly PropertyKey[], message: string): RuleProblem {
  const [name, index] = path;
  const sentence = `${message.charAt(0).toUpperCase()}${message.slice(1)}`;
  const at = typeof index === "number" ? index : 0;
  if (name === "from" || name === "to" || name === "separator")
    return { field: name, index: at, message: sentence };
  if (name === "path") return { field: rule.op === "delete" ? "from" : "to", index: 0, message: sentence };
  if (name === "value" || name === "value_json") return { field: "value", index: 0, message: sentence };
  return { field: "", index: 0, message: sentence };
}

/** What the draft says: the rules to save, or what is wrong with which rule. */
export function readMappingDraft(draft: MappingDraft): MappingReading {
  const problems = new Map<number, RuleProblem[]>();
  const note = (rule: DraftRule, problem: RuleProblem) =>
    problems.set(rule.id, [...(problems.get(rule.id) ?? []), problem]);
  for (const rule of draft) for (const problem of emptyFields(rule)) note(rule, problem);
  const parsed = transformSchema.safeParse(draft.map(ruleOf));
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues) {
      const [index, ...field] = path;
      const rule = typeof index === "number" ? draft[index] : draft.at(-1);
      // An empty field has been named already, in words that say what to do.
      if (rule !== undefined && !problems.has(rule.id)) note(rule, problemAt(rule, field, message));
    }
  }
  if (problems.size > 0 || !parsed.success) return { transform: undefined, problems };
  return { transform: parsed.data.length === 0 ? null : parsed.data, problems };
}

/** The rules with the one at `index` moved by `by` places; as they are when there is no such place. */
export function moveRule(draft: MappingDraft, index: number, by: number): MappingDraft {
  const rule = draft[index];
  const to = index + by;
  if (rule === undefined || to < 0 || to >= draft.length) return draft;
  const rest = draft.filter((_, at) => at !== index);
  return [...rest.slice(0, to), rule, ...rest.slice(to)];
}
