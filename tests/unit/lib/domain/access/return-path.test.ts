import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { safeReturnPath } from "@/lib/domain/access/return-path";

const PUBLIC = "https://hooks.example.com";

describe("safeReturnPath", () => {
  it.each([
    ["/acme/live/deliveries?state=failed", "/acme/live/deliveries?state=failed"],
    ["https://hooks.example.com/acme/live", "/acme/live"],
    ["HTTPS://hooks.example.com:443/acme", "/acme"],
    ["/", "/"],
    ["/acme/../other#part", "/other"],
  ])("L-13 takes %j as %j", (raw, path) => {
    expect(safeReturnPath(raw, PUBLIC)).toBe(path);
  });

  it.each([
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "https://evil.example/acme",
    "https://hooks.example.com.evil.example",
    "https://hooks.example.com@evil.example",
    "https://user:pw@hooks.example.com/",
    "http://hooks.example.com/",
    "https://hooks.example.com:8443/",
    "https://hooks.example.com//evil.example",
    "/acme/..//evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "acme/live",
    "http://",
    "/api/auth/signout",
    "",
    `/${"a".repeat(10_000)}`,
    undefined,
    null,
  ])("L-13 refuses %j", (raw) => {
    expect(safeReturnPath(raw, PUBLIC)).toBeNull();
  });

  it("L-13 whatever it returns stays on the instance", () => {
    const parts = fc.constantFrom(
      "/",
      "\\",
      "//",
      "evil.example",
      "https:",
      "@",
      ":",
      ".",
      "..",
      "%2f",
      "\t",
      "a",
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 8 }), (pieces) => {
        const path = safeReturnPath(pieces.join(""), PUBLIC);
        if (path !== null) expect(new URL(path, PUBLIC).origin).toBe(PUBLIC);
      }),
      { numRuns: 2_000 },
    );
  });
});
