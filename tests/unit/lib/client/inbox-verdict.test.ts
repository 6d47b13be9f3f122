import { describe, expect, it } from "vitest";
import { auditFacts, describeAction, targetPath } from "@/lib/client/audit/describe-entry";
import { describeSeconds, eventTypeOf, verdictText } from "@/lib/client/inbox/verdict";

describe("inbox verdicts", () => {
  it("names the secret that matched, and the distance of a timestamp", () => {
    expect(
      verdictText({ outcome: "verified", endpoint_id: "ep_1", secret_hint: "whsec_…a1b2" }).text,
    ).toContain("whsec_…a1b2");
    const late = verdictText({ outcome: "timestamp_out_of_tolerance", skew_seconds: 480 });
    expect(late.text).toContain("8 minutes in the past");
    expect(verdictText({ outcome: "timestamp_out_of_tolerance", skew_seconds: -400 }).text).toContain(
      "in the future",
    );
  });

  it.each([
    [1, "1 second"],
    [59, "59 seconds"],
    [119, "119 seconds"],
    [120, "2 minutes"],
    [7_200, "2 hours"],
    [-172_800, "2 days"],
  ])("%i seconds read as %s", (seconds, text) => {
    expect(describeSeconds(seconds)).toBe(text);
  });

  it("X-02 takes an event type from a body only when it has the form of one", () => {
    const typeOf = (body: string) => eventTypeOf({ body, body_encoding: "utf8" });
    expect(typeOf('{"type":"order.paid","data":{')).toBe("order.paid");
    expect(typeOf('{"type":"<script>"}')).toBeNull();
    expect(typeOf('{"data":{"type":"x"}}')).toBeNull();
    expect(eventTypeOf({ body: "eyJ0eXBlIjoieCJ9", body_encoding: "base64" })).toBeNull();
  });
});

describe("audit entries in words", () => {
  it("says actions and changes plainly", () => {
    expect(describeAction("api_key.revoked")).toBe("API key revoked");
    expect(describeAction("endpoint.secret_rotated")).toBe("Endpoint secret rotated");
    expect(
      auditFacts({ detail: { respond_status: { from: 200, to: 503 }, empty: null, scopes: ["a", "b"] } }),
    ).toEqual([
      { name: "respond status", text: "200 → 503" },
      { name: "scopes", text: "a, b" },
    ]);
  });

  it("X-04 links only to our own pages, with the id encoded", () => {
    expect(targetPath({ kind: "endpoint", id: "../../x?y" })).toBe("/endpoints/..%2F..%2Fx%3Fy");
    expect(targetPath({ kind: "javascript:", id: "x" })).toBeNull();
  });
});
