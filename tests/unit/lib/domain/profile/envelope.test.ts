import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { BodyTooLargeError, MAX_BODY_BYTES } from "@/lib/domain/profile/body-limit";
import { renderBody } from "@/tests/support/standard-body";
import { AWKWARD_DATA, anEvent, compileBuiltIn, compileWith } from "./support";

const render = (envelope: string, event = anEvent()) => compileWith({ envelope }).render(event).toString();

/** JSON text of every kind, also with white space that nobody would write again. */
const jsonText = fc
  .tuple(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(undefined, 1, "\t"))
  .map(([value, indent]) => JSON.stringify(value, null, indent));

const eventTypes = fc.stringMatching(/^[a-zA-Z0-9_-]{1,20}(\.[a-zA-Z0-9_-]{1,20}){0,2}$/);
const words = fc.string({ unit: "grapheme", maxLength: 40 });

describe("the default envelope", () => {
  const profile = compileBuiltIn("standard-webhooks");

  it.each(AWKWARD_DATA)("P-04 gives byte for byte what has always been sent: %s", (_name, data) => {
    const event = anEvent({ data });
    expect(profile.render(event).equals(renderBody(event))).toBe(true);
  });

  it("does so for every type, time and data", () => {
    const times = fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 });
    fc.assert(
      fc.property(eventTypes, times, jsonText, (type, occurredAtMs, data) => {
        const event = anEvent({ type, occurredAtMs, data });
        expect(profile.render(event).equals(renderBody(event))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("is the same on every attempt", () => {
    const event = anEvent();
    expect(profile.render(event).equals(profile.render({ ...event }))).toBe(true);
  });
});

describe("an envelope", () => {
  it("keeps its order and its literals, and is compact", () => {
    expect(
      render('{ "z": 1.10, "10": "\\u00e9", "a" : [ true , null, "{{event.type}}" ],\n "o": { }, "l": [] }'),
    ).toBe('{"z":1.10,"10":"\\u00e9","a":[true,null,"order.paid"],"o":{},"l":[]}');
  });

  it.each([
    ["event.id", '"evt_01k0w3g8zqe9v8m2c5t7r4n6pb"'],
    ["event.type", '"order.paid"'],
    ["event.subject", "null"],
    ["event.tenant", "null"],
    ["event.attributes.region", "null"],
    ["event.time.iso", '"2026-03-15T14:30:00Z"'],
    ["event.time.iso_ms", '"2026-03-15T14:30:00.123Z"'],
    ["event.time.unix", "1773585000"],
    ["event.time.unix_ms", "1773585000123"],
    ["environment", '"live"'],
    ["environment.is_live", "true"],
    ["event.data", '{"a":1}'],
    ["event.data.a", "1"],
    ["event.data.b", "null"],
    ["event.data.a.b", "null"],
  ])("fills {{%s}} with %s", (path, json) => {
    expect(render(`{"v":"{{${path}}}"}`)).toBe(`{"v":${json}}`);
    expect(render(`{"v":"{{ ${path} }}"}`)).toBe(`{"v":${json}}`);
  });

  it("can be the data alone", () => {
    expect(render('"{{event.data}}"', anEvent({ data: '{ "b":1.0,"b":2 }' }))).toBe('{ "b":1.0,"b":2 }');
  });

  it("times before 1970 and off the second are rounded down", () => {
    const event = anEvent({ occurredAtMs: -1 });
    expect(render('["{{event.time.iso}}","{{event.time.unix}}","{{event.time.unix_ms}}"]', event)).toBe(
      '["1969-12-31T23:59:59Z",-1,-1]',
    );
  });

  it("leaves out members and items that are missing when the value is marked with ?", () => {
    const envelope =
      '{"s":"{{event.subject?}}","t":"{{event.tenant?}}","x":{"a":"{{event.attributes.a?}}"},"l":["{{event.subject?}}",1,"{{event.data.b?}}"],"n":"{{event.data.n?}}"}';
    expect(render(envelope, anEvent({ data: '{"n":null}' }))).toBe('{"x":{},"l":[1],"n":null}');
    const full = anEvent({ subject: "s", tenant: "t", attributes: { a: "1" }, data: '{"b":[2],"n":0}' });
    expect(render(envelope, full)).toBe('{"s":"s","t":"t","x":{"a":"1"},"l":["s",1,[2]],"n":0}');
  });

  it("takes a default, in either kind of quotes, or another value", () => {
    const envelope = `["{{event.subject | default(\\"none\\")}}","{{event.subject|default('it\\"s')}}","{{event.subject | default(event.data.a)}}","{{event.subject? | default(event.tenant)}}"]`;
    expect(render(envelope)).toBe('["none","it\\"s",1]');
    expect(render(envelope, anEvent({ subject: "S" }))).toBe('["S","S","S","S"]');
    expect(render(envelope, anEvent({ tenant: "T" }))).toBe('["none","it\\"s",1,"T"]');
  });

  it("puts values into text, escaped", () => {
    const event = anEvent({
      subject: 'a "b"\n\u0001\u2028🦊',
      data: '{"s":"x\\u0022\\ny","n":1.50,"o":{},"z":null}',
    });
    const body = render(
      '{"v":"<{{event.subject}}|{{event.data.s}}|{{event.data.n}}|{{event.data.o}}|{{event.data.z}}|{{event.tenant}}>"}',
      event,
    );
    expect(JSON.parse(body)).toEqual({ v: '<a "b"\n\u0001\u2028🦊|x"\ny|1.50|||>' });
    expect(render('{"v":"a {{event.tenant?}}","w":1}')).toBe('{"w":1}');
  });

  it.each(AWKWARD_DATA)("carries members of the data as they came: %s", (_name, json) => {
    const event = anEvent({ data: `{"x":0, "deep" : { "list":[1 , ${json}] } ,"x":${json}}` });
    expect(render('["{{event.data.deep.list.1}}","{{event.data.x}}"]', event)).toBe(`[${json},${json}]`);
  });

  it("takes the last of a member that occurs twice, as JSON.parse does", () => {
    const event = anEvent({ data: '{"a":{"b":1,"c":2},"\\u0061":{"c":3},"d":{"e":1},"d":4}' });
    expect(
      render('["{{event.data.a.b}}","{{event.data.a.c}}","{{event.data.d.e}}","{{event.data.d}}"]', event),
    ).toBe("[null,3,null,4]");
  });

  it("finds no attribute that the event does not have itself", () => {
    const envelope =
      '["{{event.attributes.constructor}}","{{event.attributes.__proto__}}","{{event.attributes.a.b-c}}"]';
    expect(render(envelope, anEvent({ attributes: { "a.b-c": "yes" } }))).toBe('[null,null,"yes"]');
  });

  it("is valid JSON with the data verbatim in it, whatever the event", () => {
    const profile = compileWith({
      envelope:
        '{"id":"{{event.id}}","text":"s={{event.subject}} t={{event.tenant}} a={{event.attributes.a}}","attr":"{{event.attributes.a?}}","data":"{{event.data}}","subject":"{{event.subject}}"}',
    });
    fc.assert(
      fc.property(
        jsonText,
        fc.option(words),
        fc.option(words),
        fc.option(words),
        (data, subject, tenant, a) => {
          const attributes = a === null ? null : { a };
          const body = profile.render(anEvent({ data, subject, tenant, attributes }));
          expect(body.includes(Buffer.from(`"data":${data},"subject"`))).toBe(true);
          expect(JSON.parse(body.toString())).toEqual({
            id: "evt_01k0w3g8zqe9v8m2c5t7r4n6pb",
            text: `s=${subject ?? ""} t=${tenant ?? ""} a=${a ?? ""}`,
            ...(a === null ? {} : { attr: a }),
            data: JSON.parse(data),
            subject,
          });
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it("cuts the member that JSON.parse would give, out of any data", () => {
    const name = fc.constantFrom("a", "b", "0", "é");
    const tree: fc.Arbitrary<unknown> = fc.letrec<{ node: unknown }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(1, "x", null, true),
        fc.dictionary(name, tie("node")),
        fc.array(tie("node"), { maxLength: 3 }),
      ),
    })).node;
    const profile = compileWith({
      envelope: '["{{event.data.a.0}}","{{event.data.b}}","{{event.data.b.a}}","{{event.data.é}}"]',
    });
    const at = (value: unknown, ...path: string[]) =>
      path.reduce<unknown>(
        (inner, key) =>
          typeof inner === "object" && inner !== null && Object.hasOwn(inner, key)
            ? (inner as Record<string, unknown>)[key]
            : null,
        value,
      );
    fc.assert(
      fc.property(fc.dictionary(name, tree), (data) => {
        const body = profile.render(anEvent({ data: JSON.stringify(data, null, 1) })).toString();
        expect(JSON.parse(body)).toEqual([
          at(data, "a", "0"),
          at(data, "b"),
          at(data, "b", "a"),
          at(data, "é"),
        ]);
      }),
      { numRuns: 1_000 },
    );
  });

  it("gives a body of 512 KiB, and refuses the byte that is too many", () => {
    const profile = compileWith({ envelope: '["{{event.data}}","{{event.data}}"]' });
    const half = (MAX_BODY_BYTES - 3 - 4) / 2;
    const render = (length: number) => profile.render(anEvent({ data: `"${"x".repeat(length)}"` }));
    // Two texts with their quotes, a comma and two brackets.
    expect(render(Math.floor(half))).toHaveLength(Math.floor(half) * 2 + 7);
    expect(() => render(Math.ceil(half + 0.5))).toThrow(BodyTooLargeError);
  });

  it("counts bytes, not characters", () => {
    const profile = compileWith({ envelope: '"s={{event.data.s}}"' });
    const render = (text: string) => profile.render(anEvent({ data: JSON.stringify({ s: text }) }));
    expect(render("x".repeat(300_000))).toHaveLength(300_004);
    expect(() => render("é".repeat(300_000))).toThrow(BodyTooLargeError);
  });

  it("stops where the body gets too large, and puts none of it together", () => {
    const envelope = `[${Array(32).fill('"{{event.data}}"').join(",")}]`;
    const profile = compileWith({ envelope });
    const concat = vi.spyOn(Buffer, "concat");
    expect(() => profile.render(anEvent({ data: `"${"x".repeat(250_000)}"` }))).toThrow(BodyTooLargeError);
    expect(concat).not.toHaveBeenCalled();
    concat.mockRestore();
  });

  it("decodes no text to find out that it is there", () => {
    const members = Array.from({ length: 10 }, (_, i) => `"m${i}":"{{event.data.s?}} {{event.data.none?}}"`);
    const profile = compileWith({ envelope: `{${members.join(",")}}` });
    const event = anEvent({ data: JSON.stringify({ s: "x".repeat(50_000) }) });
    const parse = vi.spyOn(JSON, "parse");
    const body = profile.render(event).toString();
    const decoded = parse.mock.calls.length;
    parse.mockRestore();
    expect([body, decoded]).toEqual(["{}", 0]);
  });

  it("reads large data in one pass, however many members are wanted", () => {
    const members = Array.from({ length: 30 }, (_, i) => `"{{event.data.m${i}}}"`).join(",");
    const profile = compileWith({ envelope: `[${members}]` });
    const data = `{${Array.from({ length: 30 }, (_, i) => `"x${i}":"${"y".repeat(8_000)}","m${i}":${i}`).join(",")}}`;
    expect(JSON.parse(profile.render(anEvent({ data })).toString())).toEqual(
      Array.from({ length: 30 }, (_, i) => i),
    );
  });
});
