import { describe, expect, it } from "vitest";
import { eventWith, filterOf, outcome, verdict } from "./fixtures";

const wallet = {
  address: "0xAAbb",
  previous_score: 690,
  new_score: 700,
  ratio: 1.5,
  grade: "A",
  nothing: null,
  flag: true,
  tags: ["vip", "eu"],
  items: [{ price: 5, sku: "a" }, { price: 50, sku: "b" }, { sku: "c" }],
  nested: { list: [[1, 2], [3]] },
  at: "2026-03-15T14:20:00Z",
  "user-id": "u1",
};

describe("what an expression says of an event", () => {
  it.each([
    // Numbers of JSON go with both kinds of literals.
    ["event.data.new_score >= 700", "matched"],
    ["event.data.new_score >= 700.5", "false"],
    ["event.data.new_score == 700", "matched"],
    ["event.data.new_score == 700.0", "matched"],
    ["event.data.ratio == 1.5", "matched"],
    ["event.data.ratio == 1", "false"],
    ["event.data.ratio > 1", "matched"],
    ["1 < event.data.ratio", "matched"],
    ["700 == event.data.new_score", "matched"],
    ["event.data.new_score != 700", "false"],
    ["event.data.new_score - event.data.previous_score >= 10", "matched"],
    ["event.data.new_score + 1 == 701", "matched"],
    ["event.data.new_score * 1.5 == 1050", "matched"],
    ["event.data.new_score / 8 == 87.5", "matched"],
    ["event.data.new_score % 7 == 0", "matched"],
    ["7 / 2 == 3", "matched"],
    ["7 / 2.0 == 3.5 && 1 == 1.0 && size(event.data.tags) == 2.0 && 1.5 + 1 == 2.5", "matched"],
    ["event.data.new_score * 2 - event.data.previous_score / 4 == 1227.5", "matched"],
    ["-event.data.new_score < 0", "matched"],
    ["event.data.new_score in [1, 700]", "matched"],
    ["event.data.ratio in [1, 1.5]", "matched"],
    ["size(event.data.items) > event.data.ratio", "matched"],
    ["int(event.data.ratio) == 1 && double('2.5') == 2.5 && int('-7') == -7", "matched"],
    ["string(event.data.new_score) == '700' && string(event.data.flag) == 'true'", "matched"],
    // Text.
    ["event.data.grade in ['A', 'B']", "matched"],
    ["event.data.address.lowerAscii() == '0xaabb'", "matched"],
    ["'Äb'.lowerAscii() == 'Äb' && 'äB'.upperAscii() == 'äB'", "matched"],
    ["event.data.address.startsWith('0x') && event.data.address.endsWith('bb')", "matched"],
    ["event.data.address.contains('AA') && ' a '.trim() == 'a'", "matched"],
    ["event.data.grade < 'B' && event.data.grade + 'x' == 'Ax'", "matched"],
    ["size('a😀') == 2 && 'é'.size() == 1", "matched"],
    ["event.data['user-id'] == 'u1'", "matched"],
    // Values of different types are not equal, which is no error.
    ["event.data.grade == 5", "false"],
    ["event.data.nothing == 5", "false"],
    ["event.data.nothing == null", "matched"],
    ["event.data.nothing != 5", "matched"],
    ["event.data.tags == ['vip', 'eu']", "matched"],
    ["event.data.nested.list == [[1, 2], [3.0]]", "matched"],
    ["event.data.nested == event.data.nested", "matched"],
    ["event.data.items[0] == event.data.items[1]", "false"],
    // Lists and objects.
    ["'vip' in event.data.tags && !('x' in event.data.tags)", "matched"],
    ["'grade' in event.data && !('gone' in event.data)", "matched"],
    ["event.data.items.exists(item, item.price > 10)", "matched"],
    ["event.data.items.all(item, item.sku < 'd')", "matched"],
    ["event.data.items.exists_one(item, has(item.price) && item.price > 10)", "matched"],
    ["event.data.items.filter(item, has(item.price)).size() == 2", "matched"],
    ["event.data.items.map(item, item.sku) == ['a', 'b', 'c']", "matched"],
    ["event.data.items.map(item, has(item.price), item.price * 2) == [10, 100]", "matched"],
    ["event.data.nested.list.exists(row, row.exists(cell, cell == 3))", "matched"],
    ["event.data.nested.list.exists(x, x.exists(y, y == size(x)))", "matched"],
    ["event.data.exists(name, name == 'grade')", "matched"],
    ["[].all(x, false) && ![].exists(x, true)", "matched"],
    // The envelope.
    ["event.type == 'score.updated' && event.id.startsWith('evt_')", "matched"],
    ["event.environment == 'live' && event.subject == '0xAbc'", "matched"],
    ["event.attributes.region == 'eu' && event.attributes['region'] == 'eu'", "matched"],
    ["has(event.subject) && !has(event.tenant) && !has(event.attributes.other)", "matched"],
    ["has(event.data.grade.x) || has(event.data.nothing.x) || has(event.data.tags.x)", "false"],
    ["has(event.data.nothing) && has(event.data.items)", "matched"],
    ["event.time > timestamp('2026-03-15T14:00:00Z')", "matched"],
    ["event.time == timestamp('2026-03-15T15:30:00.250+01:00')", "matched"],
    ["event.time - timestamp(event.data.at) == duration('10m250ms')", "matched"],
    ["event.time - duration('1h') < event.time && duration('90s') == duration('1m30s')", "matched"],
    [
      "event.time.getFullYear() == 2026 && event.time.getMonth() == 2 && event.time.getDate() == 15",
      "matched",
    ],
    [
      "event.time.getHours() == 14 && event.time.getMinutes() == 30 && event.time.getDayOfWeek() == 0",
      "matched",
    ],
    ["event.data.flag ? event.data.new_score > 1 : false", "matched"],
    ["event.data.address.matches('^0x[A-Fa-f]+$') && !event.data.grade.matches('[0-9]')", "matched"],
  ])("%s → %s", (text, expected) => {
    expect(outcome(text, eventWith(wallet))).toBe(expected);
  });
});

describe("what has no answer does not match, and says why", () => {
  it.each([
    ["event.data.gone == 1", "missing_member", "event.data.gone is missing."],
    ["event.data.gone != 1", "missing_member", "event.data.gone is missing."],
    ["!(event.data.gone == 1)", "missing_member", "event.data.gone is missing."],
    ["event.data.customer.email == 'a'", "missing_member", "event.data.customer is missing."],
    ["event.data.nothing.x == 1", "missing_member", "event.data.nothing is null and has no members."],
    ["event.data.items[7].price > 1", "missing_member", "event.data.items has no such member."],
    ["event.data.items[-1].price > 1", "missing_member", "event.data.items has no such member."],
    ["event.tenant == 'acme'", "missing_member", "event.tenant is missing."],
    ["event.attributes.other == 'x'", "missing_member", "event.attributes.other is missing."],
    ["event.data.items.exists(item, item.price > 500)", "missing_member", "item.price is missing."],
    [
      "event.data.grade > 5",
      "type_mismatch",
      "event.data.grade > 5: text and a number cannot be compared with “>”.",
    ],
    [
      "event.data.nothing >= 5",
      "type_mismatch",
      "event.data.nothing >= 5: null and a number cannot be compared with “>=”.",
    ],
    ["event.data.grade.x == 5", "type_mismatch", "event.data.grade is text and has no members."],
    [
      "event.data.tags.contains('vip')",
      "type_mismatch",
      "event.data.tags.contains('vip'): “contains” needs text, not a list; write “value in list” for a list.",
    ],
    ["!event.data.grade", "type_mismatch", "“&&”, “||”, “!” and “?” need true or false, not text."],
    [
      "event.data.grade.exists(x, true)",
      "type_mismatch",
      "event.data.grade.exists(x, true): this needs a list, not text.",
    ],
    ["1 / 0 == 1", "type_mismatch", "1 / 0: A whole number is divided by zero."],
    [
      "9007199254740991 * 9007199254740991 > 1",
      "type_mismatch",
      "9007199254740991 * 9007199254740991: A whole number becomes larger than 64 bits.",
    ],
    [
      "double(event.data.grade) > 1.0",
      "type_mismatch",
      "double(event.data.grade): A text of the event is not a number.",
    ],
    [
      "double(event.data.at) == 0.0 / 0.0",
      "type_mismatch",
      "double(event.data.at): A text of the event is not a number.",
    ],
    [
      "0.0 / 0.0 >= 1.0",
      "type_mismatch",
      "0.0 / 0.0 >= 1.0: a number and a number cannot be compared with “>=”.",
    ],
    [
      "event.time + duration('9999999999999h') > event.time",
      "type_mismatch",
      "event.time + duration('9999999999999h'): A time is too far away.",
    ],
    [
      "crosses(event.data.nothing, event.data.new_score, 700)",
      "type_mismatch",
      "crosses(event.data.nothing, event.data.new_score, 700): “crosses” needs numbers, not null.",
    ],
    ["event.data.grade", "not_boolean", "The expression gives text, not true or false."],
    ["event.data", "not_boolean", "The expression gives an object, not true or false."],
    ["event.data.new_score > 800", "false", "The expression is false."],
  ])("%s → %s", (text, reason, detail) => {
    expect(verdict(text, eventWith(wallet))).toEqual({ matched: false, reason, detail });
  });

  it("a side that decides makes the missing one irrelevant, on either side", () => {
    const event = eventWith(wallet);
    expect(outcome("event.data.gone == 1 || event.data.grade == 'A'", event)).toBe("matched");
    expect(outcome("event.data.grade == 'A' || event.data.gone == 1", event)).toBe("matched");
    expect(outcome("event.data.gone == 1 && event.data.grade == 'B'", event)).toBe("false");
    expect(outcome("event.data.gone == 1 && event.data.grade == 'A'", event)).toBe("missing_member");
    expect(outcome("event.data.grade == 'A' && event.data.grade", event)).toBe("type_mismatch");
  });

  it("bytes that are not JSON are a missing payload", () => {
    expect(outcome("event.data.x == 1", eventWith("{nonsense"))).toBe("missing_member");
    expect(outcome("has(event.data)", eventWith("{nonsense"))).toBe("false");
    expect(outcome("event.type == 'score.updated'", eventWith("{nonsense"))).toBe("matched");
  });
});

describe("names that mean something to JavaScript", () => {
  it.each(["constructor", "__proto__", "prototype", "toString", "hasOwnProperty", "valueOf"])(
    "a payload without %s misses it",
    (name) => {
      expect(outcome(`event.data.${name} == 1`, eventWith({}))).toBe("missing_member");
      expect(outcome(`has(event.data.${name})`, eventWith({}))).toBe("false");
      expect(outcome(`"${name}" in event.data`, eventWith({}))).toBe("false");
    },
  );

  it.each(["constructor", "__proto__", "prototype", "toString", "hasOwnProperty", "valueOf"])(
    "a payload with %s is read like any other",
    (name) => {
      const event = eventWith(`{"${name}": {"deep": 1}, "other": {"${name}": 2}}`);
      expect(outcome(`event.data.${name}.deep == 1`, event)).toBe("matched");
      expect(outcome(`event.data.other.${name} == 2 && event.data.other == event.data.other`, event)).toBe(
        "matched",
      );
      expect(outcome(`event.data.exists(key, key == "${name}")`, event)).toBe("matched");
    },
  );
});

describe("big numbers", () => {
  const event = eventWith('{"big": 9007199254740993, "huge": 1e400, "tiny": 1e-400, "money": 0.1}');

  it("payload numbers are doubles: comparisons with any literal that is allowed are exact", () => {
    expect(outcome("event.data.big > 9007199254740991", event)).toBe("matched");
    expect(outcome("event.data.big == 9007199254740991", event)).toBe("false");
    expect(outcome("event.data.huge > 9007199254740991", event)).toBe("matched");
    expect(outcome("event.data.tiny == 0", event)).toBe("matched");
    expect(outcome("event.data.money == 0.1", event)).toBe("matched");
  });
});

describe("a compiled filter", () => {
  it("has no memory: interleaved events get their own verdicts", () => {
    const filter = filterOf("event.data.items.exists(item, item.price > 10)");
    const cheap = eventWith({ items: [{ price: 1 }] });
    const dear = eventWith({ items: [{ price: 1 }, { price: 11 }] });
    const verdicts = [cheap, dear, cheap, dear].map((event) => filter.matches(event).matched);
    expect(verdicts).toEqual([false, true, false, true]);
  });

  it("does not change the event", () => {
    const event = eventWith(wallet);
    const before = JSON.stringify(event.data);
    filterOf("event.data.items.map(item, item.sku).filter(sku, sku != 'a').size() == 2").matches(event);
    expect(JSON.stringify(event.data)).toBe(before);
  });

  it("a name of a loop hides an outer one, and only inside", () => {
    const event = eventWith({ a: [[1], [2]] });
    expect(outcome("event.data.a.exists(x, x.exists(x, x == 2) && x[0] == 2)", event)).toBe("matched");
  });
});
