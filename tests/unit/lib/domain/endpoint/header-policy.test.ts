import { describe, expect, it } from "vitest";
import { checkCustomHeaders } from "@/lib/domain/endpoint/header-policy";

function errorsOf(record: Record<string, string>, profileNames: string[] = []): [string, string][] {
  const verdict = checkCustomHeaders(record, profileNames);
  return verdict.outcome === "refused" ? verdict.errors.map(({ path, message }) => [path, message]) : [];
}

describe("custom headers", () => {
  it.each(["a\r\nX-Injected: 1", "a\nb", "a\rb", "a\u0000b", "a\u007fb", "a\r\n b"])(
    "H-01 H-07 refuses the value %j",
    (value) => {
      expect(errorsOf({ "X-Key": value })).toEqual([
        ["headers.X-Key", "The value contains a line break or control character."],
      ]);
    },
  );

  it.each(["X-A\r\nX-B", "X\u0000", "X A", "X:A", "", "Ünï", "X(A)"])("H-01 refuses the name %j", (name) => {
    expect(errorsOf({ [name]: "v" })).toHaveLength(1);
  });

  it.each(["👍", "日本", "\u0100", "\ud800"])("H-02 refuses the value %j, which is not Latin-1", (value) => {
    expect(errorsOf({ "X-Key": value })).toEqual([
      ["headers.X-Key", "The value may contain Latin-1 characters only."],
    ]);
  });

  it("H-02 keeps Latin-1", () => {
    expect(checkCustomHeaders({ "X-Name": "café" })).toEqual({
      outcome: "accepted",
      headers: { "X-Name": "café" },
    });
  });

  it.each([
    "Host",
    "Content-Length",
    "Transfer-Encoding",
    "Connection",
    "Keep-Alive",
    "TE",
    "Trailer",
    "Upgrade",
    "Expect",
    "Proxy-Authorization",
    "Proxy-Connection",
    "Content-Type",
    "Content-Encoding",
    "Content-Anything",
    "User-Agent",
    "Webhook-Id",
    "webhook-signature",
    "WEBHOOK-TIMESTAMP",
    "Svix-Id",
    "X-Signpost-Delivery",
    "Accept-Encoding",
    "Date",
    ":authority",
    "__proto__",
    "constructor",
  ])("H-03 refuses the name %s in any case", (name) => {
    for (const spelling of [name, name.toLowerCase(), name.toUpperCase()]) {
      expect([spelling, errorsOf(JSON.parse(`{${JSON.stringify(spelling)}:"v"}`)).length]).toEqual([
        spelling,
        1,
      ]);
    }
  });

  it("H-04 refuses the profile's own names in any case", () => {
    expect(errorsOf({ "x-vizi-SIGNATURE": "v" }, ["X-Vizi-Signature"])).toHaveLength(1);
    expect(errorsOf({ "x-vizi-signature": "v" })).toHaveLength(0);
  });

  it("H-05 refuses two names that differ in case only", () => {
    expect(errorsOf({ "X-Key": "1", "x-key": "2" })).toEqual([
      ["headers.x-key", "The same name occurs twice; names are compared without regard to case."],
    ]);
  });

  it("H-06 bounds number and size", () => {
    const many = (count: number, size: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, i) => [`X-${String(i).padStart(2, "0")}`, "v".repeat(size)]),
      );
    expect(errorsOf(many(20, 10))).toEqual([]);
    expect(errorsOf(many(21, 10)).map(([path]) => path)).toEqual(["headers"]);
    expect(errorsOf(many(1, 4092))).toEqual([]);
    expect(errorsOf(many(1, 4093)).map(([path]) => path)).toEqual(["headers.X-00"]);
    expect(errorsOf(many(4, 4092))).toEqual([]);
    expect(errorsOf(many(5, 4000)).map(([path]) => path)).toEqual(["headers"]);
    expect(errorsOf(many(50, 4096)).length).toBeGreaterThan(50);
  });

  it("H-07 trims spaces and tabs around a value, keeps them inside, and refuses an empty value", () => {
    expect(checkCustomHeaders({ Authorization: " \tBearer  x\ty \t" })).toEqual({
      outcome: "accepted",
      headers: { Authorization: "Bearer  x\ty" },
    });
    expect(errorsOf({ "X-Empty": " \t " })).toEqual([["headers.X-Empty", "The value is empty."]]);
  });

  it("names an odd header without letting it look like more path", () => {
    expect(errorsOf({ 'a"]b': "v" })[0]?.[0]).toBe('headers["a\\"]b"]');
  });
});
