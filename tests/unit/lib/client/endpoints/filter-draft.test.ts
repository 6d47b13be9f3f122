import { describe, expect, test } from "vitest";
import {
  canBeForm,
  type DraftRow,
  draftOfFilter,
  EMPTY_FILTER,
  type FilterDraft,
  readFilterDraft,
  switchMode,
} from "@/lib/client/endpoints/filter-draft";
import { readLoose, splitLoose, writeLoose } from "@/lib/client/endpoints/loose-value";

const row = (part: Partial<DraftRow>): DraftRow => ({
  id: 1,
  operator: "equals",
  path: "data.grade",
  value: "A",
  previous: "",
  upper: "",
  ...part,
});
const form = (...rows: Partial<DraftRow>[]): FilterDraft => ({
  ...EMPTY_FILTER,
  rows: rows.map((part, index) => row({ id: index + 1, ...part })),
});
const filterOf = (...rows: Partial<DraftRow>[]) => readFilterDraft(form(...rows)).filter;
const problemsOf = (part: Partial<DraftRow>) => readFilterDraft(form(part)).rows.get(1);

describe("values as they are typed", () => {
  test.each([
    ["12.50", "number", "12.50"],
    ['"12.50"', "text", '"12.50"'],
    ["twelve", "text", '"twelve"'],
    ["true", "true or false", "true"],
    ["null", "nothing", "null"],
    ["12345678901234567890", "number", "12345678901234567890"],
    ['{"a": 1.0}', "object", '{"a": 1.0}'],
    ['say "hi"', "text", '"say \\"hi\\""'],
  ])("%s is %s", (typed, kind, json) => {
    expect(readLoose(typed)).toEqual({ kind, json });
  });

  test.each(["A", "12", "true", "", " spaced ", "null", 'a "quoted" word', "[1]"])(
    "the text %j comes back as text",
    (text) => {
      expect(JSON.parse(readLoose(writeLoose(text)).json)).toBe(text);
    },
  );

  test("commas inside quotes do not split", () => {
    expect(splitLoose('a, "b, c" ,3,')).toEqual(["a", '"b, c"', "3"]);
  });
});

describe("a filter written by form", () => {
  test("without rows takes every event", () => {
    expect(readFilterDraft(EMPTY_FILTER)).toMatchObject({ filter: null, problems: [] });
  });

  test("compares text, numbers, and the event's own fields as text", () => {
    expect(filterOf({})).toBe('event.data.grade == "A"');
    expect(filterOf({ path: "data.amount", operator: "greater", value: "100" })).toBe(
      "event.data.amount > 100",
    );
    expect(filterOf({ path: "event.data.ok", value: "true" })).toBe("event.data.ok == true");
    expect(filterOf({ path: "subject", value: "12" })).toBe('event.subject == "12"');
    expect(filterOf({ operator: "one_of", value: 'A, "B, C", 3' })).toBe(
      'event.data.grade in ["A", "B, C", 3]',
    );
    expect(filterOf({ operator: "exists", value: "" })).toBe("has(event.data.grade)");
  });

  test("has thresholds as operators of their own, with one limit or two", () => {
    const threshold = { path: "data.score", previous: "data.before", value: "600" };
    expect(filterOf({ ...threshold, operator: "crosses" })).toBe(
      "crosses(event.data.before, event.data.score, 600)",
    );
    expect(filterOf({ ...threshold, operator: "crosses", upper: "700" })).toBe(
      "crosses(event.data.before, event.data.score, [600, 700])",
    );
    expect(filterOf({ ...threshold, operator: "falls_below" })).toBe(
      "falls_below(event.data.before, event.data.score, 600)",
    );
  });

  test("all or any of the rows", () => {
    const draft = form({}, { path: "data.amount", operator: "at_most", value: "-5" });
    expect(readFilterDraft(draft).filter).toBe('event.data.grade == "A" && event.data.amount <= -5');
    expect(readFilterDraft({ ...draft, combine: "any" }).filter).toContain(" || ");
  });

  test.each<[Partial<DraftRow>, string, RegExp]>([
    [{ path: "" }, "path", /Name a field/],
    [{ path: "amount" }, "path", /start with data: data\.amount/],
    [{ path: "data..x" }, "path", /no field/],
    [{ value: "" }, "value", /Name a value/],
    [{ operator: "greater", value: "ten" }, "value", /must be a number/],
    [{ operator: "greater", value: "12345678901234567890" }, "value", /15 digits/],
    [{ operator: "one_of", value: " , " }, "value", /Name the values/],
    [{ value: "[1]" }, "value", /one value/],
    [{ operator: "crosses", value: "7", previous: "" }, "previous", /Name a field/],
    [{ operator: "crosses", value: "7", upper: "5", previous: "data.b" }, "upper", /below the upper/],
    [{ operator: "crosses", value: "7", previous: "subject" }, "previous", /must be in data/i],
    [{ path: "type", operator: "greater", value: "1" }, "path", /text/],
  ])("says what is wrong: %j", (part, field, message) => {
    expect(problemsOf(part)?.[field as "path"]).toMatch(message);
    expect(filterOf(part)).toBeUndefined();
  });
});

describe("switching between form and expression", () => {
  test.each([
    'event.data.grade == "A"',
    'event.data.grade == "12" && event.data.amount > 1.5',
    'event.data.tags in ["a, b", "c", "1", 2]',
    "crosses(event.data.before, event.data.score, [600, 700]) || rises_above(event.data.b, event.data.a, -3)",
    'event.type.startsWith("order.") && event.attributes["x-y"] == "true"',
    'event.data.a.contains("12")',
    "event.data.a == null",
  ])("%s comes back unchanged", (text) => {
    const draft = draftOfFilter(text);
    expect(draft.mode).toBe("form");
    expect(readFilterDraft(draft).filter).toBe(text);
    const typed = switchMode(draft, "text");
    expect(typed).toMatchObject({ mode: "text", text });
    expect(readFilterDraft(switchMode({ ...typed, rows: [] }, "form")).filter).toBe(text);
  });

  test("an expression that no form writes stays one", () => {
    const draft = draftOfFilter("size(event.data.items) > 2 && !(event.data.a == 1)");
    expect(draft.mode).toBe("text");
    expect(canBeForm(draft)).toBe(false);
    expect(switchMode(draft, "form")).toBe(draft);
  });

  test("a row that is not complete survives a look at the expression", () => {
    const draft = form({}, { path: "data.b", value: "" });
    const typed = switchMode(draft, "text");
    expect(typed.text).toBe('event.data.grade == "A"');
    expect(switchMode(typed, "form").rows).toEqual(draft.rows);
  });

  test("a typed expression says its problems with their places while it is typed", () => {
    const draft: FilterDraft = { ...EMPTY_FILTER, mode: "text", text: "event.dat.amount > 1" };
    const { filter, problems } = readFilterDraft(draft);
    expect(filter).toBeUndefined();
    expect(problems[0]?.message).toContain("data");
    expect(draft.text.slice(problems[0]?.position, problems[0]?.end)).toContain("dat");
    expect(readFilterDraft({ ...draft, text: "  " }).filter).toBeNull();
  });
});
