// The CEL library evaluates too. Wherever its numbers are those of JSON, our evaluation must say what it says.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileFilter } from "@/lib/domain/filter/compile";
import { environment } from "@/lib/domain/filter/language";
import { eventWith } from "./fixtures";

// No text is the name of a member: asked for `["a"] in {"a": 1}`, the library makes text of the list and finds it.
const NAMES = ["a", "b", "c", "gone"] as const;
const leaf = fc.oneof(
  fc.constantFrom(0, 1, 1.5, -2, 700, 1e9),
  fc.constantFrom("", "x", "xy", "y"),
  fc.boolean(),
  fc.constant(null),
);
const value = fc.oneof(
  leaf,
  fc.array(leaf, { maxLength: 3 }),
  fc.record({ a: leaf, b: leaf }, { requiredKeys: [] }),
);
const payload = fc.record(
  { a: value, b: value, c: fc.array(value, { maxLength: 4 }) },
  { requiredKeys: ["c"] },
);

/** Doubles only: the library refuses to compute with a double of JSON and an int literal, where we do not. */
const literal = fc.constantFrom(
  "0.0",
  "1.0",
  "1.5",
  "-2.0",
  "700.0",
  "'a'",
  "'ab'",
  "''",
  "true",
  "false",
  "null",
);
const place = fc
  .tuple(fc.constantFrom("event.data", "event.data.a", "item"), fc.constantFrom(...NAMES), fc.boolean())
  .map(([root, name, brackets]) => (brackets ? `${root}["${name}"]` : `${root}.${name}`));

const { condition } = fc.letrec<{ condition: string; operand: string }>((tie) => ({
  operand: fc.oneof(
    { maxDepth: 3, depthIdentifier: "cel" },
    { weight: 4, arbitrary: place },
    { weight: 1, arbitrary: literal },
    fc.constantFrom("item", "event.data.c[0]", "event.data.c[1].a", "['x', 'y']", "[1.0, 1.5]"),
    fc
      .tuple(tie("operand"), fc.constantFrom("+", "-", "*", "/"), tie("operand"))
      .map(([a, op, b]) => `(${a} ${op} ${b})`),
    fc.tuple(tie("condition"), tie("operand"), tie("operand")).map(([c, a, b]) => `(${c} ? ${a} : ${b})`),
  ),
  condition: fc.oneof(
    { maxDepth: 4, depthIdentifier: "cel" },
    fc
      .tuple(tie("operand"), fc.constantFrom("==", "!=", "<", "<=", ">", ">="), tie("operand"))
      .map(([a, op, b]) => `(${a} ${op} ${b})`),
    fc.tuple(tie("operand"), tie("operand")).map(([a, b]) => `(${a} in ${b})`),
    fc
      .tuple(
        tie("operand"),
        fc.constantFrom("contains", "startsWith", "endsWith"),
        fc.constantFrom("'x'", "'y'", "''"),
      )
      .map(([a, f, b]) => `${a}.${f}(${b})`),
    place.filter((path) => !path.includes("[")).map((path) => `has(${path})`),
    tie("condition").map((a) => `!${a}`),
    fc
      .tuple(tie("condition"), fc.constantFrom("&&", "||"), tie("condition"))
      .map(([a, op, b]) => `(${a} ${op} ${b})`),
    fc
      .tuple(
        fc.constantFrom("event.data.c", "event.data.a", "['x', 'y']"),
        fc.constantFrom("exists", "all", "exists_one"),
        tie("condition"),
      )
      .map(([list, f, c]) => `${list}.${f}(item, ${c})`),
    fc
      .tuple(fc.constantFrom("event.data.c", "event.data.a"), tie("condition"), tie("operand"))
      .map(([list, c, a]) => `(${list}.filter(item, ${c}).map(item, ${a}) == [${a}])`),
  ),
}));

type Answer = boolean | "no answer";

function libraryAnswer(text: string, data: unknown): Answer {
  try {
    const result: unknown = environment.evaluate(text, { event: { data } });
    return typeof result === "boolean" ? result : "no answer";
  } catch {
    return "no answer";
  }
}

describe("our evaluation", () => {
  it("says what the library's says, for every expression that both accept", () => {
    let compared = 0;
    let answered = 0;
    fc.assert(
      fc.property(fc.array(condition, { minLength: 1, maxLength: 3 }), payload, (conditions, data) => {
        const text = `['x'].exists(item, ${conditions.join(" || ")})`;
        const compiled = compileFilter(text);
        if (!compiled.ok) return;
        const json: unknown = JSON.parse(JSON.stringify(data));
        const verdict = compiled.filter.matches(eventWith(json));
        const answer: Answer = verdict.matched ? true : verdict.reason === "false" ? false : "no answer";
        const expected = libraryAnswer(text, json);
        compared++;
        if (expected !== "no answer") answered++;
        expect({ text, answer }).toEqual({ text, answer: expected });
      }),
      { numRuns: 5_000, seed: 1 },
    );
    expect(compared).toBeGreaterThan(1_200);
    expect(answered).toBeGreaterThan(500);
  });
});
