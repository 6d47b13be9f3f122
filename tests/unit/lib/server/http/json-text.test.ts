import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isAppError } from "@/lib/domain/errors";
import { decodeUtf8, isDeeperThan, jsonErrorIndex, parseJsonText } from "@/lib/server/http/json-text";

const codeOf = (work: () => unknown) => {
  try {
    work();
    return "none";
  } catch (error) {
    return isAppError(error) ? error.code : "not an AppError";
  }
};
const detailOf = (text: string) => {
  try {
    parseJsonText(text);
    return "";
  } catch (error) {
    return isAppError(error) ? error.message : "";
  }
};

describe("JSON text", () => {
  it.each([
    [[0xff], "invalid_utf8"],
    [[0xc0, 0x80], "invalid_utf8"],
    [[0xed, 0xa0, 0x80], "invalid_utf8"],
    [[0xe2, 0x82], "invalid_utf8"],
    [[0xef, 0xbb, 0xbf, 0x7b, 0x7d], "invalid_utf8"],
    [[0x7b, 0x7d], "none"],
  ])("I-01 bytes %j give %s", (bytes, code) => {
    expect(codeOf(() => decodeUtf8(Uint8Array.from(bytes)))).toBe(code);
  });

  it.each([
    ['{"a":1,}', "line 1, column 8 (position 7)"],
    ['{"a":1', "ends too early: line 1, column 7"],
    ['{\n  "a": tru\n}', "line 2, column 8"],
    ["", "ends too early: line 1, column 1"],
    ["{'a':1}", "line 1, column 2"],
    ['{"a":"\u0001"}', "line 1, column 6"],
    ["[1 2]", "line 1, column 4"],
    ["01", "line 1, column 2"],
    ["NaN", "line 1, column 1"],
    ['{"a":1}x', "line 1, column 8"],
    ["{]", "line 1, column 2"],
  ])("I-01 %j is refused with its place", (text, where) => {
    expect(codeOf(() => parseJsonText(text))).toBe("invalid_json");
    expect(detailOf(text)).toContain(where);
  });

  it("I-26 the error never repeats the body", () => {
    expect(detailOf('{"password":"hunter2" oops}')).not.toMatch(/hunter2|oops/);
  });

  it("I-01 the scanner reaches the end of every text that JSON.parse takes", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.constantFrom("", " ", "\n\t"), (text, space) => {
        expect(jsonErrorIndex(space + text + space)).toBe((space + text + space).length);
        expect(parseJsonText(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it("I-01 a mutated text is either valid or refused with invalid_json, never anything else", () => {
    const mutated = fc
      .tuple(fc.json({ maxDepth: 5 }), fc.nat(), fc.string({ maxLength: 3 }))
      .map(
        ([text, at, insert]) =>
          text.slice(0, at % (text.length + 1)) + insert + text.slice((at % (text.length + 1)) + 1),
      );
    fc.assert(
      fc.property(mutated, (text) => {
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        expect(codeOf(() => parseJsonText(text))).toBe(valid ? "none" : "invalid_json");
        if (!valid) expect(jsonErrorIndex(text)).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 500 },
    );
  });

  it("I-01 depth 128 is taken, 129 and 100,000 are refused; brackets in strings do not count", () => {
    const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
    expect(codeOf(() => parseJsonText(nested(128)))).toBe("none");
    expect(codeOf(() => parseJsonText(nested(129)))).toBe("body_too_deep");
    expect(codeOf(() => parseJsonText(nested(100_000)))).toBe("body_too_deep");
    expect(isDeeperThan(JSON.stringify(['[[[[\\"[[{{']), 1)).toBe(false);
  });

  it("I-01 finding the mistake takes linear work, also in a long unterminated string", () => {
    const text = `{"a":"${"\\\\x".repeat(40_000)}`;
    expect(jsonErrorIndex(text)).toBeLessThanOrEqual(text.length);
  });
});
