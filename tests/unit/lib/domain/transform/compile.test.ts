import { describe, expect, it } from "vitest";
import { compileTransform } from "@/lib/domain/transform/compile";
import type { TransformRule } from "@/lib/domain/transform/rules";
import { transformSchema } from "@/lib/domain/transform/schema";

const deep = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;

describe("compileTransform", () => {
  it.each<[unknown, string, string]>([
    [
      { op: "rename", from: "$.a", to: "$.b[" },
      "to",
      "an index, * or a name in quotes was expected (character 5)",
    ],
    [{ op: "copy", from: "a", to: "$.b" }, "from", 'a path starts with "$"'],
    [{ op: "delete", path: "$" }, "path", "the root cannot be deleted"],
    [{ op: "default", path: "$", value: 1 }, "path", "the root is always there"],
    [{ op: "rename", from: "$.a", to: "$['a']" }, "to", "is the same place as from"],
    [{ op: "copy", from: "$.a", to: "$.a" }, "to", "is the same place as from"],
    [{ op: "rename", from: "$.a", to: "$.a.b" }, "to", "lies inside $.a, which is to be moved"],
    [{ op: "rename", from: "$", to: "$.a" }, "to", "lies inside $, which is to be moved"],
    [{ op: "copy", from: "$.items[*].a", to: "$.b" }, "to", "must go over the same items"],
    [{ op: "copy", from: "$.a", to: "$.items[*].b" }, "to", "must go over the same items"],
    [{ op: "rename", from: "$.x[*].a", to: "$.y[*].a" }, "to", "$.x[*].a and $.y[*].a differ"],
    [{ op: "rename", from: "$.x[*].y[*].a", to: "$.x[*].a" }, "to", "must go over the same items"],
    [{ op: "split", from: "$.a", separator: " ", to: ["$.b", "$.c["], keep: true }, "to[1]", "(character 5)"],
    [
      { op: "split", from: "$.a", separator: " ", to: ["$.b", "$.b"], keep: true },
      "to[1]",
      "must neither contain $.b",
    ],
    [
      { op: "split", from: "$.a", separator: " ", to: ["$.b", "$.b.c"], keep: true },
      "to[1]",
      "must neither contain",
    ],
    [
      { op: "split", from: "$.a", separator: " ", to: ["$.b", "$.a.c"], keep: true },
      "to[1]",
      "contain $.a nor lie in it",
    ],
    [
      { op: "split", from: "$.a.b", separator: " ", to: ["$.a", "$.c"], keep: true },
      "to[0]",
      "must neither contain",
    ],
    [
      { op: "split", from: "$[*].a", separator: " ", to: ["$[*].b", "$.c"], keep: true },
      "to[1]",
      "the same items",
    ],
    [{ op: "join", from: ["$.a", "$.b"], separator: " ", to: "$.b.c", keep: true }, "to", "lies inside $.b"],
    [
      { op: "join", from: ["$.a", "$[*].b"], separator: " ", to: "$.c", keep: true },
      "from[1]",
      "the same items",
    ],
    [{ op: "set", path: "$.a" }, "value", "give either value or value_json"],
    [{ op: "set", path: "$.a", value: 1, value_json: "1" }, "value", "give either value or value_json"],
    [{ op: "set", path: "$.a", value: 9007199254740992 }, "value", "use value_json"],
    [{ op: "set", path: "$.a", value: [{ n: -0 }] }, "value", "use value_json"],
    [{ op: "set", path: "$.a", value: Number.POSITIVE_INFINITY }, "value", "use value_json"],
    [{ op: "set", path: "$.a", value: "é".repeat(2048) }, "value", "more than 4096 bytes"],
    [{ op: "set", path: "$.a", value: JSON.parse(deep(128)) }, "value", "is nested too deep"],
    [
      { op: "set", path: "$.a", value_json: "text" },
      "value_json",
      "is not JSON: a JSON value was expected at byte 0",
    ],
    [{ op: "set", path: "$.a", value_json: "1 2" }, "value_json", "is not JSON: unexpected text at byte 1"],
    [{ op: "set", path: "$.a", value_json: " " }, "value_json", "is not JSON"],
    [{ op: "set", path: "$.a", value_json: "01" }, "value_json", "is not JSON"],
    [{ op: "set", path: "$.a", value_json: '"\ud800"' }, "value_json", "half of a surrogate pair"],
    [{ op: "set", path: "$.a", value_json: `"${"é".repeat(2048)}"` }, "value_json", "more than 4096 bytes"],
    [{ op: "set", path: "$.a", value_json: deep(128) }, "value_json", "nested more than 127 deep"],
  ])("refuses %j", (rule, path, message) => {
    const good: TransformRule = { op: "delete", path: "$.x" };
    const problem = { rule: 1, path, message: expect.stringContaining(message) };
    expect(compileTransform([good, rule as TransformRule, good])).toEqual({ ok: false, problems: [problem] });
  });

  it("tells the problems of all rules at once", () => {
    const compiled = compileTransform([
      { op: "delete", path: "$" },
      { op: "delete", path: "$.a" },
      { op: "delete", path: "x" },
    ]);
    expect(compiled).toMatchObject({ ok: false, problems: [{ rule: 0 }, { rule: 2 }] });
  });

  it.each(["$", "$.a", "$.a[0].b", "$[*].a", "$.a[*]"])("takes a constant for %s", (path) => {
    expect(compileTransform([{ op: "set", path, value: null }]).ok).toBe(true);
  });
});

describe("transformSchema", () => {
  const refused = (rules: unknown) => {
    const parsed = transformSchema.safeParse(rules);
    return parsed.success
      ? []
      : parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  };

  it("keeps what it takes, and fills in keep", () => {
    const rules = [
      { op: "rename", from: "$.a", to: "$.b" },
      { op: "copy", from: "$.a", to: "$.b" },
      { op: "split", from: "$.a", separator: " ", to: ["$.b", "$.c"] },
      { op: "join", from: ["$.a", "$.b"], separator: "", to: "$.c", keep: false },
      { op: "delete", path: "$.a" },
      { op: "set", path: "$.a", value: null },
      { op: "default", path: "$.a", value_json: " 1.0 " },
    ];
    expect(transformSchema.parse(rules)).toEqual(
      rules.map((rule) => (rule.op === "split" ? { ...rule, keep: true } : rule)),
    );
  });

  it("refuses wrong shapes", () => {
    expect(refused([{ op: "move", from: "$.a", to: "$.b" }])).toHaveLength(1);
    expect(refused([{ op: "rename", from: "$.a", to: "$.b", extra: 1 }])).toHaveLength(1);
    expect(refused([{ op: "rename", from: "$.a" }])).toHaveLength(1);
    expect(refused([{ op: "delete", path: 1 }])).toHaveLength(1);
    expect(refused([{ op: "split", from: "$.a", separator: "", to: ["$.b", "$.c"] }])).toHaveLength(1);
    expect(refused([{ op: "split", from: "$.a", separator: "\0", to: ["$.b", "$.c"] }])).toHaveLength(1);
    expect(refused([{ op: "split", from: "$.a", separator: " ", to: ["$.b"] }])).toHaveLength(1);
    expect(refused([{ op: "split", from: "$.a", separator: " ", to: Array(21).fill("$.b") }])).toHaveLength(
      1,
    );
    expect(refused([{ op: "join", from: ["$.a", "$.b"], separator: "\ud800", to: "$.c" }])).toHaveLength(1);
    expect(refused({ op: "delete", path: "$.a" })).toHaveLength(1);
    expect(refused(Array(51).fill({ op: "delete", path: "$.a" }))).toHaveLength(1);
    expect(refused(Array(50).fill({ op: "delete", path: "$.a" }))).toEqual([]);
  });

  it("puts what does not compile at its field", () => {
    const rules = [
      { op: "delete", path: "$.a" },
      { op: "split", from: "$.a", separator: " ", to: ["$.b", "$.c["] },
      { op: "set", path: "$.a" },
    ];
    expect(refused(rules)).toEqual([
      "1.to.1: an index, * or a name in quotes was expected (character 5)",
      "2.value: give either value or value_json",
    ]);
  });
});
