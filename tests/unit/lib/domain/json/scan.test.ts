import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JsonScanError, scanEntries, scanItems, scanMembers, scanValue } from "@/lib/domain/json/scan";

const bytes = (text: string) => Buffer.from(text);

function accepts(text: string): boolean {
  const b = bytes(text);
  try {
    let end = scanValue(b, 0, 128);
    while (end < b.length && " \n\r\t".includes(String.fromCharCode(b[end] ?? 0))) end++;
    return end === b.length;
  } catch (error) {
    expect(error).toBeInstanceOf(JsonScanError);
    return false;
  }
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe("scanValue", () => {
  it("P-26 accepts every document that JSON.stringify makes", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(undefined, 1, "\t"), (value, indent) => {
        expect(accepts(JSON.stringify(value, null, indent))).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it("agrees with JSON.parse on documents with one byte changed", () => {
    const edit = fc.record({
      value: fc.jsonValue({ maxDepth: 3 }),
      at: fc.nat(),
      char: fc.constantFrom(...'{}[]":,\\0123456789.eE+-tfnu \n\u0001a'),
    });
    fc.assert(
      fc.property(edit, ({ value, at, char }) => {
        const text = JSON.stringify(value);
        const index = at % text.length;
        const changed = text.slice(0, index) + char + text.slice(index + 1);
        expect([changed, accepts(changed)]).toEqual([changed, parses(changed)]);
      }),
      { numRuns: 10_000 },
    );
  });

  it.each([
    "",
    " ",
    "{",
    "[1,]",
    '{"a":1,}',
    "01",
    "1.",
    ".5",
    "+1",
    "1e",
    "tru",
    "nul",
    '"\\x"',
    '"\\u12"',
    '"\u0001"',
    "[1 2]",
    '{"a" 1}',
    "{1:2}",
    "NaN",
    "'a'",
  ])("refuses %j", (text) => {
    expect(accepts(text)).toBe(false);
  });

  it("P-13 takes depth 128, refuses 129, and refuses 100,000 without using up the stack", () => {
    const nested = (depth: number) => bytes("[".repeat(depth) + "]".repeat(depth));
    expect(scanValue(nested(128), 0, 128)).toBe(256);
    expect(() => scanValue(nested(129), 0, 128)).toThrow(/nested more than 128/);
    expect(() => scanValue(nested(100_000), 0, 128)).toThrow(/nested more than 128/);
  });
});

describe("scanMembers", () => {
  it("cuts out values as the bytes that came", () => {
    const text = ' {"type" : "a.b", "d\\u0061ta":{ "n": 1e2, "n":1.10 } , "x":[1, 2]}\n';
    const b = bytes(text);
    const slices = scanMembers(b, 0, b.length, 10).map((m) => [
      m.name,
      b.subarray(m.start, m.end).toString(),
    ]);
    expect(slices).toEqual([
      ["type", '"a.b"'],
      ["data", '{ "n": 1e2, "n":1.10 }'],
      ["x", "[1, 2]"],
    ]);
  });

  it("P-16 takes a name of 200,000 spaces in one pass", () => {
    const b = bytes(`{"${" ".repeat(200_000)}" : 1}`);
    const [member] = scanMembers(b, 0, b.length, 10);
    expect(member?.name).toHaveLength(200_000);
    expect(member && b.subarray(member.start, member.end).toString()).toBe("1");
  });

  it("refuses a member that is given twice, also when it is spelled differently", () => {
    const b = bytes('{"id":1,"\\u0069d":2}');
    expect(() => scanMembers(b, 0, b.length, 10)).toThrow(/"id" is given twice/);
  });

  it.each(["[]", "null", '{"a":1} x', '{"a":1}{"b":2}'])("refuses %j", (text) => {
    const b = bytes(text);
    expect(() => scanMembers(b, 0, b.length, 10)).toThrow(JsonScanError);
  });
});

describe("scanItems", () => {
  it("names items by their index", () => {
    const b = bytes('[1, {"a":2} ,"x"]');
    expect(scanItems(b, 0, b.length, 10).map((m) => [m.name, b.subarray(m.start, m.end).toString()])).toEqual(
      [
        ["0", "1"],
        ["1", '{"a":2}'],
        ["2", '"x"'],
      ],
    );
  });
});

describe("scanEntries", () => {
  /** The parts of every entry as text: white space, key, value, white space; and the tail. */
  const parts = (text: string) => {
    const b = bytes(text);
    const cut = (from: number, to: number) => b.subarray(from, to).toString();
    const entries: string[][] = [];
    const { tailStart, end } = scanEntries(b, 0, 128, (lead, key, keyEnd, start, stop, trailEnd) => {
      entries.push([
        cut(lead, key),
        cut(key, keyEnd),
        cut(keyEnd, start),
        cut(start, stop),
        cut(stop, trailEnd),
      ]);
    });
    return { entries, tail: cut(tailStart, end - 1), end };
  };

  it("tells every part of members, duplicates included, and of items", () => {
    expect(parts('{ "a" : [1, 2] ,\n"\\u0061":1.0 } x')).toEqual({
      entries: [
        [" ", '"a"', " : ", "[1, 2]", " "],
        ["\n", '"\\u0061"', ":", "1.0", ""],
      ],
      tail: " ",
      end: 31,
    });
    expect(parts("[1 , {}]")).toEqual({
      entries: [
        ["", "", "", "1", " "],
        [" ", "", "", "{}", ""],
      ],
      tail: "",
      end: 8,
    });
    expect(parts("{ }")).toEqual({ entries: [], tail: " ", end: 3 });
  });

  it("leaves no byte out", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(undefined, 1, "\t"), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        fc.pre(text.startsWith("{") || text.startsWith("["));
        const { entries, tail } = parts(text);
        expect(`${text[0]}${entries.map((entry) => entry.join("")).join(",")}${tail}${text.at(-1)}`).toBe(
          text,
        );
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    "1",
    "",
    "{",
    "[",
    '{"a"}',
    '{"a":}',
    "{1:2}",
    '{"a":1 "b":2}',
    "[1 2]",
    "[1,]",
    '{"a":1,}',
    "[1}",
  ])("refuses %j", (text) => {
    expect(() => parts(text)).toThrow(JsonScanError);
  });

  it("P-13 counts itself as one level", () => {
    const visit = () => {};
    expect(scanEntries(bytes("[[]]"), 0, 2, visit).end).toBe(4);
    expect(() => scanEntries(bytes("[[]]"), 0, 1, visit)).toThrow(/nested more than/);
  });
});
