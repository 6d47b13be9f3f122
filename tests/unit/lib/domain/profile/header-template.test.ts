import { createHash } from "node:crypto";
import http from "node:http";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { headerSafe } from "@/lib/domain/profile/header-template";
import { anAttempt, anEvent, compileWith } from "./support";

function headersOf(
  templates: Record<string, string>,
  event = anEvent(),
  attempt = anAttempt(),
): Record<string, string> {
  const profile = compileWith({
    headers: Object.entries(templates).map(([name, value]) => ({ name, value })),
  });
  const body = profile.render(event);
  return Object.fromEntries(profile.headers({ event, attempt, body }));
}

const PRINTABLE = /^[ -~]*$/;

describe("headers of a profile", () => {
  it("are filled from the event, the attempt and the body", () => {
    const event = anEvent({
      subject: "order_1",
      attributes: { kind: "USE" },
      data: '{"a":{"b":12.50},"s":"\\u0041"}',
    });
    const attempt = anAttempt({ number: 4, timeMs: Date.parse("2026-03-15T15:00:00.987Z") });
    const profile = compileWith({});
    const sha256 = createHash("sha256").update(profile.render(event));
    const sent = headersOf(
      {
        "X-Id": "{{event.id}}",
        "X-Type": "type/{{event.type}}; v=1",
        "X-Subject": "{{event.subject}}",
        "X-Kind": "{{event.attributes.kind}}",
        "X-Number": "{{attempt.number}}",
        "X-Attempt": "{{attempt.id}}",
        "X-Delivery": "{{delivery.id}} {{endpoint.id}}",
        "X-Times":
          "{{attempt.time.iso}} {{attempt.time.iso_ms}} {{attempt.time.unix}} {{attempt.time.unix_ms}}",
        "X-Http": "{{attempt.time.http}}",
        "X-Member": "{{event.data.a.b}} {{event.data.s}}",
        "X-Hash": "{{body.sha256}}",
        "X-Size": "{{body.size}}",
        "X-Mode": "{{environment}}/{{environment.is_live}}",
      },
      event,
      attempt,
    );
    expect(sent).toEqual({
      "content-type": "application/json",
      "user-agent": "Signpost/1.0",
      "X-Id": event.id,
      "X-Type": "type/order.paid; v=1",
      "X-Subject": "order_1",
      "X-Kind": "USE",
      "X-Number": "4",
      "X-Attempt": attempt.id,
      "X-Delivery": `${attempt.deliveryId} ${attempt.endpointId}`,
      "X-Times": "2026-03-15T15:00:00Z 2026-03-15T15:00:00.987Z 1773586800 1773586800987",
      "X-Http": "Sun, 15 Mar 2026 15:00:00 GMT",
      "X-Member": "12.50 A",
      "X-Hash": sha256.digest("hex"),
      "X-Size": String(profile.render(event).length),
      "X-Mode": "live/true",
    });
  });

  it("the hash in base64, and a hash that the caller has already", () => {
    const profile = compileWith({ headers: [{ name: "X-Hash", value: "{{body.sha256_base64}}" }] });
    const event = anEvent();
    const body = profile.render(event);
    const expected = createHash("sha256").update(body).digest();
    const input = { event, attempt: anAttempt(), body };
    expect(profile.headers(input).at(-1)).toEqual(["X-Hash", expected.toString("base64")]);
    expect(profile.headers({ ...input, bodySha256: Buffer.alloc(32) }).at(-1)).toEqual([
      "X-Hash",
      Buffer.alloc(32).toString("base64"),
    ]);
  });

  it("a missing value leaves out the header when it is marked, takes its default, or leaves a gap", () => {
    const sent = headersOf(
      {
        "X-A": "{{event.subject?}}",
        "X-B": "sub={{event.subject?}}",
        "X-C": "sub={{event.subject}};",
        "X-D": '{{event.attributes.kind | default("NONE")}}',
        "X-E": "{{event.attributes.topic | default(event.type)}}",
        "X-F": "{{event.attributes.comp? | default(event.tenant)}}",
        "X-G": "{{event.subject}}",
        "X-H": "{{event.data.o}}{{event.data.l}}{{event.data.n}}{{event.data.missing}}",
      },
      anEvent({ data: '{"o":{},"l":[1],"n":null}' }),
    );
    expect(sent).toEqual({
      "content-type": "application/json",
      "user-agent": "Signpost/1.0",
      "X-C": "sub=;",
      "X-D": "NONE",
      "X-E": "order.paid",
    });
  });

  it("a value that is too long for receivers is left out, the request goes on", () => {
    const long = anEvent({ data: `{"a":"${"x".repeat(5_000)}","b":"ok"}` });
    expect(headersOf({ "X-Long": "{{event.data.a}}", "X-Ok": "{{event.data.b}}" }, long)).not.toHaveProperty(
      "X-Long",
    );
    expect(headersOf({ "X-Long": "{{event.data.a}}", "X-Ok": "{{event.data.b}}" }, long)).toHaveProperty(
      "X-Ok",
      "ok",
    );
    const fits = anEvent({ data: `{"a":"${"x".repeat(4_090)}"}` });
    expect(headersOf({ "X-Long": "{{event.data.a}}" }, fits)["X-Long"]).toHaveLength(4_090);
  });

  /** How much a request decodes (characters given to `JSON.parse`) and how many characters it encodes. */
  function workOf(placeholders: number, text: string) {
    const profile = compileWith({
      headers: [{ name: "X-Long", value: "{{event.data.s}}".repeat(placeholders) }],
    });
    const event = anEvent({ data: JSON.stringify({ s: text }) });
    const input = { event, attempt: anAttempt(), body: profile.render(event) };
    const parse = vi.spyOn(JSON, "parse");
    const encode = vi.spyOn(globalThis, "encodeURIComponent");
    try {
      const sent = profile.headers(input).some(([name]) => name === "X-Long");
      const decoded = parse.mock.calls.reduce((sum, [given]) => sum + given.length, 0);
      return { sent, decoded, encoded: encode.mock.calls.length };
    } finally {
      parse.mockRestore();
      encode.mockRestore();
    }
  }

  it("a value that cannot fit costs nothing, however often it is named", () => {
    expect(workOf(8, "é".repeat(120_000))).toEqual({ sent: false, decoded: 0, encoded: 0 });
    expect(workOf(8, "é".repeat(5_000))).toEqual({ sent: false, decoded: 5_002, encoded: 0 });
  });

  it("values that do not fit together are encoded only as far as they do", () => {
    expect(workOf(1, "é".repeat(600))).toEqual({ sent: true, decoded: 602, encoded: 600 });
    const { sent, encoded } = workOf(8, "é".repeat(600));
    expect({ sent, encoded }).toEqual({ sent: false, encoded: 600 });
  });

  it("an object that is too long to be a header is still missing, and the default is taken", () => {
    const event = anEvent({ data: JSON.stringify({ o: { a: "x".repeat(40_000) }, s: "x".repeat(40_000) }) });
    const sent = headersOf(
      { "X-O": '{{event.data.o | default("none")}}', "X-S": '{{event.data.s | default("none")}}' },
      event,
    );
    expect(sent["X-O"]).toBe("none");
    expect(sent).not.toHaveProperty("X-S");
  });

  it.each([
    ["a\r\nX-Injected: 1", "a%0D%0AX-Injected: 1"],
    ["a\u0000b\u007f", "a%00b%7F"],
    ["50 %", "50 %25"],
    ["Zoë 🦊 日本", "Zo%C3%AB %F0%9F%A6%8A %E6%97%A5%E6%9C%AC"],
    [" both ends  ", "%20both ends%20%20"],
    ["   ", "%20%20%20"],
    ["\tx", "%09x"],
    ['a;b,c="d"', 'a;b,c="d"'],
  ])("H-01 %j goes as %j", (value, expected) => {
    expect(headersOf({ "X-S": "{{event.subject}}" }, anEvent({ subject: value }))["X-S"]).toBe(expected);
  });

  it("H-01 whatever an event carries, only printable ASCII leaves, and decoding gives the value back", () => {
    const anything = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), fc.string());
    fc.assert(
      fc.property(anything, (value) => {
        const safe = headerSafe(value);
        expect(safe).toMatch(PRINTABLE);
        expect(safe).toBe(safe.trim());
        expect(decodeURIComponent(safe)).toBe(value.toWellFormed());
      }),
      { numRuns: 5_000 },
    );
  });

  it("H-09 every rendered header is one that HTTP takes, in any place of the template", () => {
    const anything = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }));
    fc.assert(
      fc.property(anything, anything, fc.string({ unit: "grapheme" }), (subject, attribute, member) => {
        const event = anEvent({
          subject,
          tenant: attribute,
          attributes: { a: attribute },
          data: JSON.stringify({ m: member }),
        });
        const sent = headersOf(
          {
            "X-A": "{{event.subject}}",
            "X-B": "a={{event.attributes.a}};b={{event.tenant}}",
            "X-C": "{{event.data.m}}",
          },
          event,
        );
        for (const [name, value] of Object.entries(sent)) {
          expect(value).toMatch(PRINTABLE);
          expect(() => http.validateHeaderValue(name, value)).not.toThrow();
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
