import { describe, expect, it } from "vitest";
import { checkFilter } from "@/lib/domain/filter/check";
import { compileFilter } from "@/lib/domain/filter/compile";

/** The part of the text that the first problem points to, and what it says. */
function problem(text: string): { at: string; message: string } {
  const compiled = compileFilter(text);
  const [first] = compiled.ok ? [] : compiled.problems;
  if (first === undefined) throw new Error(`${text} is not refused`);
  expect(first.position).toBeGreaterThanOrEqual(0);
  expect(first.end).toBeGreaterThanOrEqual(first.position);
  expect(first.end).toBeLessThanOrEqual(text.length);
  return { at: text.slice(first.position, first.end), message: first.message };
}

describe("a mistake is refused where it stands", () => {
  it.each([
    ["event.typo == 1", "typo", "An event has no “typo”. Did you mean “type”?"],
    ["event.TYPE == 'a'", "TYPE", "An event has no “TYPE”. Did you mean “type”?"],
    ["true && event.subjct == 'a'", "subjct", "An event has no “subjct”. Did you mean “subject”?"],
    [
      "event.new_score > 1",
      "new_score",
      "An event has no “new_score”. The payload is “event.data”: try “event.data.new_score”.",
    ],
    ["type == 'a'", "type", "There is no “type”. Did you mean “event.type”?"],
    ["data.x == 1", "data", "There is no “data”. Did you mean “event.data”?"],
    ["evnt.type == 'a'", "evnt", "There is no “evnt”. Did you mean “event”?"],
    [
      "new_score > 1",
      "new_score",
      "There is no “new_score”. Everything starts with “event”, as in “event.data.amount”.",
    ],
    ["event == event", "event", "Name a member, as in “event.type”."],
    ["event['type'] == 'a'", "event", "Name a member, as in “event.type”."],
    ["has(event.typ)", "typ", "An event has no “typ”. Did you mean “type”?"],
    [
      "event.data.a.startswith('x')",
      "event.data.a.startswith('x')",
      "There is no function “startswith”. Did you mean “startsWith”?",
    ],
    [
      "contains(event.data.a, 'x')",
      "contains(event.data.a, 'x')",
      "There is no function “contains”. Write it behind a value: “value.contains(…)”.",
    ],
    ["event.data.a.has()", "event.data.a.has()", "There is no function “has”. Write “has(…)”."],
    [
      "cross(event.data.a, event.data.b, 5)",
      "cross(event.data.a, event.data.b, 5)",
      "There is no function “cross”. Did you mean “crosses”?",
    ],
    ["event.id.substring(1) == 'a'", "event.id.substring(1)", "There is no function “substring”."],
    [
      "cel.bind(x, 1, x == 1)",
      "cel",
      "There is no “cel”. Everything starts with “event”, as in “event.data.amount”.",
    ],
    ["type(event.data) == int", "type(event.data)", "There is no function “type”."],
    ["dyn(event.data) == 1", "dyn(event.data)", "There is no function “dyn”."],
  ])("names: %s", (text, at, message) => {
    expect(problem(text)).toEqual({ at, message });
  });

  it.each([
    ["", "", "The expression is empty."],
    ["  \n ", "  \n ", "The expression is empty."],
    ["event.data.x = 5", "=", "Write “==” to compare."],
    ["event.data.x & true", "&", "Write “&&” for “and”."],
    ["event.data.x and true", "and", "Write “&&” for “and”."],
    ["event.data.x OR true", "OR", "Write “||” for “or”."],
    ["(event.data.x == 1", "", "Expected “)”, found the end of the expression."],
    ["event.data.x == 1)", ")", "“)” was not expected here."],
    ["event.data.x ==", "", "The expression ends too early."],
    ["event.data.in == 1", "in", 'Write “["in"]”: “.in” cannot be a member\'s name.'],
    ["event.data.x == 'open", "'open", "Unterminated string."],
    ['event.data.x == "a\\q"', "\\q", "Invalid escape sequence: \\q."],
    ["event.data.x ~ 5", "~", "“~” was not expected here."],
    ["event.data.x == {'a': 1}", "{'a': 1}", "Objects cannot be written in a filter."],
    ["event.data.x == b'abc'", "b'abc'", "Bytes and unsigned numbers cannot be written in a filter."],
    ["event.data.x == 5u", "5u", "Bytes and unsigned numbers cannot be written in a filter."],
  ])("syntax: %s", (text, at, message) => {
    expect(problem(text)).toEqual({ at, message });
  });

  it.each([
    ["event.type == 5", "event.type == 5", /string == int/],
    ["event.attributes.x > 5", "event.attributes.x > 5", /string > int/],
    ["event.time > 5", "event.time > 5", /timestamp > int/],
    ["crosses(event.type, 1, 2)", "crosses(event.type, 1, 2)", /crosses\(string, int, int\)/],
    [
      "rises_above(event.data.a, event.data.b, 'x')",
      "rises_above(event.data.a, event.data.b, 'x')",
      /dyn, dyn, string/,
    ],
    ["rises_above(event.data.a, 5)", "rises_above(event.data.a, 5)", /rises_above/],
    ["crosses(event.data.a, event.data.b, [])", "[]", /^Thresholds are numbers\.$/],
    ["crosses(event.data.a, event.data.b, [1, 'x'])", "[1, 'x']", /^Thresholds are numbers\.$/],
    ["event.data.a.contains(5)", "5", /^“contains” needs a text in quotes\.$/],
    ["event.data.a.contains()", "event.data.a.contains()", /contains/],
    ["size(event.data.a)", "size(event.data.a)", /^A filter must be true or false; this is of type int\.$/],
    ["'text'", "'text'", /of type string/],
    ["event.type && true", "event.type && true", /string/],
    ["event.data.a.exists(item)", "event.data.a.exists(item)", /^“exists” needs a name for the items/],
    ["event.data.a.exists(5, true)", "5", /variable/],
    ["event.data.a.exists(event, true)", "event.data.a.exists(event, true)", /another name than “event”/],
    ["event.data.a.exists(x, x == 1) && x == 2", "x", /There is no “x”/],
    ["event.data.big == 9007199254740993", "9007199254740993", /exact up to 9007199254740991 only/],
    ["event.data.at < timestamp('yesterday')", "'yesterday'", /This is no time/],
    ["event.time < timestamp('2026-02-30T00:00:00Z')", "'2026-02-30T00:00:00Z'", /This is no time/],
    ["event.time < timestamp('2026-02-03T24:00:00Z')", "'2026-02-03T24:00:00Z'", /This is no time/],
    ["duration('5 minutes') < duration('1m')", "'5 minutes'", /This is no duration/],
    ["event.data.a.matches('(')", "'('", /not valid in RE2's syntax: missing closing/],
    ["event.data.a.matches('(a)\\\\1')", "'(a)\\\\1'", /not valid in RE2's syntax/],
    ["event.data.a.matches('(?=a)')", "'(?=a)'", /not valid in RE2's syntax/],
    [
      "event.data.a.matches(event.data.b)",
      "event.data.a.matches(event.data.b)",
      /needs its regular expression as a text/,
    ],
  ])("types and values: %s", (text, at, message) => {
    const found = problem(text);
    expect(found.at).toBe(at);
    expect(found.message).toMatch(message);
  });

  it("names every wrong name at once, in the order of the text", () => {
    const compiled = compileFilter("event.typ == 'a' && foo(event.data.x) && 5u == bar");
    expect(compiled.ok ? [] : compiled.problems.map(({ position }) => position)).toEqual([6, 20, 41, 47]);
  });

  it("checkFilter finds the same, but for regular expressions", () => {
    for (const text of [
      "",
      "event.typo",
      "event.data.x = 1",
      "event.type == 5",
      "size('a')",
      "event.data.x == 1",
    ]) {
      const compiled = compileFilter(text);
      expect(checkFilter(text)).toEqual(compiled.ok ? [] : compiled.problems);
    }
    expect(checkFilter("event.data.a.matches('(')")).toEqual([]);
  });
});
