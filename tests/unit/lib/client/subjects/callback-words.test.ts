import { describe, expect, it } from "vitest";
import { endReason, pollRequest, statusOf, subjectPath } from "@/lib/client/subjects/callback-words";
import type { EndpointEndDto } from "@/lib/contracts/endpoints";

const NOW = Date.UTC(2026, 0, 15);
const at = (offset: number) => new Date(NOW + offset).toISOString();
const end = (more: Partial<EndpointEndDto> = {}): EndpointEndDto => ({
  expires_at: null,
  unsubscribe_on: [],
  unsubscribed_at: null,
  unsubscribed_by_event: null,
  ...more,
});

describe("a callback in words", () => {
  it.each([
    ["without an end", {}, "active", null],
    ["before its expiry", { expires_at: at(1) }, "active", null],
    ["at its expiry", { expires_at: at(0) }, "expired", "It has expired."],
    ["unsubscribed", { unsubscribed_at: at(-1) }, "unsubscribed", "Somebody unsubscribed it."],
    [
      "ended by an event",
      { unsubscribed_at: at(-1), unsubscribed_by_event: "evt_1" },
      "unsubscribed",
      "An event of a final type ended it.",
    ],
  ] as const)("%s", (_, more, status, reason) => {
    expect(statusOf(end(more), NOW)).toBe(status);
    expect(endReason(end(more), NOW)).toBe(reason);
  });
});

describe("addresses of a subject", () => {
  it("carry any subject whole", () => {
    const path = subjectPath("a/b c&d=é#");
    expect(new URL(path, "http://x").searchParams.get("subject")).toBe("a/b c&d=é#");
  });

  it("a request for a terminal stays one word, whatever the subject is", () => {
    const request = pollRequest("https://sp.example", "o'brien; $(rm)", "a+b=");
    expect(request).toContain(
      "'https://sp.example/api/v1/subjects/o%27brien%3B%20%24(rm)/events?cursor=a%2Bb%3D'",
    );
    expect(request.split("\n")[0]?.match(/'/g)).toHaveLength(2);
  });
});
