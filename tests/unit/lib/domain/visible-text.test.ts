import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { visibleParts, visibleText } from "@/lib/domain/text/visible-text";

describe("visibleParts", () => {
  it("R-22 X-07 writes terminal escapes and control characters out", () => {
    expect(visibleText("\u001b[31mred\u0007\u0000")).toBe("\\x1b[31mred\\x07\\x00");
  });

  it("P-09 X-09 writes bidi overrides, zero-width characters and lone surrogates out", () => {
    expect(visibleText("a\u202eb\u200bc\ud800d")).toBe("a\\u{202e}b\\u{200b}c\\u{d800}d");
    expect(visibleText("😀 é ü")).toBe("😀 é ü");
  });

  it("keeps line ends and tabs, and shows a carriage return that stands alone", () => {
    expect(visibleText("a\r\nb\tc\rd")).toBe("a\r\nb\tc\\rd");
  });

  it("X-01 leaves no hidden character in any part, whatever came", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const shown = visibleParts(text)
          .map((part) => part.text)
          .join("");
        expect(shown).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b-\u200f\ufeff]/);
        expect(shown.isWellFormed()).toBe(true);
      }),
    );
  });
});
