import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileTransform, type Transform } from "@/lib/domain/transform/compile";
import type { TransformRule } from "@/lib/domain/transform/rules";
import { transformSchema } from "@/lib/domain/transform/schema";
import { EACH, type NaivePath, type NaiveRule, naiveTransform, textOfModel } from "./naive-transform";

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const encode = (text: string) => new TextEncoder().encode(text);

/** Its own spelling of paths, so that formatPath is not needed to test the engine. */
const pathText = (path: NaivePath) =>
  `$${path.map((step) => (step === EACH ? "[*]" : `[${JSON.stringify(step)}]`)).join("")}`;

function toRule(rule: NaiveRule): TransformRule {
  if ("value" in rule) return { op: rule.op, path: pathText(rule.path), value: rule.value };
  if (rule.op === "delete") return { op: "delete", path: pathText(rule.path) };
  if (rule.op === "split") return { ...rule, from: pathText(rule.from), to: rule.to.map(pathText) };
  if (rule.op === "join") return { ...rule, from: rule.from.map(pathText), to: pathText(rule.to) };
  return { op: rule.op, from: pathText(rule.from), to: pathText(rule.to) };
}

function compile(rules: readonly TransformRule[]): Transform {
  const compiled = compileTransform(rules);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  return compiled.transform;
}

// Few names, so that rules meet fields; not like integers, so that JSON.parse keeps their order.
const NAMES = [
  "a",
  "b",
  "c",
  "items",
  "odd name",
  "__proto__",
  "constructor",
  "é😀",
  "q'\"\\u",
  "\u2028",
  "",
];
const name = fc.constantFrom(...NAMES);
const text = fc.oneof(
  fc.constantFrom("Ada King Lovelace", "a b", " ", "", "x", "\u2028 \u0000", "😀 \ud800", 'say "hi" \\'),
  fc.string({ unit: "binary", maxLength: 6 }),
);
const leaf = fc.oneof({ weight: 3, arbitrary: text }, fc.integer(), fc.constantFrom(null, true, false, 0.5));
const objectOf = (value: fc.Arbitrary<unknown>, minLength = 0) =>
  fc
    .uniqueArray(fc.tuple(name, value), { minLength, maxLength: 6, selector: ([key]) => key })
    .map((members) => Object.fromEntries(members));
const flat = objectOf(leaf);
const list = fc.array(fc.oneof(leaf, flat, flat), { maxLength: 4 });
const nested = objectOf(fc.oneof(leaf, flat, list));
const document: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 8, arbitrary: objectOf(fc.oneof(leaf, flat, list, nested), 3) },
  list,
  leaf,
);

/** Every place in a document, the root first. */
function placesOf(value: unknown, at: NaivePath = []): NaivePath[] {
  if (typeof value !== "object" || value === null) return [at];
  const steps = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  const children = steps.map((step): [string | number, unknown] => [
    step,
    Object.getOwnPropertyDescriptor(value, step)?.value,
  ]);
  return [at, ...children.flatMap(([step, child]) => placesOf(child, [...at, step]))];
}

const valueAt = (doc: unknown, path: NaivePath): unknown =>
  path.reduce(
    (value: unknown, step) => Object.getOwnPropertyDescriptor(value, step === EACH ? 0 : step)?.value,
    doc,
  );

const step = fc.oneof({ weight: 4, arbitrary: name }, { weight: 1, arbitrary: fc.nat({ max: 3 }) });
/** Mostly a place that is there; sometimes one beside or below it, sometimes any. */
const end = fc.record({
  pick: fc.noBias(fc.nat()),
  below: fc.array(step, { maxLength: 1 }),
  any: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, fc.array(step, { maxLength: 3 })),
});
const rule = fc.record({
  op: fc.constantFrom("rename", "copy", "split", "join", "delete", "set", "default"),
  scope: fc.noBias(fc.nat()),
  hasScope: fc.boolean(),
  ends: fc.tuple(end, end, end),
  separator: fc.constantFrom(" ", "a", "😀", "--"),
  keep: fc.boolean(),
  value: document,
});

/** The place that a seed picks within the (first of the) items; a rule that needs text mostly gets text. */
function pathTo(
  doc: unknown,
  items: NaivePath,
  { pick, below, any }: EndSeed,
  wants: "text" | "any" | "target",
): NaivePath {
  const item = valueAt(doc, items);
  const places = placesOf(item);
  const fitting = places.filter((path) =>
    wants === "text" ? typeof valueAt(item, path) === "string" : wants === "any" || path.length > 0,
  );
  const choice = fitting.length > 0 ? fitting : places;
  return [
    ...items,
    ...(any ?? [...(choice[pick % choice.length] ?? []), ...(wants === "text" ? [] : below)]),
  ];
}

type EndSeed = typeof end extends fc.Arbitrary<infer Seed> ? Seed : never;
type RuleSeed = typeof rule extends fc.Arbitrary<infer Seed> ? Seed : never;

/** The rule for this document; null when it would not compile: what never makes sense is refused, and tested elsewhere. */
function ruleFor(
  doc: unknown,
  { op, scope, hasScope, ends, separator, keep, value }: RuleSeed,
): NaiveRule | null {
  const arrays = placesOf(doc).filter((path) => Array.isArray(valueAt(doc, path)));
  const array = hasScope && arrays.length > 0 ? arrays[scope % arrays.length] : undefined;
  const items: NaivePath = array === undefined ? [] : [...array, EACH];
  const [first, second, last] = ends;
  const to = pathTo(doc, items, second, op === "split" || op === "rename" ? "target" : "any");
  const third = pathTo(doc, items, last, op === "join" ? "text" : "target");
  const from = pathTo(doc, items, first, op === "split" || op === "join" ? "text" : "any");
  const made: NaiveRule =
    op === "rename" || op === "copy"
      ? { op, from, to }
      : op === "split"
        ? { op, from, separator, to: [to, third], keep }
        : op === "join"
          ? { op, from: [from, third], separator, to, keep }
          : op === "delete"
            ? { op, path: from }
            : { op: op as "set" | "default", path: from, value };
  return compileTransform([toRule(made)]).ok ? made : null;
}

/** A document, and rules that mostly find something to do in it. */
const mapping = fc
  .tuple(document, fc.array(rule, { minLength: 1, maxLength: 6 }))
  .map(([doc, some]): [unknown, NaiveRule[]] => [
    doc,
    some.map((one) => ruleFor(doc, one)).filter((one) => one !== null),
  ]);

describe("a transform", () => {
  it("P-23 gives what a naive mapping over parsed values gives, members in the same order", () => {
    const applications: Record<string, number> = {};
    fc.assert(
      fc.property(mapping, fc.constantFrom(undefined, 1, "\t"), ([doc, some], indent) => {
        const input = encode(JSON.stringify(doc, null, indent));
        const before = input.slice();
        const { bytes, applied } = compile(some.map(toRule)).apply(input);
        const output = JSON.parse(decoder.decode(bytes));
        expect(JSON.stringify(output)).toBe(textOfModel(naiveTransform(doc, some)));
        expect(input).toEqual(before);
        if (applied.length === 0) expect(bytes).toBe(input);
        for (const { rule: index } of applied) {
          const op = some[index]?.op ?? "";
          applications[op] = (applications[op] ?? 0) + 1;
        }
      }),
      { numRuns: 1_500 },
    );
    // Each kind must have had something to do, often, or this would prove nothing.
    expect(Object.keys(applications)).toHaveLength(7);
    expect(Math.min(...Object.values(applications))).toBeGreaterThan(40);
  }, 30_000);

  it("is the same bytes every time, for one transform and for one compiled anew", () => {
    fc.assert(
      fc.property(mapping, ([doc, some]) => {
        const input = encode(JSON.stringify(doc));
        const transform = compile(some.map(toRule));
        const first = transform.apply(input);
        expect(transform.apply(input)).toEqual(first);
        expect(compile(some.map(toRule)).apply(input.slice())).toEqual(first);
      }),
      { numRuns: 200 },
    );
  });

  it("rules survive being stored as JSON text", () => {
    fc.assert(
      fc.property(mapping, ([, some]) => {
        const given = some.map(toRule);
        const stored = transformSchema.parse(JSON.parse(JSON.stringify(given)));
        expect(JSON.stringify(stored)).toBe(JSON.stringify(given));
      }),
      { numRuns: 200 },
    );
  });
});

// Members as pieces of text, with every spelling that must come through.
const blank = fc.constantFrom("", " ", "\n  ", "\t");
const spelledNumber = fc.constantFrom(
  "12345678901234567890",
  "1e400",
  "-0",
  "1.0",
  "1E+2",
  "0.10",
  "1e-7",
  "-0.0e-0",
);
const spelledText = fc.constantFrom(
  '"\\u0061\\/\\ud83d\\ude00"',
  '"\\ud800"',
  '"😀é"',
  '"\u2028\u2029"',
  '"\\u0000"',
  '"\\\\\\""',
  '""',
);
const { spelled } = fc.letrec<{ spelled: string }>((tie) => ({
  spelled: fc.oneof(
    { maxDepth: 3 },
    spelledNumber,
    spelledText,
    fc.constantFrom("null", "true", "false"),
    fc
      .array(fc.tuple(blank, tie("spelled"), blank), { maxLength: 3 })
      .map((items) => `[${items.map((parts) => parts.join("")).join(",")}]`),
    // Duplicates, too: nobody looks into values that no rule goes into.
    fc
      .array(fc.tuple(blank, fc.constantFrom('"k"', '"\\u006b"', '"l"'), blank, tie("spelled"), blank), {
        maxLength: 3,
      })
      .map((members) => `{${members.map(([l, k, c, v, t]) => `${l}${k}${c}:${c}${v}${t}`).join(",")}}`),
  ),
}));
type Member = { lead: string; key: string; colon: string; value: string; trail: string };
const KEYS = [
  '"a"',
  '"b"',
  '"\\u0063"',
  '"d e"',
  '"\\"f\\\\"',
  '"😀"',
  '"g\\/h"',
  '"\\ud800"',
  '"12"',
  '"3"',
];
const members: fc.Arbitrary<Member[]> = fc.uniqueArray(
  fc.record({
    lead: blank,
    key: fc.constantFrom(...KEYS),
    colon: fc.tuple(blank, blank).map(([left, right]) => `${left}:${right}`),
    value: spelled,
    trail: blank,
  }),
  { minLength: 1, maxLength: 10, selector: ({ key }) => key },
);
const edit = fc.record({
  op: fc.constantFrom("delete" as const, "rename" as const, "set" as const, "add" as const, "copy" as const),
  at: fc.nat(),
  value: spelled,
});

function editText(
  list: Member[],
  { op, at, value }: { op: string; at: number; value: string },
  fresh: string,
): TransformRule {
  const index = at % list.length;
  const member = list[index] as Member;
  const path = `$.outer[${JSON.stringify(JSON.parse(member.key))}]`;
  const to = `$.outer.${fresh}`;
  const written = (text: string): Member => ({
    lead: "",
    key: `"${fresh}"`,
    colon: ":",
    value: text,
    trail: "",
  });
  switch (op) {
    case "delete": {
      list.splice(index, 1);
      if (index === 0 && list[0] !== undefined) list[0] = { ...list[0], lead: member.lead };
      return { op: "delete", path };
    }
    case "rename":
      list[index] = { ...member, key: `"${fresh}"` };
      return { op: "rename", from: path, to };
    case "set":
      list[index] = { ...member, value };
      return { op: "set", path, value_json: ` ${value}\n` };
    case "add":
      list.push(written(value));
      return { op: "default", path: to, value_json: value };
    default:
      list.push(written(member.value));
      return { op: "copy", from: path, to };
  }
}

const render = (list: Member[], tail: string) =>
  `{${list.map(({ lead, key, colon, value, trail }) => `${lead}${key}${colon}${value}${trail}`).join(",")}${tail}}`;

describe("the bytes of what no rule touches", () => {
  it("P-26 stay as they came: spelling, order, white space, escapes, duplicates", () => {
    fc.assert(
      fc.property(
        members,
        fc.array(edit, { minLength: 1, maxLength: 8 }),
        blank,
        spelled,
        spelled,
        (start, edits, tail, left, right) => {
          const list = start.map((member) => ({ ...member }));
          // White space behind the last value belongs to the closing bracket.
          const last = list.at(-1);
          if (last !== undefined) last.trail = "";
          const frame = (inner: string) => ` {"left" :${left} , "outer":\t${inner},"right":${right}}\n`;
          const input = frame(render(list, tail));
          const some = edits.flatMap((one, index) =>
            list.length === 0 ? [] : [editText(list, one, `fresh${index}`)],
          );
          const { bytes, skipped } = compile(some).apply(encode(input));
          expect(decoder.decode(bytes)).toBe(frame(render(list, tail)));
          expect(skipped).toEqual([]);
        },
      ),
      { numRuns: 3_000 },
    );
  });
});
