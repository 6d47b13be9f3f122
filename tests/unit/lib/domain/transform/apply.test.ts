import { describe, expect, it } from "vitest";
import { compileTransform, MAX_TRANSFORMED_BYTES, type Transform } from "@/lib/domain/transform/compile";
import { TransformError } from "@/lib/domain/transform/errors";
import type { TransformRule } from "@/lib/domain/transform/rules";

const encode = (text: string) => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array) => new TextDecoder("utf-8", { fatal: true }).decode(bytes);

function compile(...rules: TransformRule[]): Transform {
  const compiled = compileTransform(rules);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  return compiled.transform;
}

/** Text in, text and outcome out. */
function run(input: string, ...rules: TransformRule[]) {
  const { bytes, applied, skipped } = compile(...rules).apply(encode(input));
  return { text: decode(bytes), applied, skipped: skipped.map(({ message: _, ...skip }) => skip) };
}

function errorOf(action: () => unknown): TransformError {
  try {
    action();
  } catch (error) {
    if (error instanceof TransformError) return error;
    throw error;
  }
  throw new Error("Nothing was thrown.");
}

const rename = (from: string, to: string): TransformRule => ({ op: "rename", from, to });
const copy = (from: string, to: string): TransformRule => ({ op: "copy", from, to });
const drop = (path: string): TransformRule => ({ op: "delete", path });
const set = (path: string, value: unknown): TransformRule => ({ op: "set", path, value });
const exact = (path: string, value_json: string): TransformRule => ({ op: "set", path, value_json });
const fallback = (path: string, value: unknown): TransformRule => ({ op: "default", path, value });
const split = (from: string, separator: string, to: string[], keep = true): TransformRule => ({
  op: "split",
  from,
  separator,
  to,
  keep,
});
const join = (from: string[], separator: string, to: string, keep = true): TransformRule => ({
  op: "join",
  from,
  separator,
  to,
  keep,
});

describe("a mapping of a captured contact", () => {
  const contact =
    '{"email": "ada@example.org", "name": "Ada King Lovelace", "phone": null, "lead_id": 12345678901234567890,' +
    ' "fields": {"company": "Analytical \\u0045ngines", "score": 1.0}, "campaign_id": "cmp_7"}';

  it("renames, copies, splits, deletes and sets in order", () => {
    const result = run(
      contact,
      rename("$.email", "$.email_address"),
      copy("$.campaign_id", "$.utm.campaign"),
      split("$.name", " ", ["$.first_name", "$.last_name"], false),
      drop("$.phone"),
      rename("$.fields.company", "$.company"),
      set("$.source", "signpost"),
      fallback("$.email_address", "nobody@example.org"),
    );
    expect(result.text).toBe(
      '{"email_address": "ada@example.org", "lead_id": 12345678901234567890,' +
        ' "fields": {"score": 1.0}, "campaign_id": "cmp_7","utm":{"campaign":"cmp_7"},' +
        '"first_name":"Ada","last_name":"King Lovelace","company":"Analytical \\u0045ngines","source":"signpost"}',
    );
    expect(result.applied.map(({ rule }) => rule)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(result.skipped).toEqual([
      { rule: 6, reason: "already_there", path: "$.email_address", places: 1 },
    ]);
  });

  it("later rules see what earlier ones did", () => {
    expect(
      run('{"a":1}', rename("$.a", "$.b"), copy("$.b", "$.c"), drop("$.b"), rename("$.a", "$.d")),
    ).toEqual({
      text: '{"c":1}',
      applied: [
        { rule: 0, places: 1, replaced: 0 },
        { rule: 1, places: 1, replaced: 0 },
        { rule: 2, places: 1, replaced: 0 },
      ],
      skipped: [{ rule: 3, reason: "missing", path: "$.a", places: 1 }],
    });
  });

  it("gives the very same bytes when no rule has anything to do", () => {
    const input = encode(`\n${contact} `);
    expect(compile().apply(input).bytes).toBe(input);
    const { bytes, applied, skipped } = compile(drop("$.x"), rename("$.x", "$.y")).apply(input);
    expect(bytes).toBe(input);
    expect([applied, skipped.length, skipped[0]?.message]).toEqual([[], 2, "There is no such field."]);
  });

  it("takes a Buffer that is part of a larger one", () => {
    const buffer = Buffer.from(`xx${contact}yy`).subarray(2, -2);
    expect(decode(compile(set("$.name", 1)).apply(buffer).bytes)).toBe(
      contact.replace('"Ada King Lovelace"', "1"),
    );
  });
});

describe("one rule", () => {
  it.each<[string, string, TransformRule, string]>([
    ["renames in place", '{"a":1, "b" : [2 ] ,"c":3}', rename("$.b", "$.x"), '{"a":1, "x" : [2 ] ,"c":3}'],
    [
      "puts a moved value over what is there, in its place",
      '{"a":1,"b":2,"c":3}',
      rename("$.c", "$.a"),
      '{"a":3,"b":2}',
    ],
    [
      "moves to another object, at its end",
      '{"a":{"x":1},"b":{"y":2}}',
      rename("$.a.x", "$.b.x"),
      '{"a":{},"b":{"y":2,"x":1}}',
    ],
    [
      "unwraps: a value takes its parent's place",
      '{"a":{"b":{"c":1},"d":2},"e":3}',
      rename("$.a.b", "$.a"),
      '{"a":{"c":1},"e":3}',
    ],
    ["unwraps up to the root", ' {"a":{"b":[1 ,2]}}\n', rename("$.a.b", "$"), " [1 ,2]\n"],
    ["unwraps each item", '[{"v":1,"x":0},{"v":2}]', rename("$[*].v", "$[*]"), "[1,2]"],
    ["moves an item out of its array", '{"l":[1,2,3]}', rename("$.l[1]", "$.x"), '{"l":[1,3],"x":2}'],
    [
      "moves an item onto another: indices are those before the rule",
      '["a","b","c"]',
      rename("$[0]", "$[2]"),
      '["b","a"]',
    ],
    ["moves an item to the end", '["a","b","c"]', rename("$[0]", "$[3]"), '["b","c","a"]'],
    [
      "renames within each item",
      '{"l":[{"a":1},{"a":2,"b":0}]}',
      rename("$.l[*].a", "$.l[*].b"),
      '{"l":[{"b":1},{"b":2}]}',
    ],
    [
      "copies to the end of the object",
      '{"a":{"x":1.0},"b":2}',
      copy("$.a", "$.c"),
      '{"a":{"x":1.0},"b":2,"c":{"x":1.0}}',
    ],
    ["copies over what is there", '{"a":1,"b": {"x":2} ,"c":3}', copy("$.a", "$.b"), '{"a":1,"b": 1 ,"c":3}'],
    [
      "copies a value into itself as it was",
      '{"a":{"x":1}}',
      copy("$.a", "$.a.self"),
      '{"a":{"x":1,"self":{"x":1}}}',
    ],
    ["copies the root into itself as it was", '{"a":1}', copy("$", "$.raw"), '{"a":1,"raw":{"a":1}}'],
    ["makes parents", "{}", set("$.a.b[0].c", 1), '{"a":{"b":[{"c":1}]}}'],
    ["adds the next item", '{"l":[1]}', set("$.l[1]", 2), '{"l":[1,2]}'],
    ["replaces the root", '{"a":1}', set("$", null), "null"],
    ["sets in every item", "[{},{},{}]", set("$[*].x", true), '[{"x":true},{"x":true},{"x":true}]'],
    ["sets every item", "[1, 2 ,3]", set("$[*]", 0), "[0, 0 ,0]"],
    ["goes through arrays in arrays", "[[{}],[{},{}]]", set("$[*][*].x", 1), '[[{"x":1}],[{"x":1},{"x":1}]]'],
    [
      "keeps constants byte for byte",
      "{}",
      exact("$.v", ' {"n": 1.0 ,"n":1e400}\n'),
      '{"v":{"n": 1.0 ,"n":1e400}}',
    ],
    [
      "writes constants compactly",
      "{}",
      set("$.v", { b: [1, "\u2028\ud800"], a: -1.5 }),
      '{"v":{"b":[1,"\u2028\\ud800"],"a":-1.5}}',
    ],
    ["defaults what is missing", '{"a":null}', fallback("$.b.c", "x"), '{"a":null,"b":{"c":"x"}}'],
    ["deletes the first member with its comma", '{ "a": 1, "b": 2 }', drop("$.a"), '{ "b": 2 }'],
    ["deletes the last member with its comma", '{ "a": 1, "b": 2 }', drop("$.b"), '{ "a": 1 }'],
    ["deletes the only member", '{ "a": 1 }', drop("$.a"), "{ }"],
    ["deletes an item", "[ 1, 2, 3]", drop("$[0]"), "[ 2, 3]"],
    ["deletes all items", '{"l":[1,{"x":2}, 3 ]}', drop("$.l[*]"), '{"l":[ ]}'],
    ["deletes in every item", '[{"x":1,"y":2},{"x":3}]', drop("$[*].x"), '[{"y":2},{}]'],
    [
      "gives the last part all the rest",
      '{"n":"a b  c"}',
      split("$.n", " ", ["$.x", "$.y"]),
      '{"n":"a b  c","x":"a","y":"b  c"}',
    ],
    [
      "leaves targets without a part alone",
      '{"n":"a","y":1}',
      split("$.n", " ", ["$.x", "$.y"], false),
      '{"y":1,"x":"a"}',
    ],
    [
      "splits into items",
      '{"n":"a,b,c"}',
      split("$.n", ",", ["$.l[0]", "$.l[1]", "$.l[2]"], false),
      '{"l":["a","b","c"]}',
    ],
    [
      "splits in place",
      '{"n":"a b","z":0}',
      split("$.n", " ", ["$.n", "$.m"], false),
      '{"n":"a","z":0,"m":"b"}',
    ],
    [
      "splits what escapes spell",
      '{"n":"\\u0061\\/b"}',
      split("$.n", "/", ["$.x", "$.y"], false),
      '{"x":"a","y":"b"}',
    ],
    [
      "splits around surrogate pairs",
      '{"n":"1😀2\\ud83d"}',
      split("$.n", "😀", ["$.x", "$.y"], false),
      '{"x":"1","y":"2\\ud83d"}',
    ],
    [
      "joins text, numbers as spelled, true and false",
      '{"a":"x","b":1.0,"c":true,"d":null}',
      join(["$.a", "$.b", "$.c", "$.d", "$.e"], "-", "$.j", false),
      '{"j":"x-1.0-true"}',
    ],
    [
      "joins into one of its sources",
      '{"a":"x","b":12345678901234567890}',
      join(["$.a", "$.b"], "", "$.a", false),
      '{"a":"x12345678901234567890"}',
    ],
    ["joins items", '["a","b","c"]', join(["$[0]", "$[2]"], "+", "$[0]", false), '["a+c","b"]'],
    [
      "joins a parent away",
      '{"n":{"f":"A","l":"B"}}',
      join(["$.n.f", "$.n.l"], " ", "$.n", false),
      '{"n":"A B"}',
    ],
  ])("%s", (_, input, rule, output) => {
    const { text, skipped } = run(input, rule);
    expect(text).toBe(output);
    expect(skipped).toEqual([]);
  });

  it.each<[string, TransformRule, string, string]>([
    ['{"a":1}', rename("$.b", "$.c"), "missing", "$.b"],
    ['{"a":1}', copy("$.a.b.c", "$.c"), "missing", "$.a.b"],
    ['{"a":[1]}', copy("$.a[1]", "$.c"), "missing", "$.a[1]"],
    ['{"a":[1]}', copy("$.a.x", "$.c"), "not_an_object", "$.a"],
    ['{"a":{"0":1}}', copy("$.a[0]", "$.c"), "not_an_array", "$.a"],
    ["null", drop("$.a"), "missing", "$.a"],
    ['{"a":{}}', drop("$.a[0]"), "not_an_array", "$.a"],
    ['{"a":[]}', drop("$.a.b"), "not_an_object", "$.a"],
    ['{"a":[]}', drop("$.a[*]"), "no_items", "$.a"],
    ['{"a":null}', drop("$.a[*].b"), "not_an_array", "$.a"],
    ["{}", set("$.a[*].b", 1), "missing", "$.a"],
    ['{"a":{}}', set("$.a[*].b", 1), "not_an_array", "$.a"],
    ['{"a":[]}', set("$.a[*].b", 1), "no_items", "$.a"],
    ['{"a":"text"}', set("$.a.b", 1), "not_an_object", "$.a"],
    ['{"a":null}', set("$.a.b", 1), "not_an_object", "$.a"],
    ['{"a":[]}', set("$.a.b", 1), "not_an_object", "$.a"],
    ['{"a":{}}', set("$.a[0]", 1), "not_an_array", "$.a"],
    ['{"a":[1]}', set("$.a[2]", 1), "out_of_range", "$.a[2]"],
    ["{}", set("$.a[1]", 1), "out_of_range", "$.a[1]"],
    ['{"a":[1]}', set("$.a[1][1]", 1), "out_of_range", "$.a[1][1]"],
    ['{"a":1,"b":2}', rename("$.a", "$.b.c"), "not_an_object", "$.b"],
    ['{"a":1}', split("$.a", " ", ["$.b", "$.c"]), "not_text", "$.a"],
    ['{"a":"x","b":{}}', join(["$.a", "$.b"], " ", "$.c"), "not_text", "$.b"],
    ['{"b":null}', join(["$.a", "$.b"], " ", "$.c"), "missing", "$.a"],
    ['{"a":"x","c":1}', join(["$.a", "$.b"], " ", "$.c.d"), "not_an_object", "$.c"],
    ['{"a":null}', fallback("$.a", 1), "already_there", "$.a"],
  ])("leaves %s alone for %j", (input, rule, reason, path) => {
    expect(run(input, rule)).toEqual({
      text: input,
      applied: [],
      skipped: [{ rule: 0, reason, path, places: 1 }],
    });
  });

  it("tells where it applied and where it did not, with the index of the item", () => {
    const result = run('{"l":[{"a":1},7,{},{"a":2,"b":3}]}', rename("$.l[*].a", "$.l[*].b"));
    expect(result).toEqual({
      text: '{"l":[{"b":1},7,{},{"b":2}]}',
      applied: [{ rule: 0, places: 2, replaced: 1 }],
      skipped: [{ rule: 0, reason: "missing", path: "$.l[1].a", places: 2 }],
    });
  });

  it("names the item of each array on the way", () => {
    const input = '[{"l":[{"a":1},{"a":2}]},{"l":[{},{"a":3}]}]';
    const skipped = [{ rule: 0, reason: "missing", path: "$[1].l[0].a", places: 1 }];
    expect(run(input, copy("$[*].l[*].a", "$[*].l[*].b")).skipped).toEqual(skipped);
    expect(run(input, drop("$[*].l[*].a")).skipped).toEqual(skipped);
  });

  it("keeps the source of a split while one of its parts found no place", () => {
    const result = run('{"n":"a b","x":1}', split("$.n", " ", ["$.x.y", "$.z"], false));
    expect(result.text).toBe('{"n":"a b","x":1,"z":"b"}');
    expect(result.skipped).toEqual([{ rule: 0, reason: "not_an_object", path: "$.x", places: 1 }]);
  });
});

describe("names", () => {
  it.each<[string, TransformRule, string]>([
    ['{"\\u0061":1,"b":2}', drop("$.a"), '{"b":2}'],
    ['{"a\\/b":1}', rename("$['a/b']", "$.c"), '{"c":1}'],
    ['{"\\b":1,"\\\\b":2}', drop("$['\\\\b']"), '{"\\b":1}'],
    ['{"\\ud83d\\ude00":1}', rename("$['😀']", "$.x"), '{"x":1}'],
    ['{"😀":1}', rename("$['\\ud83d\\ude00']", "$.x"), '{"x":1}'],
    ['{"\\ud800":1,"\ufffd":2}', drop("$['\\ud800']"), '{"\ufffd":2}'],
    ["{}", set("$['\\ud800\"\\u0000']", 1), '{"\\ud800\\"\\u0000":1}'],
    ['{"é":1,"e":2}', drop("$.é"), '{"e":2}'],
    ['{"":1}', rename("$['']", "$.x"), '{"x":1}'],
  ])("are compared by what they stand for: %s", (input, rule, output) => {
    expect(run(input, rule).text).toBe(output);
  });

  it("such as __proto__ are only names", () => {
    const result = run(
      "{}",
      set("$.__proto__.polluted", 1),
      copy("$.__proto__", "$.constructor"),
      drop("$.toString"),
    );
    expect(result.text).toBe('{"__proto__":{"polluted":1},"constructor":{"polluted":1}}');
    expect(result.skipped).toMatchObject([{ rule: 2, reason: "missing" }]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe("duplicates", () => {
  const twice = '{"a":1,"b":{"x":1},"\\u0061":2,"b":{"x":2}}';

  it.each<[string, TransformRule, string]>([
    ["stay where nobody goes", set("$.c", 1), '{"a":1,"b":{"x":1},"\\u0061":2,"b":{"x":2},"c":1}'],
    ["are read as the last one", copy("$.a", "$.c"), '{"a":1,"b":{"x":1},"\\u0061":2,"b":{"x":2},"c":2}'],
    ["are gone once one is written", set("$.a", 3), '{"b":{"x":1},"\\u0061":3,"b":{"x":2}}'],
    ["are gone once one is renamed", rename("$.a", "$.c"), '{"b":{"x":1},"c":2,"b":{"x":2}}'],
    ["are gone once one is moved", rename("$.a", "$.b.y"), '{"b":{"x":1},"b":{"x":2,"y":2}}'],
    ["are all deleted", drop("$.a"), '{"b":{"x":1},"b":{"x":2}}'],
    ["are all gone through to delete", drop("$.b.x"), '{"a":1,"b":{},"\\u0061":2,"b":{}}'],
  ])("%s", (_, rule, output) => {
    expect(run(twice, rule).text).toBe(output);
  });
});

describe("limits", () => {
  const half = `"${"x".repeat(200_000)}"`;

  it("refuses growth over the limit", () => {
    const big = `{"a":${half},"b":${half}}`;
    const error = errorOf(() => run(big, copy("$.a", "$.c")));
    expect(error.reason).toBe("too_large");
    expect(error.message).toBe(
      `The field mapping makes the event larger than ${MAX_TRANSFORMED_BYTES} bytes.`,
    );
  });

  it("counts exactly", () => {
    const transform = compile(set("$.b", 1));
    expect(decode(transform.apply(encode('{"a":0}'), { maxBytes: 13 }).bytes)).toBe('{"a":0,"b":1}');
    expect(errorOf(() => transform.apply(encode('{"a":0}'), { maxBytes: 12 })).reason).toBe("too_large");
  });

  it("moves, splits and shrinks what is nearly or already as large as the limit", () => {
    const event = encode(`{"a":{"v":${half}}}`);
    const tight = { maxBytes: event.length + 5 };
    expect(compile(rename("$.a.v", "$.b")).apply(event, tight).bytes.length).toBeLessThan(tight.maxBytes);
    expect(compile(split("$.a.v", "y", ["$.b", "$.c"], false)).apply(event, tight).applied).toHaveLength(1);
    expect(compile(drop("$.a.v")).apply(event, { maxBytes: 10 }).bytes.length).toBe(8);
  });

  it("P-23 stops a constant in 100,000 items before it takes memory", () => {
    const items = encode(`[${"0,".repeat(100_000)}0]`);
    const error = errorOf(() => compile(set("$[*]", "x".repeat(4000))).apply(items));
    expect(error.reason).toBe("too_large");
  });

  it("P-23 stops copies of copies", () => {
    const rules = Array.from({ length: 50 }, () => copy("$", "$.a"));
    expect(errorOf(() => run('{"x":1}', ...rules.map((_, at) => copy("$", `$.a${at}`)))).reason).toBe(
      "too_large",
    );
    // Each copy holds the one before: only the depth grows.
    expect(run('{"x":1}', ...rules).applied).toHaveLength(50);
  });

  it("refuses what nests deeper than receivers are promised", () => {
    const deep = (depth: number) => `{"a":${"[".repeat(depth - 1)}${"]".repeat(depth - 1)}}`;
    expect(run(deep(127), rename("$.a", "$.b.c")).text).toContain('{"b":{"c":[[');
    expect(errorOf(() => run(deep(128), rename("$.a", "$.b.c"))).reason).toBe("too_deep");
  });

  it("P-23 gives up on rules that go over too many fields too often, whatever the clock says", () => {
    const join20 = join(
      Array.from({ length: 20 }, (_, at) => `$[*].x${at}`),
      "",
      "$[*].y",
    );
    const rules = Array.from({ length: 50 }, () => join20);
    const items = `[${"0,".repeat(100_000)}0]`;
    expect(errorOf(() => run(items, ...rules)).reason).toBe("too_complex");
    expect(run(`[${"0,".repeat(100)}0]`, ...rules).skipped).toHaveLength(50);
  });

  const many = (item: string, count: number) => `[${Array(count).fill(item).join(",")}]`;
  const names = (from: string, count: number) => Array.from({ length: count }, (_, at) => `${from}${at}`);
  it.each<[what: string, rules: number, item: string, rule: TransformRule]>([
    ["texts taken apart", 12, '{"a":"b c"}', split("$[*].a", " ", ["$[*].x", "$[*].y"])],
    ["texts put together", 14, '{"a":"b","c":1}', join(["$[*].a", "$[*].c"], " ", "$[*].x")],
    ["values put in place", 50, '{"a":1}', set("$[*].a", 1)],
    ["places that are not there", 50, "1", set("$[*].a.b", 1)],
    [
      "names that begin alike",
      50,
      `{"${"k".repeat(400)}":1}`,
      join(names(`$[*].${"k".repeat(400)}`, 9), "", "$[*].x"),
    ],
  ])("P-23 counts %s", (_, count, item, rule) => {
    const items = Math.floor(200_000 / (item.length + 1));
    expect(errorOf(() => run(many(item, items), ...Array(count).fill(rule))).reason).toBe("too_complex");
    // A rule by itself goes over nearly as much as an event may have.
    expect(() => run(many(item, items), rule)).not.toThrow();
  });

  it("P-23 counts what is opened anew: its bytes, at each level", () => {
    const deep = `{"a":${"[".repeat(60)}${many("1", 20_000)}${"]".repeat(60)},"b":1}`;
    const again = Array.from({ length: 50 }, (_, at) =>
      at % 2 === 0 ? copy("$.a", "$.b") : set(`$.b${"[0]".repeat(30)}`, 1),
    );
    expect(errorOf(() => run(deep, ...again)).reason).toBe("too_complex");
    expect(() => run(deep, ...again.slice(0, 2))).not.toThrow();
  });

  it("lets ordinary mappings over long lists through", () => {
    const items = many('{"id":1,"name":"a b","price":"1.00","sku":"x"}', 500);
    const rules = Array.from({ length: 20 }, (_, at) =>
      at % 2 === 0 ? set("$[*].currency", "EUR") : split("$[*].name", " ", ["$[*].first", "$[*].last"]),
    );
    expect(run(items, ...rules).applied).toHaveLength(20);
  });

  it.each([
    "",
    " ",
    "{",
    '{"a":1',
    '{"a":1} x',
    '{"a" 1}',
    '{"a":tru}',
    '{"a":1,}',
    '[{"a":1}',
    '{"b":{"a":1}]',
  ])("never makes JSON of %j", (input) => {
    const transform = compile(set("$.a", 1));
    try {
      const { bytes, applied } = transform.apply(encode(input));
      expect([decode(bytes), applied]).toEqual([input, []]);
    } catch (error) {
      expect(error).toMatchObject({ name: "TransformError", reason: "invalid_json" });
    }
  });
});

describe("large events", () => {
  it("256 KiB in many items, in many members and in one text come through", () => {
    const items = JSON.stringify({
      items: Array.from({ length: 8_000 }, (_, at) => ({ sku: `s${at}`, n: at })),
    });
    const renamed = run(items, rename("$.items[*].sku", "$.items[*].id"), drop("$.items[*].n"));
    expect(renamed.text).toBe(items.replaceAll('"sku"', '"id"').replaceAll(/,"n":\d+/g, ""));
    expect(renamed.applied).toEqual([
      { rule: 0, places: 8_000, replaced: 0 },
      { rule: 1, places: 8_000, replaced: 0 },
    ]);
    const wide = JSON.stringify(
      Object.fromEntries(Array.from({ length: 15_000 }, (_, at) => [`f${at}`, at])),
    );
    expect(run(wide, rename("$.f7500", "$.x")).text).toBe(wide.replace('"f7500"', '"x"'));
    const long = `{"a":"${"é".repeat(131_000)}","b":1e400}`;
    expect(run(long, rename("$.b", "$.c")).text).toBe(long.replace('"b"', '"c"'));
  });
});
