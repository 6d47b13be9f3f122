import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { RE2JS } from "re2js";
import { describe, expect, it, vi } from "vitest";
import { compileFilter } from "@/lib/domain/filter/compile";
import { Meter } from "@/lib/domain/filter/meter";
import { compilePattern, type Pattern } from "@/lib/domain/filter/pattern";
import { patternSize } from "@/lib/domain/filter/pattern-size";

function pattern(source: string): Pattern {
  const compiled = compilePattern(source);
  if ("refused" in compiled) throw new Error(compiled.refused);
  return compiled;
}

const isIn = (source: string, text: string) => pattern(source).isIn(text, new Meter());

describe("regular expressions", () => {
  it.each([
    ["^score\\.", "score.updated", true],
    ["updated", "score.updated", true],
    ["^updated", "score.updated", false],
    ["^0x[0-9a-f]{40}$", `0x${"a".repeat(40)}`, true],
    ["(?i)URGENT|asap", "please, Asap!", true],
    ["\\bwallet\\b", "a wallet.", true],
    ["^\\p{Lu}", "Äpfel", true],
    ["", "", true],
  ])("%s in %s: %s", (source, text, expected) => {
    expect(isIn(source, text)).toBe(expected);
  });

  it("keep giving the same answer when their memory is cleared again and again", () => {
    const many = pattern("[ab]*a[ab]{9}[cd]$");
    for (let i = 0; i < 400; i++) {
      const word = Array.from({ length: 20 }, (_, at) => (((i * 7919) >> (at % 11)) & 1 ? "a" : "b")).join(
        "",
      );
      expect(many.isIn(`${word}x`, new Meter())).toBe(false);
      expect(many.isIn(`aa${word.slice(0, 8)}d`, new Meter())).toBe(true);
    }
  });

  it.each([
    ["side by side", "(a{1000})".repeat(20)],
    ["in each other", "((a{30}){33}){1}"],
    ["of a long group", `(${"abcdefghij".repeat(18)}){900}`],
    ["of groups of groups", `((${"abcdefghij".repeat(17)}){30}){33}`],
    ["without an end", `(${"[a-f]".repeat(30)}){500,}`],
    ["between two numbers", `(${"\\d".repeat(60)}){1,500}`],
    ["of nothing", "(((){1000}))".repeat(16)],
    ["of operators", "(a*){500}"],
    ["under other groups", "(?i)(?P<n>(?:x|y{400})){3}"],
  ])("with many repetitions %s are refused before they are compiled", (_, source) => {
    const compile = vi.spyOn(RE2JS, "compile");
    const compiled = compilePattern(source);
    const calls = compile.mock.calls.length;
    compile.mockRestore();
    expect(compiled).toEqual({ refused: expect.stringContaining("too large; repeat less") });
    expect(calls).toBe(0);
  });

  it("that are too large stand at their place in a filter", () => {
    const before = 'event.type == "a" && event.subject.matches(';
    const compiled = compileFilter(`${before}"${"(a{1000})".repeat(20)}")`);
    expect(compiled).toMatchObject({
      ok: false,
      problems: [{ position: before.length, message: expect.stringContaining("too large") }],
    });
  });

  it("are measured as their program is, whatever syntax they use", () => {
    const sources = [
      "^0x[0-9a-f]{40}$",
      "[]a{99}]{20}",
      "[[:alpha:]{50}]{3}",
      "\\x{1F600}{3}\\p{Greek}{4}",
      "\\Qa{90}\\E{5}",
      "\\{100}x\\(y{3}",
      "a{,5}b{x}c{3",
      "(?i)(?:ab|cd){20}(?P<name>x){9}",
      "(a*b+c?){30}",
      "((a{5}){5}){5}",
      "x{0}y{2,7}",
    ];
    for (const source of sources) {
      const program = RE2JS.compile(source).programSize();
      const size = patternSize(source);
      expect([source, size / program > 0.3 && size / program < 2]).toEqual([source, true]);
    }
  });

  it("keep little memory, whatever texts they see", () => {
    setFlagsFromString("--expose-gc");
    const collectGarbage = runInNewContext("gc") as () => void;
    const hungry = pattern("[ab]*a[ab]{60}[cd]");
    const word = (seed: number) =>
      Array.from({ length: 300 }, (_, at) => "ab"[((seed + 1) * (at + 3) * 2_654_435_761) >>> 31]).join("");
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    for (let seed = 0; seed < 500; seed++) hungry.isIn(word(seed), new Meter());
    collectGarbage();
    // Without clearing, it is 5 MiB and grows: the engine alone stops at 8 MiB as it counts, for each expression.
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(2 * 1024 * 1024);
  });
});
