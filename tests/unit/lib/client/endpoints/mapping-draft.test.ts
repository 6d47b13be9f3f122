import { describe, expect, test } from "vitest";
import {
  type DraftRule,
  draftOfTransform,
  moveRule,
  newRule,
  readMappingDraft,
  withOp,
} from "@/lib/client/endpoints/mapping-draft";
import { filterPaths, mappingPaths } from "@/lib/client/endpoints/payload-paths";
import {
  EMPTY_REFINE,
  isRefineValid,
  refineChange,
  refineDraftOf,
  refineInput,
} from "@/lib/client/endpoints/refine-draft";
import type { EndpointDto } from "@/lib/contracts/endpoints";
import type { TransformRule } from "@/lib/domain/transform/rules";

const rule = (part: Partial<DraftRule>): DraftRule => ({ ...newRule([]), ...part });
const rulesOf = (...parts: Partial<DraftRule>[]) =>
  readMappingDraft(parts.map((part, index) => rule({ id: index + 1, ...part }))).transform;
const problemsOf = (part: Partial<DraftRule>) => readMappingDraft([rule(part)]).problems.get(1);

const ALL: TransformRule[] = [
  { op: "rename", from: "$.a", to: "$.b" },
  { op: "copy", from: "$.b", to: "$.c" },
  { op: "split", from: "$.name", separator: " ", to: ["$.first", "$.last"], keep: false },
  { op: "join", from: ["$.first", "$.last"], separator: "-", to: "$.slug", keep: true },
  { op: "delete", path: "$.items[*].secret" },
  { op: "set", path: "$.version", value_json: "1.0" },
  { op: "default", path: "$.kind", value_json: '"order"' },
];

describe("a mapping written by form", () => {
  test("every operation comes back as it was saved", () => {
    expect(readMappingDraft(draftOfTransform(ALL))).toEqual({ transform: ALL, problems: new Map() });
    expect(readMappingDraft(draftOfTransform(null)).transform).toBeNull();
  });

  test("a constant keeps its digits; what is no JSON is text; the dollar may be left out", () => {
    expect(rulesOf({ op: "set", to: ["customer.level"], value: "1.50" })).toEqual([
      { op: "set", path: "$.customer.level", value_json: "1.50" },
    ]);
    expect(rulesOf({ op: "set", to: ["['odd name']"], value: "gold" })).toEqual([
      { op: "set", path: "$['odd name']", value_json: '"gold"' },
    ]);
    const [saved] = draftOfTransform([{ op: "set", path: "$.a", value: "12" }]);
    expect(saved?.value, "text that looks like a number is quoted").toBe('"12"');
  });

  test("says at which field of which rule what is wrong", () => {
    expect(problemsOf({ from: [""], to: ["$.b"] })).toMatchObject([{ field: "from", index: 0 }]);
    expect(problemsOf({ from: ["$.a"], to: ["$.a"] })).toMatchObject([{ field: "to" }]);
    expect(problemsOf({ op: "delete", from: ["$"] })).toMatchObject([{ field: "from" }]);
    const split = problemsOf({ op: "split", from: ["$.a"], to: ["$.b", "$.b.c"] });
    expect(split).toMatchObject([{ field: "to", index: 1 }]);
    expect(split?.[0]?.message).toMatch(/^Must neither contain/);
    expect(problemsOf({ op: "split", from: ["$.a"], to: ["$.b", "$.c"], separator: "" })).toMatchObject([
      { field: "separator" },
    ]);
    const both = readMappingDraft([
      rule({ from: ["$.a"], to: ["$.b"] }),
      rule({ id: 2, from: ["$.("], to: ["$.b"] }),
    ]);
    expect([...both.problems.keys()]).toEqual([2]);
    expect(both.transform).toBeUndefined();
  });

  test("another operation keeps what has a place in it", () => {
    const split = withOp(rule({ from: ["$.a"], to: ["$.b"] }), "split");
    expect(split).toMatchObject({ from: ["$.a"], to: ["$.b", ""] });
    expect(withOp(split, "rename")).toMatchObject({ from: ["$.a"], to: ["$.b"] });
    expect(withOp(split, "join").from).toEqual(["$.a", ""]);
  });

  test("rules move one place at a time and no further than the ends", () => {
    const draft = draftOfTransform(ALL.slice(0, 3));
    const ids = (at: number, by: number) => moveRule(draft, at, by).map(({ id }) => id);
    expect(ids(0, 1)).toEqual([2, 1, 3]);
    expect(ids(2, -2)).toEqual([3, 1, 2]);
    expect(ids(0, -1)).toEqual([1, 2, 3]);
    expect(ids(2, 1)).toEqual([1, 2, 3]);
  });
});

describe("fields of an example", () => {
  const data = '{"id":1,"items":[{"unit price":2},{}],"a.b":{"c":null}}';
  test("as filters and as mappings name them", () => {
    expect(filterPaths(data)).toEqual(
      expect.arrayContaining(["data.id", 'data.items[0]["unit price"]', 'data["a.b"].c', "subject"]),
    );
    expect(mappingPaths(data)).toEqual(
      expect.arrayContaining(["$.id", "$.items[*]['unit price']", "$['a.b'].c"]),
    );
    expect(mappingPaths("no json")).toEqual([]);
  });
});

describe("filter, mapping, subjects, rate and auto-disable of an endpoint", () => {
  const endpoint = {
    filter: "event.data.a > 1",
    transform: ALL,
    subjects: ["s"],
    rate_limit: 5,
    overrides: ["auto_disable"],
    auto_disable: { after_hours: 24, min_failures: 3, warn_at_percent: [50] },
  } as unknown as EndpointDto;
  const plain = { ...endpoint, filter: null, transform: null, subjects: [], rate_limit: null, overrides: [] };

  test("a new endpoint sends only what was set", () => {
    expect(refineInput(EMPTY_REFINE)).toEqual({});
    expect(refineInput({ ...EMPTY_REFINE, autoDisable: { kind: "never" }, subjects: ["x"] })).toEqual({
      auto_disable: false,
      subjects: ["x"],
    });
  });

  test("an unchanged endpoint has no change, and following the profile again is null", () => {
    const draft = refineDraftOf(endpoint);
    expect(refineChange(draft, endpoint)).toEqual({});
    expect(refineChange({ ...draft, autoDisable: { kind: "profile" }, mapping: [] }, endpoint)).toEqual({
      auto_disable: null,
      transform: null,
    });
    expect(refineDraftOf(plain)).toEqual(EMPTY_REFINE);
    expect(refineDraftOf({ ...endpoint, auto_disable: false }).autoDisable).toEqual({ kind: "never" });
  });

  test("a filter that is not complete is a change that cannot be saved yet", () => {
    const draft = {
      ...EMPTY_REFINE,
      filter: { ...EMPTY_REFINE.filter, mode: "text" as const, text: "event." },
    };
    expect(isRefineValid(draft)).toBe(false);
    expect(refineChange(draft, plain)).toHaveProperty("filter");
    expect(isRefineValid(EMPTY_REFINE)).toBe(true);
  });
});
