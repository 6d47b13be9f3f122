import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatPath, isSamePath, isWithin, type PathSegment, parsePath } from "@/lib/domain/transform/path";

const name = (text: string): PathSegment => ({ kind: "name", name: text });
const index = (at: number): PathSegment => ({ kind: "index", index: at });
const each: PathSegment = { kind: "each" };

function parsed(text: string) {
  const result = parsePath(text);
  if (!result.ok) throw new Error(`${result.position}: ${result.message}`);
  return result.path;
}

describe("parsePath", () => {
  it.each([
    ["$", []],
    ["$.a.b", [name("a"), name("b")]],
    ["$.items[0].x", [name("items"), index(0), name("x")]],
    ["$[*].a", [each, name("a")]],
    ["$.a[*][12][*]", [name("a"), each, index(12), each]],
    ["$['odd name'].x", [name("odd name"), name("x")]],
    ['$["it\'s"]', [name("it's")]],
    ["$['it\\'s']", [name("it's")]],
    ["$['a.b[0]']", [name("a.b[0]")]],
    ["$['']", [name("")]],
    ["$['*']", [name("*")]],
    ["$['\\u0000\\ud800\\n\\\\\\/']", [name("\0\ud800\n\\/")]],
    ["$.straße.naïve.用户", [name("straße"), name("naïve"), name("用户")]],
    ["$.user-id.2fa._x", [name("user-id"), name("2fa"), name("_x")]],
    ["$['😀']", [name("😀")]],
    ["$.__proto__.constructor", [name("__proto__"), name("constructor")]],
  ] as [string, PathSegment[]][])("reads %s", (text, path) => {
    expect(parsed(text)).toEqual(path);
  });

  it.each([
    ["", 0, 'a path starts with "$"'],
    ["a.b", 0, 'a path starts with "$"'],
    [" $.a", 0, 'a path starts with "$"'],
    ["$a", 1, '"a" was not expected'],
    ["$.", 2, "a name is missing behind the dot"],
    ["$.a.", 4, "a name is missing behind the dot"],
    ["$..a", 2, '".." is not supported'],
    ["$.*", 2, '".*" is not supported; [*]'],
    ["$.a b", 3, '" " was not expected'],
    ["$.odd@name", 5, '"@" was not expected'],
    ["$.😀", 2, '"😀" was not expected'],
    ["$.a[", 4, "an index, * or a name in quotes"],
    ["$.a[]", 4, "an index, * or a name in quotes"],
    ["$.a[b]", 4, "an index, * or a name in quotes"],
    ["$.a[-1]", 4, "an index counts from 0"],
    ["$.a[01]", 5, '"]" was expected'],
    ["$.a[0", 5, '"]" was expected'],
    ["$.a[0:2]", 5, '"]" was expected'],
    ["$.a[*", 5, '"]" was expected'],
    ["$.a[1000000]", 4, "an index is at most 999999"],
    ["$['a]", 2, "the quoted name does not end"],
    ["$['a\\'", 2, "the quoted name does not end"],
    ["$['a'", 5, '"]" was expected'],
    ["$['a'x]", 5, '"]" was expected'],
    ["$['\\x']", 3, "unknown escape"],
    ["$['\\u12']", 3, "\\u needs four hex digits"],
    ["$['a\nb']", 4, "a control character must be escaped"],
    ["$['\ud800']", 0, "half of a surrogate pair"],
    [`$${".a".repeat(33)}`, 65, "a path has at most 32 steps"],
    [`$.${"a".repeat(511)}`, 512, "a path has at most 512 characters"],
  ])("refuses %j at %i", (text, position, message) => {
    expect(parsePath(text)).toEqual({ ok: false, position, message: expect.stringContaining(message) });
  });

  it("refuses or reads any text, and never throws", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."$.[]'\"*0129-ab\\u \ud800") }), (text) => {
        const result = parsePath(`$${text}`);
        if (result.ok) expect(parsed(formatPath(result.path))).toEqual(result.path);
        else expect(result.position).toBeLessThanOrEqual(text.length + 1);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe("formatPath", () => {
  const segment = fc.oneof(
    fc.string({ unit: "binary", maxLength: 8 }).map(name),
    fc.constantFrom("a", "it's", "\\", "\u202e", "\ud800", "\udc00\ud800", "a\u2028b", "").map(name),
    fc.nat({ max: 999_999 }).map(index),
    fc.constant(each),
  );

  it("gives text that reads back to the same path, on one line and well-formed", () => {
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 8 }), (path) => {
        const text = formatPath(path);
        expect(parsed(text)).toEqual(path);
        expect(text.isWellFormed()).toBe(true);
        expect(text).not.toMatch(/[\p{Cc}\u2028\u2029\u202e]/u);
      }),
      { numRuns: 2_000 },
    );
  });

  it("uses quotes only where they are needed", () => {
    expect(formatPath([name("a"), name("b c"), index(3), each, name("it's")])).toBe(
      "$.a['b c'][3][*]['it\\'s']",
    );
  });
});

it("tells the same place and places within", () => {
  expect(isSamePath(parsed("$.a['b']"), parsed("$['a'].b"))).toBe(true);
  expect(isSamePath(parsed("$.a[0]"), parsed("$.a['0']"))).toBe(false);
  expect(isSamePath(parsed("$.a"), parsed("$.a.b"))).toBe(false);
  expect(isWithin(parsed("$.a.b"), parsed("$.a"))).toBe(true);
  expect(isWithin(parsed("$.a"), parsed("$.a.b"))).toBe(false);
  expect(isWithin(parsed("$.ab"), parsed("$.a"))).toBe(false);
});
