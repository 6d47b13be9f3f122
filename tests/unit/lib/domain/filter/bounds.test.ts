import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileFilter } from "@/lib/domain/filter/compile";
import { MAX_FILTER_LENGTH } from "@/lib/domain/filter/limits";
import { COSTLY_FILTERS, join, ones, PAYLOAD_BYTES } from "@/tests/support/costly-filters";
import { eventWith, filterOf, outcome } from "./fixtures";

describe("what is refused before it runs", () => {
  it.each([
    ["too long", `event.data.x == "${"x".repeat(MAX_FILTER_LENGTH)}"`, /characters; at most 2000/],
    ["brackets", `${"(".repeat(900)}true${")".repeat(900)}`, /nests more than 32 deep/],
    ["negations", `${"!".repeat(1_900)}true`, /parts|nests/],
    ["indexes", `event.data${"[0]".repeat(600)} == 1`, /nests more than 32 deep/],
    ["members", `event.data${".a".repeat(900)} == 1`, /nests more than 32 deep/],
    ["a sum", join(100, "event.data.a", "+"), /nests more than 32 deep/],
    ["conditions", `${"true?".repeat(150)}true${":false".repeat(150)}`, /nests more than 32 deep/],
    ["parts", join(390, "true", "||").replaceAll("true", "1>0").slice(0, 1_988), /more than 400 parts/],
    ["a list", `event.data.x in [${join(250, "1", ",")}]`, /at most 200 values/],
    ["arguments", "crosses(1, 2, 3, 4, 5, 6)", /too many arguments/],
    ["loops in loops", "event.data.exists(a, a.exists(b, b.exists(c, true)))", /2 levels deep/],
    ["patterns", join(4, 'event.data.x.matches("a")', "||"), /At most 3/],
    ["a long pattern", `event.data.x.matches("${"a".repeat(201)}")`, /at most 200 characters/],
    ["a large pattern", 'event.data.x.matches("a{500}")', /too large/],
    ["a huge pattern", 'event.data.x.matches("((a{100}){100}){100}")', /too large/],
  ])("%s", (_, expression, message) => {
    const compiled = compileFilter(expression);
    expect(compiled.ok ? "" : compiled.problems[0]?.message).toMatch(message);
  });

  it("long chains of conditions are fine", () => {
    const chain = join(60, "event.data.x == 1", " || ");
    expect(outcome(`(${chain}) && true`, eventWith({ x: 1 }))).toBe("matched");
  });
});

// How long each takes is measured by `npx tsx tests/bench/filter-work.ts`.
describe("P-24 the dearest expressions over the largest payloads end, and the same way each time", () => {
  it.each(COSTLY_FILTERS)("%s", (_, expression, payload) => {
    expect(payload.length).toBeLessThanOrEqual(PAYLOAD_BYTES);
    const filter = filterOf(expression);
    const event = eventWith(payload);
    expect(event.data).toBeDefined();
    const reasons = new Set<string>();
    for (let run = 0; run < 3; run++) {
      const verdict = filter.matches(event);
      reasons.add(verdict.matched ? "matched" : verdict.reason);
    }
    expect(reasons.size).toBe(1);
    expect(["false", "too_costly", "matched", "missing_member", "type_mismatch"]).toContain([...reasons][0]);
  });

  it("running out of steps is not hidden by ||, && or exists", () => {
    const loop = "event.data.exists(a, event.data.exists(b, a + b > 100))";
    const event = eventWith(ones);
    expect(outcome(`${loop} || true`, event)).toBe("too_costly");
    expect(outcome(`!(${loop} && false)`, event)).toBe("too_costly");
    expect(outcome("[1].exists(x, event.data.exists(a, a + 1 in event.data)) || true", event)).toBe(
      "too_costly",
    );
    expect(outcome(`true || ${loop}`, event)).toBe("matched");
  });

  it("honest filters over large payloads are far below the limit", () => {
    const items = Array.from({ length: 4_000 }, (_, id) => ({ id, sku: `sku-${id}`, price: id % 100 }));
    const event = eventWith({ items, message: "x".repeat(50_000) });
    expect(outcome("event.data.items.exists(item, item.price == 99 && item.sku == 'sku-3999')", event)).toBe(
      "matched",
    );
    expect(outcome("event.data.items.all(item, item.price < 100)", event)).toBe("matched");
    expect(outcome("event.data.message.contains('timeout')", event)).toBe("false");
    expect(outcome("event.data.items[3999].sku.matches('^sku-[0-9]{4}$')", event)).toBe("matched");
  });
});

describe("nothing makes the compiler or a filter throw", () => {
  const token = fc.constantFrom(
    ...'event . data type subject attributes time x ( ) [ ] { } , ? : == != < > <= >= && || ! - + * / % in has size crosses rises_above exists all map filter matches contains timestamp duration int double string true false null 1 1.5 9e99 0x1F 5u "a" \'b\' r"c" b"d" "\\\\" """ // @ # $ \\ ` é \u{1F600} \0 __proto__ constructor optional cel google dyn'.split(
      " ",
    ),
  );
  const payload = fc.jsonValue({ maxDepth: 4 });

  it("not with any sequence of words of the language", () => {
    fc.assert(
      fc.property(fc.array(token, { maxLength: 30 }), payload, (tokens, data) => {
        const compiled = compileFilter(tokens.join(" "));
        if (compiled.ok) compiled.filter.matches(eventWith(data));
        else expect(compiled.problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 3_000 },
    );
  });

  it("not with any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (source) => {
        const compiled = compileFilter(source);
        if (compiled.ok) return;
        for (const problem of compiled.problems) {
          expect(problem.position).toBeLessThanOrEqual(problem.end);
          expect(problem.end).toBeLessThanOrEqual(source.length);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("not with a payload nested deeper than JSON may be here", () => {
    const deep = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
    expect(outcome("event.data[0] == event.data[1]", eventWith(`[${deep},${deep}]`))).toBe("false");
  });
});
