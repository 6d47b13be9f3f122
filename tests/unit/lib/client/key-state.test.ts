import { describe, expect, it } from "vitest";
import { firstRequest } from "@/lib/client/api-keys/first-request";
import { keyState } from "@/lib/client/api-keys/key-state";
import { describeScopes } from "@/lib/client/api-keys/scope-presets";
import { API_KEY_SCOPES } from "@/lib/domain/access/permissions";

const NOW = Date.parse("2026-01-15T00:00:00Z");
const inDays = (days: number) => new Date(NOW + days * 86_400_000).toISOString();

describe("a key's state", () => {
  it.each([
    [null, null, "active"],
    [inDays(8), null, "active"],
    [inDays(6), null, "expires_soon"],
    [inDays(0), null, "expired"],
    [inDays(-1), null, "expired"],
    [inDays(8), inDays(-1), "revoked"],
    [inDays(-2), inDays(-1), "revoked"],
  ])("expiry %s, revoked %s is %s", (expires_at, revoked_at, state) => {
    expect(keyState({ expires_at, revoked_at }, NOW)).toBe(state);
  });
});

describe("a key's words", () => {
  it("names all scopes as one, and single ones by name", () => {
    expect(describeScopes([...API_KEY_SCOPES])).toEqual(["Full access"]);
    expect(describeScopes(["events:write"])).toEqual(["Send events"]);
  });

  it("the first request is one that the scopes allow", () => {
    expect(firstRequest("http://x", ["events:write"]).code).toContain("/api/v1/events \\");
    expect(firstRequest("http://x", ["deliveries:read"]).code).toContain("/api/v1/deliveries?");
    expect(firstRequest("http://x", ["events:write"]).code).not.toMatch(/sp_(live|test)/);
  });
});
