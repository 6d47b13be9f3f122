import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prettyJson } from "@/lib/domain/json/pretty-print";
import { tokenizeJson } from "@/lib/domain/json/tokens";

const significant = (text: string) =>
  tokenizeJson(text)
    ?.filter((token) => token.kind !== "space")
    .map((token) => token.text);

/** JSON texts that JSON.stringify would never write: odd numbers, escapes, duplicates, blanks. */
const oddJson = fc.letrec<{ value: string }>((tie) => {
  const space = fc.constantFrom("", " ", "\n", "\r\n", "\t ");
  const string = fc.oneof(
    fc.string({ unit: "grapheme" }).map((text) => JSON.stringify(text)),
    fc.constantFrom('"\\ud800"', '"\\u0000"', '"\\/"', '"\u202e"', '"\\\\\\""'),
  );
  const number = fc.constantFrom("1.0", "1.10", "1e2", "-0", "1E+2", "9007199254740993", "1e400", "0.10e-7");
  const padded = (text: string) => fc.tuple(space, space).map(([a, b]) => `${a}${text}${b}`);
  const leaf = fc.oneof(string, number, fc.constantFrom("true", "false", "null"));
  const list = fc.array(tie("value"), { maxLength: 4 }).chain((items) => padded(`[${items.join(",")}]`));
  const member = fc.tuple(string, tie("value")).map(([key, value]) => `${key}: ${value}`);
  const object = fc.array(member, { maxLength: 4 }).chain((items) => padded(`{${items.join(",")}}`));
  return { value: fc.oneof({ maxDepth: 5 }, leaf.chain(padded), list, object) };
}).value;

describe("prettyJson", () => {
  it("P-01 P-03 P-04 P-06 moves white space only: the tokens stay character for character", () => {
    fc.assert(
      fc.property(oddJson, (text) => {
        const pretty = prettyJson(text);
        expect(pretty).not.toBeNull();
        expect(significant(pretty ?? "")).toEqual(significant(text));
        expect(JSON.parse(pretty ?? "")).toEqual(JSON.parse(text));
      }),
      { numRuns: 500 },
    );
  });

  it("keeps every character of the source in its tokens", () => {
    fc.assert(
      fc.property(oddJson, (text) => {
        expect(
          tokenizeJson(text)
            ?.map((token) => token.text)
            .join(""),
        ).toBe(text);
      }),
    );
  });

  it("agrees with JSON.parse about what is JSON", () => {
    const almostJson = fc.oneof(
      fc.string({ unit: fc.constantFrom(...'{}[],:"\\0 1-.eEtrufalsn\n'.split("")), maxLength: 12 }),
      fc.tuple(oddJson, fc.nat()).map(([text, at]) => text.slice(0, at % (text.length + 1))),
    );
    fc.assert(
      fc.property(almostJson, (text) => {
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        expect(tokenizeJson(text) !== null).toBe(isJson);
      }),
      { numRuns: 3000 },
    );
  });

  it("P-03 P-04 leaves digits as they came and indents by two", () => {
    expect(prettyJson('{"a":[9007199254740993,1.10],"a":{},"b":[]}')).toBe(
      '{\n  "a": [\n    9007199254740993,\n    1.10\n  ],\n  "a": {},\n  "b": []\n}',
    );
  });

  it.each(["", "{", "[1,]", "{1:2}", "hello", '{"a" 1}', "01", "1 2", '"\n"'])(
    "gives null for %j",
    (text) => {
      expect(prettyJson(text)).toBeNull();
    },
  );

  it("X-08 reads 20,000 levels without overflowing the stack", () => {
    const text = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
    expect(tokenizeJson(text)).toHaveLength(40_000);
  });
});
