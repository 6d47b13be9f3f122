import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildCurl, shellQuote } from "@/lib/client/deliveries/curl";

/** What a real shell makes of a command line, with curl replaced by a printer of its arguments. */
function argumentsOf(command: string): string[] {
  const script = `curl() { printf '%s\\0' "$@"; }\n${command}\n`;
  return execFileSync("/bin/sh", ["-s"], { input: script }).toString("utf8").split("\0").slice(0, -1);
}

const request = {
  method: "POST",
  url: "https://example.com/hook?a=1&b=2",
  headers: [
    ["content-type", "application/json"],
    ["user-agent", "Signpost/1.0"],
    ["x-api-key", "••••••"],
    ["content-length", "12"],
    ["x-empty", ""],
  ] as [string, string][],
  body: `{"it's":"$(rm -rf /) \`id\` \\\\ \\"!\\n"}\n`,
};

describe("buildCurl", () => {
  it("X-02 hands a real shell the exact method, address, headers and body", () => {
    expect(argumentsOf(buildCurl(request))).toEqual([
      "-i",
      "-X",
      "POST",
      request.url,
      "-H",
      "content-type: application/json",
      "-H",
      "user-agent: Signpost/1.0",
      "-H",
      "x-api-key: <value not stored>",
      "-H",
      "x-empty;",
      "-H",
      "accept:",
      "--data-binary",
      request.body,
    ]);
  });

  it("X-02 quotes any text so that the shell gives it back unchanged", () => {
    const texts = fc.array(fc.string({ unit: "binary" }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(texts, (given) => {
        const safe = given.map((text) => text.replaceAll("\0", "").toWellFormed());
        expect(argumentsOf(`curl ${safe.map(shellQuote).join(" ")}`)).toEqual(safe);
      }),
      { numRuns: 8 },
    );
  });

  it("never lets a body be read as a file name, nor an address as a pattern", () => {
    const args = argumentsOf(
      buildCurl({ ...request, url: "https://[2001:db8::1]/{a}", body: "@/etc/passwd" }),
    );
    expect(args).toContain("--globoff");
    expect(args.slice(-2)).toEqual(["--data-raw", "@/etc/passwd"]);
  });

  it("says so when the body is gone", () => {
    const command = buildCurl({ ...request, body: null });
    expect(command).toMatch(/^# The body is not stored/);
    expect(argumentsOf(command)).not.toContain("--data-binary");
  });
});
