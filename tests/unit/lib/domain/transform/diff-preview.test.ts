import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prettyTokens } from "@/lib/domain/json/pretty-print";
import { tokenizeJson } from "@/lib/domain/json/tokens";
import { diffPreview, type TokenRange } from "@/lib/domain/transform/diff-preview";

/** What a range covers, read from the indented form: that is what people see. */
function covered(text: string, { start, end }: TokenRange): string {
  const tokens = (prettyTokens(text) ?? []).filter(({ kind }) => kind !== "space");
  return tokens
    .slice(start, end)
    .map((token) => token.text)
    .join("");
}

/** Changes as text: `+` added, `-` removed, `~` changed. */
function changes(before: string, after: string): string[] {
  const diff = diffPreview(before, after);
  if (diff === null) throw new Error("not JSON");
  return diff.changes.map((change) => {
    if (change.kind === "added") return `+ ${change.path} ${covered(after, change.after)}`;
    if (change.kind === "removed") return `- ${change.path} ${covered(before, change.before)}`;
    return `~ ${change.path} ${covered(before, change.before)} → ${covered(after, change.after)}`;
  });
}

describe("diffPreview", () => {
  it.each<[string, string, string[]]>([
    ['{"a": 1}', ' {"a":1}\n', []],
    ['{"a":1,"b":2}', '{"b":2,"a":1}', []],
    ['{"a":1}', '{"\\u0061":1}', []],
    [
      '{"email":"x","n":1}',
      '{"email_address":"x","n":1}',
      ['- $.email "email":"x"', '+ $.email_address "email_address":"x"'],
    ],
    ['{"a":{"b":1,"c":[1,2]}}', '{"a":{"b":2,"c":[1,2]}}', ["~ $.a.b 1 → 2"]],
    ['{"a":1.0}', '{"a":1}', ["~ $.a 1.0 → 1"]],
    ['{"a":{"x":1}}', '{"a":[1]}', ['~ $.a {"x":1} → [1]']],
    ["1", '"1"', ['~ $ 1 → "1"']],
    ["[1,2,3]", "[2,3]", ["- $[0] 1"]],
    ["[1,2]", "[1,9,2]", ["+ $[1] 9"]],
    ["[1,2,3]", "[1,5,6,3]", ["~ $[1] 2 → 5", "+ $[2] 6"]],
    [
      '[{"s":1},{"s":2}]',
      '[{"i":1},{"i":2}]',
      ['- $[0].s "s":1', '+ $[0].i "i":1', '- $[1].s "s":2', '+ $[1].i "i":2'],
    ],
    ['{"odd name":1,"__proto__":2}', "{}", ["- $['odd name'] \"odd name\":1", '- $.__proto__ "__proto__":2']],
    ['{"a":1,"a":2}', '{"a":3}', ["~ $.a 1 → 3", '- $.a "a":2']],
    ['{"a":1,"a":2}', '{"a":1,"a":3}', ["~ $.a 2 → 3"]],
    ['{"a":1}', '{"a":1,"b":{"c":[]}}', ['+ $.b "b":{"c":[]}']],
  ])("%s → %s", (before, after, expected) => {
    expect(changes(before, after)).toEqual(expected);
  });

  it("is null for what is not JSON", () => {
    expect(diffPreview("{", "{}")).toBeNull();
    expect(diffPreview("{}", "")).toBeNull();
  });

  it("stops at its limit and says so", () => {
    const many = JSON.stringify(Array.from({ length: 20 }, (_, at) => at));
    expect(diffPreview(many, "[]", 20)).toMatchObject({ isTruncated: false, changes: { length: 20 } });
    expect(diffPreview(many, "[]", 19)).toMatchObject({ isTruncated: true, changes: { length: 19 } });
  });

  it("takes any depth", () => {
    const deep = (value: number) => `${"[".repeat(50_000)}${value}${"]".repeat(50_000)}`;
    expect(diffPreview(deep(1), deep(2))?.changes).toHaveLength(1);
  });

  const value = fc.jsonValue({ maxDepth: 4 });
  const canonical = (json: unknown): string => {
    if (Array.isArray(json)) return `[${json.map(canonical).join()}]`;
    if (typeof json !== "object" || json === null) return JSON.stringify(json);
    const members = Object.entries(json).map(([name, item]) => `${JSON.stringify(name)}:${canonical(item)}`);
    return `{${members.sort().join()}}`;
  };

  it("finds something exactly when the values differ, and only ranges that are there", () => {
    const pair = fc.oneof(
      fc.tuple(value, value),
      fc.tuple(value, value).map(([a, b]) => [
        { same: a, x: b },
        { x: b, same: a },
      ]),
      fc.tuple(value, value, value).map(([a, b, c]) => [
        [a, b],
        [a, c, b],
      ]),
    );
    fc.assert(
      fc.property(pair, fc.constantFrom(undefined, 2), ([left, right], indent) => {
        const [before, after] = [JSON.stringify(left, null, indent), JSON.stringify(right)];
        const diff = diffPreview(before, after, 10_000);
        expect(diff?.changes.length === 0).toBe(canonical(left) === canonical(right));
        const count = (text: string) =>
          tokenizeJson(text)?.filter(({ kind }) => kind !== "space").length ?? 0;
        for (const change of diff?.changes ?? []) {
          for (const [range, text] of [
            ["before" in change ? change.before : null, before],
            ["after" in change ? change.after : null, after],
          ] as const) {
            if (range === null) continue;
            expect(range.start).toBeLessThan(range.end);
            expect(range.end).toBeLessThanOrEqual(count(text));
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
