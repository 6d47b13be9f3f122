import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { celToForm } from "@/lib/domain/filter/cel-to-form";
import { compileFilter } from "@/lib/domain/filter/compile";
import { type FilterForm, type FilterRow, filterForm } from "@/lib/domain/filter/form";
import { formToCel } from "@/lib/domain/filter/form-to-cel";
import { type FilterPath, pathText, readPath } from "@/lib/domain/filter/path";
import { summarizeFilter } from "@/lib/domain/filter/summarize";
import { eventWith, outcome } from "./fixtures";

const all = (...rows: FilterRow[]): FilterForm => ({ combine: "all", rows });

const name = fc.oneof(
  fc.constantFrom(
    "score",
    "new_score",
    "user-id",
    "in",
    "true",
    "null",
    "a.b",
    "",
    "0",
    "__proto__",
    "constructor",
    "b",
    "r",
  ),
  fc.string({ unit: "grapheme", maxLength: 8 }),
  fc.string({ unit: "binary", maxLength: 8 }),
);
const inData = fc
  .array(fc.oneof({ weight: 4, arbitrary: name }, fc.nat(1_000)), { maxLength: 3 })
  .map((rest): FilterPath => ["data", ...rest]);
const textMember = fc.oneof(
  fc.constantFrom<FilterPath>(["type"], ["id"], ["subject"], ["tenant"], ["environment"]),
  name.map((attribute): FilterPath => ["attributes", attribute]),
);
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.constantFrom("", '"', "\\", "\\n", "\n", "\u2028", "'", "é😀", "\0", "a && b", "//", "\\u0041"),
);
const number = fc
  .oneof(
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(
      0,
      1e21,
      1e-7,
      2 ** 53,
      -(2 ** 53),
      Number.MAX_SAFE_INTEGER,
      Number.MAX_VALUE,
      Number.MIN_VALUE,
      0.1,
    ),
  )
  .map((value) => value + 0);
const threshold = fc
  .uniqueArray(number, { minLength: 1, maxLength: 2 })
  .map((list) => list.sort((a, b) => a - b));

const dataRow: fc.Arbitrary<FilterRow> = fc.oneof(
  fc.record({
    operator: fc.constantFrom("equals" as const, "not_equals" as const),
    path: inData,
    value: fc.oneof(text, number, fc.boolean(), fc.constant(null)),
  }),
  fc.record({
    operator: fc.constant("one_of" as const),
    path: inData,
    values: fc.array(fc.oneof(text, number), { minLength: 1, maxLength: 5 }),
  }),
  fc.record({
    operator: fc.constantFrom("greater" as const, "at_least" as const, "less" as const, "at_most" as const),
    path: inData,
    value: number,
  }),
  fc.record({
    operator: fc.constant("crosses" as const),
    path: inData,
    previous: inData,
    thresholds: threshold,
  }),
  fc.record({
    operator: fc.constantFrom("rises_above" as const, "falls_below" as const),
    path: inData,
    previous: inData,
    threshold: number,
  }),
);
const anyRow: fc.Arbitrary<FilterRow> = fc.oneof(
  dataRow,
  fc.record({
    operator: fc.constantFrom("contains" as const, "starts_with" as const),
    path: fc.oneof(inData, textMember),
    value: text,
  }),
  fc.record({ operator: fc.constant("exists" as const), path: fc.oneof(inData, textMember) }),
  fc.record({
    operator: fc.constantFrom("equals" as const, "not_equals" as const),
    path: textMember,
    value: text,
  }),
  fc.record({
    operator: fc.constant("one_of" as const),
    path: textMember,
    values: fc.array(text, { minLength: 1, maxLength: 5 }),
  }),
);
const form: fc.Arbitrary<FilterForm> = fc.record({
  combine: fc.constantFrom("all" as const, "any" as const),
  rows: fc.array(anyRow, { maxLength: 4 }),
});

describe("the form and its expression", () => {
  it("every valid form is written as an expression that compiles and comes back as the same form", () => {
    let tried = 0;
    fc.assert(
      fc.property(form, (given) => {
        if (!filterForm.safeParse(given).success) return;
        const cel = formToCel(given);
        if (cel.length > 2_000) return;
        tried++;
        expect(celToForm(cel)).toEqual(given.rows.length < 2 ? { ...given, combine: "all" } : given);
        if (cel === "") return;
        expect({ cel, compiled: compileFilter(cel) }).toMatchObject({ compiled: { ok: true } });
        expect(cel).not.toMatch(/[\n\r\u2028\u2029\0]/);
        expect(summarizeFilter(cel)).toBeTypeOf("string");
      }),
      { numRuns: 1_500 },
    );
    expect(tried).toBeGreaterThan(400);
  });

  const scores = { path: ["data", "new_score"], previous: ["data", "previous_score"] };

  it.each<[FilterForm, string, string | null]>([
    [all(), "", null],
    [
      all({ operator: "equals", path: ["data", "grade"], value: "A" }),
      'event.data.grade == "A"',
      "data.grade is “A”",
    ],
    [
      all(
        { operator: "at_least", path: ["data", "new_score"], value: 700 },
        { operator: "not_equals", path: ["attributes", "region"], value: "eu" },
      ),
      'event.data.new_score >= 700 && event.attributes.region != "eu"',
      "data.new_score is at least 700 and attributes.region is not “eu”",
    ],
    [
      {
        combine: "any",
        rows: [
          { operator: "greater", path: ["data", "a"], value: 1.5 },
          { operator: "less", path: ["data", "a"], value: -2 },
          { operator: "at_most", path: ["data", "b"], value: 0 },
        ],
      },
      "event.data.a > 1.5 || event.data.a < -2 || event.data.b <= 0",
      "data.a is greater than 1.5 or data.a is less than -2 or data.b is at most 0",
    ],
    [
      all({ operator: "one_of", path: ["data", "severity"], values: ["critical", "warning", 3] }),
      'event.data.severity in ["critical", "warning", 3]',
      "data.severity is “critical”, “warning” or 3",
    ],
    [
      all({ operator: "contains", path: ["data", "message"], value: 'say "hi"' }),
      'event.data.message.contains("say \\"hi\\"")',
      'data.message contains “say "hi"”',
    ],
    [
      all({ operator: "starts_with", path: ["type"], value: "score." }),
      'event.type.startsWith("score.")',
      "type starts with “score.”",
    ],
    [all({ operator: "exists", path: ["data", "a", "b"] }), "has(event.data.a.b)", "data.a.b exists"],
    [
      all({ operator: "exists", path: ["data", "user-id"] }),
      '"user-id" in event.data',
      'data["user-id"] exists',
    ],
    [
      all({ operator: "exists", path: ["data", "items", 2] }),
      "size(event.data.items) > 2",
      "data.items[2] exists",
    ],
    [
      all({ operator: "crosses", ...scores, thresholds: [300, 700] }),
      "crosses(event.data.previous_score, event.data.new_score, [300, 700])",
      "data.new_score crosses 300 or 700 (before: data.previous_score)",
    ],
    [
      all({ operator: "crosses", ...scores, thresholds: [700] }),
      "crosses(event.data.previous_score, event.data.new_score, 700)",
      "data.new_score crosses 700 (before: data.previous_score)",
    ],
    [
      all({ operator: "rises_above", ...scores, threshold: 700.5 }),
      "rises_above(event.data.previous_score, event.data.new_score, 700.5)",
      "data.new_score rises to 700.5 or above (before: data.previous_score)",
    ],
    [
      all({ operator: "falls_below", ...scores, threshold: 300 }),
      "falls_below(event.data.previous_score, event.data.new_score, 300)",
      "data.new_score falls below 300 (before: data.previous_score)",
    ],
    [
      all({ operator: "equals", path: ["data", "items", 0, "unit-price"], value: null }),
      'event.data.items[0]["unit-price"] == null',
      'data.items[0]["unit-price"] is null',
    ],
  ])("%j ↔ %s", (given, cel, sentence) => {
    expect(filterForm.parse(given)).toEqual(given);
    expect(formToCel(given)).toBe(cel);
    expect(celToForm(cel)).toEqual(given);
    expect(summarizeFilter(cel)).toBe(sentence);
  });

  it.each([
    "event.data.a==1",
    " event.data.a == 1",
    "(event.data.a == 1)",
    "event.data.a == 1 // why",
    "event.data.a == 1 && (event.data.b == 1 || event.data.c == 1)",
    "event.data.a == 1 || event.data.b == 1 && event.data.c == 1",
    "(event.data.a == 1 && event.data.b == 1) && event.data.c == 1",
    "1 == event.data.a",
    "event.data.a == event.data.b",
    "event.data.a == 'single'",
    "event.data.a == 1e2",
    "event.data.a == -0",
    'event.data["plain"] == 1',
    "event.data.a in [1, event.data.b]",
    "event.data.a in []",
    "!(event.data.a == 1)",
    "event.data.items.exists(i, i == 1)",
    'event.data.a.endsWith("x")',
    'event.data.a.matches("x")',
    "event.time > timestamp('2026-01-01T00:00:00Z')",
    "has(event.attributes)",
    "crosses(event.data.a, event.data.b, [1])",
    "crosses(event.data.a, event.data.b, [2, 1])",
    "crosses(event.data.a, event.data.b, [1, 2, 3])",
    'crosses(event.data.a, event.data.b, [1, "x"])',
    "crosses(event.data.a, event.data.b, event.data.c)",
    "event.type == 5",
    "event.data.a > 9007199254740993",
    "size(event.data.a) > 2.5",
    "size(event.data.a) >= 2",
    "event.typo == 1",
    "event.data.a ==",
    "true",
  ])("%s is nothing that the form writes", (cel) => {
    expect(celToForm(cel)).toBeNull();
    expect(summarizeFilter(cel)).toBeNull();
  });

  it("a form does in an event what its words say", () => {
    const cel = formToCel({
      combine: "all",
      rows: [
        {
          operator: "crosses",
          path: ["data", "new_score"],
          previous: ["data", "previous_score"],
          thresholds: [300, 700],
        },
        { operator: "equals", path: ["subject"], value: "0xAbc" },
        { operator: "exists", path: ["data", "items", 1] },
      ],
    });
    expect(outcome(cel, eventWith({ previous_score: 690, new_score: 710, items: [1, 2] }))).toBe("matched");
    expect(outcome(cel, eventWith({ previous_score: 690, new_score: 699, items: [1, 2] }))).toBe("false");
    expect(outcome(cel, eventWith({ previous_score: 690, new_score: 710, items: [1] }))).toBe("false");
    expect(outcome(cel, eventWith({ new_score: 710, items: [1, 2] }))).toBe("missing_member");
  });
});

describe("a form that makes no sense is refused", () => {
  const issues = (given: unknown) => {
    const parsed = filterForm.safeParse(given);
    return parsed.success
      ? []
      : parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  };

  it.each<[string, unknown, RegExp]>([
    [
      "no member of an event",
      { operator: "exists", path: ["payload"] },
      /rows\.0\.path: must start with one of/,
    ],
    ["below a text", { operator: "exists", path: ["type", "x"] }, /type is a text and has no members/],
    ["all attributes", { operator: "exists", path: ["attributes"] }, /name one attribute/],
    ["no path", { operator: "exists", path: [] }, /rows\.0\.path/],
    [
      "a number for a text",
      { operator: "equals", path: ["type"], value: 5 },
      /rows\.0\.path: is a text; only data has numbers/,
    ],
    ["an order of texts", { operator: "at_least", path: ["id"], value: 5 }, /only data has numbers/],
    [
      "a threshold of a text",
      { operator: "rises_above", path: ["type"], previous: ["data"], threshold: 5 },
      /only data has numbers/,
    ],
    [
      "a previous text",
      { operator: "rises_above", path: ["data", "a"], previous: ["type"], threshold: 5 },
      /rows\.0\.previous: must be in data/,
    ],
    [
      "thresholds upside down",
      { operator: "crosses", path: ["data"], previous: ["data"], thresholds: [7, 3] },
      /lower threshold must be below/,
    ],
    [
      "no thresholds",
      { operator: "crosses", path: ["data"], previous: ["data"], thresholds: [] },
      /rows\.0\.thresholds/,
    ],
    ["no choices", { operator: "one_of", path: ["data"], values: [] }, /rows\.0\.values/],
    ["not a number", { operator: "greater", path: ["data"], value: Number.NaN }, /rows\.0\.value/],
    ["infinity", { operator: "greater", path: ["data"], value: Number.POSITIVE_INFINITY }, /rows\.0\.value/],
    ["half a letter", { operator: "contains", path: ["data"], value: "\ud800" }, /lone surrogates/],
    ["a member too many", { operator: "exists", path: ["data"], value: 5 }, /rows\.0/],
    ["no such operator", { operator: "like", path: ["data"], value: "x" }, /rows\.0\.operator/],
  ])("%s", (_, row, message) => {
    expect(issues({ combine: "all", rows: [row] }).join("; ")).toMatch(message);
  });
});

describe("the path that people type", () => {
  it.each<[string, FilterPath | null]>([
    ["data.new_score", ["data", "new_score"]],
    ["event.data.new_score", ["data", "new_score"]],
    ["  data.items[0].price ", ["data", "items", 0, "price"]],
    ['data["user-id"]', ["data", "user-id"]],
    ["type", ["type"]],
    ["attributes.region", ["attributes", "region"]],
    ["new_score", null],
    ["time", null],
    ["data.", null],
    ["data.a == 1", null],
    ["data.items[-1]", null],
    ["data.a()", null],
    ["data || true", null],
    ["", null],
  ])("%s → %j", (typed, path) => {
    expect(readPath(typed)).toEqual(path);
  });

  it("reads what pathText writes", () => {
    fc.assert(
      fc.property(fc.oneof(inData, textMember), (path) => {
        if (!filterForm.safeParse(all({ operator: "exists", path })).success) return;
        expect(readPath(pathText(path))).toEqual(path);
      }),
    );
  });
});
