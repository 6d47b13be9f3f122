// The dearest filters that we know, each with a payload that makes it dear: the bounds' test and the benchmark share them.

/** The largest payload, in bytes. */
export const PAYLOAD_BYTES = 256 * 1024;
export const join = (count: number, item: string, separator: string) =>
  Array(count).fill(item).join(separator);
const listOf = (item: string) => `[${join(Math.floor(PAYLOAD_BYTES / (item.length + 1)) - 1, item, ",")}]`;
const text = (length: number, char = "a") => JSON.stringify(char.repeat(length));

/** A fixed sequence that looks random, so that a failure can be repeated. */
function letters(length: number, alphabet: string): string {
  let state = 12345;
  return Array.from({ length }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return alphabet[(state >> 8) % alphabet.length];
  }).join("");
}

export const ones = listOf("1");
const members = `{${Array.from({ length: 24_000 }, (_, i) => `"${i.toString(36)}":${i % 10}`).join(",")}}`;

/** Name, expression, payload. */
export const COSTLY_FILTERS: [name: string, expression: string, payload: string][] = [
  ["a list of numbers", "event.data.exists(i, i > 5)", ones],
  ["a long body", `event.data.exists(i, ${join(30, "i + 1 > i * 100", "||")})`, ones],
  ["a loop in a loop", "event.data.exists(a, event.data.exists(b, a + b > 100))", ones],
  ["whole numbers", 'event.data.exists(a, int(a) * 3 + size("aaaa") > 100000)', ones],
  ["times", "event.data.exists(a, timestamp(a) > event.time)", listOf('"2026-01-01T00:00:00Z"')],
  ["durations", 'event.data.exists(a, duration(a) > duration("5h"))', listOf('"1h1m1s1ms1us"')],
  ["numbers from text", "event.data.exists(a, double(a) > 1e300)", listOf('"1.5e10"')],
  ["text from numbers", 'event.data.exists(a, string(a) == "x")', listOf("0.123456")],
  ["faults", "event.data.exists(a, a.b == 1 || a.c == 1 || a.d > 2)", ones],
  ["calls that fail", `event.data.exists(a, ${join(10, 'a.contains("x")', "||")})`, ones],
  ["members", "event.data.exists(k, event.data[k] > 100)", members],
  ["members again and again", "event.data.exists(k, size(event.data) > 100000)", members],
  [
    "equal objects",
    join(30, "event.data[0] == event.data[1]", "&&"),
    `[${members.slice(0, 120_000).replace(/,[^,]*$/, "}")},${members.slice(0, 120_000).replace(/,[^,]*$/, "}")}]`,
  ],
  [
    "deep objects",
    join(20, "event.data[0] == event.data[1]", "&&"),
    `[${join(2, `${"[".repeat(120)}${ones.slice(0, 120_000).replace(/,[^,]*$/, "]")}${"]".repeat(120)}`, ",")}]`,
  ],
  [
    "a periodic needle",
    "event.data[0].contains(event.data[1])",
    `[${join(10, `${"a".repeat(19_999)}c`, "").replace(/^|$/g, '"')},${text(20_000)}]`,
  ],
  [
    "a needle of a middle length",
    `event.data[0].contains("${"a".repeat(900)}b${"a".repeat(900)}")`,
    `[${text(250_000)}]`,
  ],
  ["short needles", join(30, 'event.data.contains("aaaab")', "||"), text(250_000)],
  ["texts in texts", "event.data.exists(s, event.data.exists(t, s.contains(t)))", listOf(text(1_000))],
  [
    "longer and longer texts",
    "event.data.map(s, s + s + s + s).map(s, s + s + s + s).exists(s, s == 'b')",
    listOf(text(1_000)),
  ],
  ["longer and longer lists", `size(${join(25, "event.data", "+")}) > 1`, ones],
  ["lists of lists", "event.data.map(a, [a, a, a, a, a, a]).exists(l, l == [1, 2])", ones],
  ["in", "event.data.exists(a, (a + 1) in event.data)", ones],
  ["small letters", join(30, "event.data.lowerAscii() == 'b'", "||"), text(60_000, "Aé")],
  ["many small letters", "event.data.exists(a, a.lowerAscii() == 'b')", listOf('"é"')],
  ["blanks", join(30, "event.data.trim() == 'b'", "||"), text(250_000, " ")],
  ["characters", join(30, "size(event.data) == 3", "||"), text(120_000, "é")],
  [
    "long names",
    "event.data.b.exists(k, (event.data.a + k) in event.data)",
    `{"a":${text(2_000)},"b":${ones
      .slice(0, 100_000)
      .replace(/1/g, '"b"')
      .slice(0, 200_000)
      .replace(/,[^,]*$/, "]")}}`,
  ],
  ["clocks", "event.data.exists(a, event.time.getHours() == 25)", ones],
  ["thresholds", "event.data.exists(a, crosses(a, a, [1, 2, 3, 4, 5, 6, 7, 8]))", ones],
  ["new lists", "event.data.filter(a, a == 1).filter(a, a == 1).map(a, a).size() == 1", ones],
  ["empty lists", "event.data.exists(a, a.exists(b, true))", listOf("[]")],
  ["one long text and a pattern", 'event.data.matches("(a+)+$")', text(250_000)],
  [
    "a pattern with many states",
    'event.data.matches("[ab]*a[ab]{12}[cd]")',
    JSON.stringify(letters(1_380, "ab")),
  ],
  [
    "a pattern and many texts",
    'event.data.exists(s, s.matches("[ab]*a[ab]{12}[cd]"))',
    JSON.stringify(Array.from({ length: 3_000 }, (_, i) => letters(10 + (i % 7), "ab"))),
  ],
  [
    "patterns that would explode elsewhere",
    join(3, 'event.data.matches("^(([a-z])+.)+[A-Z]([a-z])+$")', "||"),
    text(400),
  ],
];
