import { describe, expect, test } from "vitest";
import { EMPTY_DRAFT, readDraft } from "@/components/endpoints/auth/auth-draft";
import { expiryOf } from "@/components/endpoints/auth/expiry";
import { activityFacts, activityWords } from "@/components/endpoints/page/activity-words";
import type { AuditEntryDto } from "@/lib/contracts/audit";

describe("the draft of an authentication", () => {
  test("sends what its kind needs and nothing of the other kinds", () => {
    const draft = { ...EMPTY_DRAFT, username: "shop", token: "tok", header: "X-Key", value: "v" };
    expect(readDraft(draft)).toEqual({ outcome: "ready", input: { kind: "bearer", token: "tok" } });
    expect(readDraft({ ...draft, kind: "basic" })).toEqual({
      outcome: "ready",
      input: { kind: "basic", username: "shop", password: "" },
    });
    const oauth = {
      ...draft,
      kind: "oauth2" as const,
      token_url: "https://e/",
      client_id: "i",
      client_secret: "s",
    };
    expect(readDraft(oauth)).toEqual({
      outcome: "ready",
      input: {
        kind: "oauth2",
        token_url: "https://e/",
        client_id: "i",
        client_secret: "s",
        client_auth: "basic",
      },
    });
  });

  test("names every field that is missing or cannot be used", () => {
    expect(readDraft({ ...EMPTY_DRAFT, kind: "api_key" })).toEqual({
      outcome: "incomplete",
      problems: { header: "This is needed.", value: "This is needed." },
    });
    expect(readDraft({ ...EMPTY_DRAFT, token: "Bearer abc" })).toMatchObject({
      problems: { token: expect.stringContaining("without the word Bearer") },
    });
  });
});

describe("the end of a certificate", () => {
  const now = Date.parse("2026-11-21T12:00:00Z");
  test.each([
    ["2027-11-21T12:00:00Z", null],
    ["2026-12-21T12:00:00Z", null],
    ["2026-12-20T12:00:00Z", { tone: "warning", text: "29 days left" }],
    ["2026-11-22T13:00:00Z", { tone: "warning", text: "1 day left" }],
    ["2026-11-21T13:00:00Z", { tone: "danger", text: "ends today" }],
    ["2026-11-21T12:00:00Z", { tone: "danger", text: "expired" }],
  ])("at %s", (expiresAt, expected) => {
    expect(expiryOf(expiresAt, now)).toEqual(expected);
  });
});

describe("activity", () => {
  const entry = (action: string, detail: Record<string, unknown> | null) =>
    ({ action, detail }) as unknown as AuditEntryDto;
  test("says what was set, by its hint", () => {
    const set = entry("endpoint.auth_set", { kind: "bearer", hint: "…cdef" });
    expect(activityWords(set)).toBe("set the authentication");
    expect(activityFacts(set)).toEqual([{ name: "Credential", before: null, after: "bearer, …cdef" }]);
    const certificate = entry("endpoint.client_certificate_set", {
      subject: "CN=shop",
      expires_at: "2027-01-15T09:30:00.000Z",
    });
    expect(activityFacts(certificate)).toEqual([
      { name: "Certificate", before: null, after: "CN=shop, until 2027-01-15" },
    ]);
    expect(activityWords(entry("endpoint.client_certificate_removed", null))).toBe(
      "removed the client certificate",
    );
  });
});
