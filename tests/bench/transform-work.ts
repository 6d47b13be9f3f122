// Measures the dearest field mappings that we know: processor time for one event, and whether the bound stopped it.
// `npx tsx tests/bench/transform-work.ts`; no database, nothing else should be running.
import { compileTransform } from "@/lib/domain/transform/compile";
import { TransformError } from "@/lib/domain/transform/errors";
import { type TransformRule, transformRuleSchema } from "@/lib/domain/transform/rules";

/** The largest event, in bytes. */
const EVENT_BYTES = 256 * 1024;
const TIMES = 3;

type Case = { name: string; data: string; rules: TransformRule[] };

const repeat = (text: string, bytes = EVENT_BYTES) =>
  Array(Math.floor(bytes / (text.length + 1)))
    .fill(text)
    .join(",");
const list = (item: string) => `[${repeat(item)}]`;
const times = (count: number, rule: (at: number) => unknown) =>
  Array.from({ length: count }, (_, at) => transformRuleSchema.parse(rule(at)));
const names = (prefix: string, count: number) => Array.from({ length: count }, (_, at) => `${prefix}${at}`);
const nested = (depth: number, inner: string) => `${"[".repeat(depth)}${inner}${"]".repeat(depth)}`;
const long = "k".repeat(480);

const CASES: Case[] = [
  {
    name: "12 x split of 26,000 items",
    data: list('{"a":"b c"}'),
    rules: times(12, (at) => ({
      op: "split",
      from: "$[*].a",
      separator: " ",
      to: [`$[*].x${at}`, `$[*].y${at}`],
    })),
  },
  {
    name: "12 x split over the parts before",
    data: list('{"a":"b c"}'),
    rules: times(12, () => ({ op: "split", from: "$[*].a", separator: " ", to: ["$[*].x", "$[*].y"] })),
  },
  {
    name: "14 x join",
    data: list('{"a":"b","c":1}'),
    rules: times(14, () => ({ op: "join", from: ["$[*].a", "$[*].c"], separator: " ", to: "$[*].x" })),
  },
  {
    name: "50 x join of 20 numbers",
    data: list("[1,2,3,4,5,6,7,8,9,0]"),
    rules: times(50, () => ({
      op: "join",
      from: names("", 20).map((n) => `$[*][${Number(n) % 10}]`),
      separator: "",
      to: "$[*][0]",
    })),
  },
  {
    name: "50 x set",
    data: list('{"a":1}'),
    rules: times(50, () => ({ op: "set", path: "$[*].a", value: 1 })),
  },
  {
    name: "50 x set of scalars",
    data: list("1"),
    rules: times(50, () => ({ op: "set", path: "$[*]", value: 1 })),
  },
  {
    name: "50 x set, nothing there",
    data: list("1"),
    rules: times(50, () => ({ op: "set", path: "$[*].a.b", value: 1 })),
  },
  {
    name: "50 x set of new parents",
    data: list("{}"),
    rules: times(50, (at) => ({ op: "set", path: `$[*].a${at % 3}.b.c.d.e.f`, value: 1 })),
  },
  {
    name: "50 x default",
    data: list('{"a":1}'),
    rules: times(50, () => ({ op: "default", path: "$[*].a", value: 1 })),
  },
  {
    name: "50 x rename there and back",
    data: list('{"a":1}'),
    rules: times(50, (at) => ({
      op: "rename",
      from: at % 2 ? "$[*].b" : "$[*].a",
      to: at % 2 ? "$[*].a" : "$[*].b",
    })),
  },
  {
    name: "50 x move to another parent",
    data: list('{"a":{"v":1},"b":{}}'),
    rules: times(50, (at) => ({
      op: "rename",
      from: at % 2 ? "$[*].b.v" : "$[*].a.v",
      to: at % 2 ? "$[*].a.v" : "$[*].b.v",
    })),
  },
  {
    name: "50 x delete, nothing there",
    data: list("{}"),
    rules: times(50, () => ({ op: "delete", path: "$[*].a" })),
  },
  {
    name: "50 x delete of first items",
    data: list("1"),
    rules: times(50, () => ({ op: "delete", path: "$[0]" })),
  },
  {
    name: "50 x copy of everything opened",
    data: list('{"a":1}').replace("[", '{"l":[').concat("}"),
    rules: times(50, (at) =>
      at === 0 ? { op: "set", path: "$.l[*].a", value: 1 } : { op: "copy", from: "$.l", to: "$.m" },
    ),
  },
  {
    name: "50 x set over everything opened",
    data: `{"l":${list('{"a":1}')}}`,
    rules: times(50, (at) =>
      at % 2 === 0 ? { op: "copy", from: "$.l[0]", to: "$.m" } : { op: "set", path: "$.l[*].a", value: 2 },
    ),
  },
  {
    name: "50 x long names almost alike",
    data: `{${repeat(`"${long}x":1`)}}`,
    rules: times(50, () => ({
      op: "join",
      from: names("", 20).map(() => `$.${long}y`),
      separator: "",
      to: "$.z",
    })),
  },
  {
    name: "50 x escaped names",
    data: `{${repeat('"\\u0061\\u0061":1')}}`,
    rules: times(50, () => ({ op: "join", from: names("", 20).map(() => "$.b"), separator: "", to: "$.z" })),
  },
  {
    name: "short names in one object",
    data: `{${repeat('"a":1')}}`,
    rules: times(50, () => ({ op: "join", from: names("", 20).map(() => "$.b"), separator: "", to: "$.z" })),
  },
  {
    name: "50 x opening 30 levels anew",
    data: `{"a":${nested(60, repeat("1", 120_000))},"b":1}`,
    rules: times(50, (at) =>
      at % 2 === 0
        ? { op: "copy", from: "$.a", to: "$.b" }
        : { op: "set", path: `$.b${"[0]".repeat(30)}`, value: 1 },
    ),
  },
  {
    name: "50 x opening a span anew",
    data: `{"t":${list("1")},"b":1}`,
    rules: times(50, (at) =>
      at % 2 === 0 ? { op: "copy", from: "$.t", to: "$.b" } : { op: "set", path: "$.b[0]", value: 1 },
    ),
  },
  {
    name: "50 x join of one long text",
    data: `{"t":"${"é".repeat(100_000)}"}`,
    rules: times(50, () => ({ op: "join", from: ["$.t", "$.u"], separator: "", to: "$.v" })),
  },
  {
    name: "50 x split of one long text",
    data: `{"t":"${"\\u00e9 ".repeat(30_000)}"}`,
    rules: times(50, () => ({ op: "split", from: "$.t", separator: "é", to: names("$.p", 20) })),
  },
  {
    name: "50 x join of one long escaped text",
    data: `{"t":"${"\\u0000".repeat(40_000)}"}`,
    rules: times(50, () => ({ op: "join", from: ["$.t", "$.u"], separator: "", to: "$.v" })),
  },
  {
    name: "50 x join, 20 targets missing",
    data: list("{}"),
    rules: times(50, () => ({ op: "join", from: names("$[*].x", 20), separator: "", to: "$[*].y" })),
  },
  {
    name: "50 x split, 20 targets out of range",
    data: list('["a b"]'),
    rules: times(50, () => ({ op: "split", from: "$[*][0]", separator: " ", to: ["$[*][5]", "$[*][6]"] })),
  },
  {
    name: "50 x nested lists",
    data: `[${repeat("[[1],[1]]")}]`,
    rules: times(50, () => ({ op: "set", path: "$[*][*][*]", value: 1 })),
  },
  {
    name: "ordinary: 20 rules, 20 items",
    data: `{"items":[${Array(20).fill('{"id":1,"name":"a b","price":"1.00","sku":"x"}').join(",")}],"a":1}`,
    rules: times(20, (at) =>
      at % 2
        ? {
            op: "split",
            from: "$.items[*].name",
            separator: " ",
            to: ["$.items[*].first", "$.items[*].last"],
          }
        : { op: "set", path: "$.items[*].currency", value: "EUR" },
    ),
  },
  {
    name: "heavy: 20 rules, 500 items",
    data: `{"items":[${Array(500).fill('{"id":1,"name":"a b","price":"1.00","sku":"x"}').join(",")}],"a":1}`,
    rules: times(20, (at) =>
      at % 2
        ? {
            op: "split",
            from: "$.items[*].name",
            separator: " ",
            to: ["$.items[*].first", "$.items[*].last"],
          }
        : { op: "set", path: "$.items[*].currency", value: "EUR" },
    ),
  },
];

function measure({ name, data, rules }: Case): [string, number, string] {
  const compiled = compileTransform(rules);
  if (!compiled.ok) throw new Error(`${name}: ${JSON.stringify(compiled.problems[0])}`);
  const bytes = Buffer.from(data);
  let outcome = "";
  const samples = Array.from({ length: TIMES }, () => {
    const started = process.cpuUsage();
    try {
      compiled.transform.apply(bytes);
      outcome = "applied";
    } catch (error) {
      if (!(error instanceof TransformError)) throw error;
      outcome = error.reason;
    }
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1_000;
  });
  return [name, samples.sort((a, b) => a - b)[TIMES >> 1] ?? 0, outcome];
}

for (const one of CASES) {
  const [name, ms, outcome] = measure(one);
  console.log(`${name.padEnd(40)} ${ms.toFixed(1).padStart(8)} ms  ${outcome}`);
}
