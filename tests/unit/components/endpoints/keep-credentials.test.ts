import { describe, expect, test } from "vitest";
import { activityFacts } from "@/components/endpoints/page/activity-words";
import { asksToKeepCredentials } from "@/components/endpoints/page/keep-credentials-dialog";
import { ProblemError } from "@/lib/client/problem-error";
import type { AuditEntryDto } from "@/lib/contracts/audit";

const entry = (action: string, detail: AuditEntryDto["detail"]): AuditEntryDto => ({
  id: "aud_1",
  actor: { kind: "api_key", id: "key_1", label: "CI" },
  action,
  target: { kind: "endpoint", id: "ep_1" },
  detail,
  ip: null,
  created_at: "2026-01-01T00:00:00.000Z",
});

describe("what the activity says of stored credentials", () => {
  test("that a new address was given them", () => {
    const facts = activityFacts(
      entry("endpoint.updated", {
        before: { url: "https://a.example/" },
        after: { url: "https://b.example/" },
        kept_credentials: ["authentication", "headers"],
      }),
    );
    expect(facts.at(-1)).toEqual({
      name: "Sent to the new address too",
      before: null,
      after: "authentication, headers",
    });
  });

  test("that a callback lost them", () => {
    const facts = activityFacts(entry("callback.replaced", { dropped_credentials: ["authentication"] }));
    expect(facts).toEqual([{ name: "Removed with the old address", before: null, after: "authentication" }]);
  });
});

describe("a refused change of address", () => {
  const refused = (path: string) =>
    new ProblemError({ status: 409, code: "conflict", detail: "no", errors: [{ path, message: "no" }] });

  test("asks a person when stored credentials are the reason, and only then", () => {
    expect(asksToKeepCredentials(refused("keep_credentials"))).toBe(true);
    expect(asksToKeepCredentials(refused("profile"))).toBe(false);
    expect(asksToKeepCredentials(new Error("offline"))).toBe(false);
    expect(asksToKeepCredentials(null)).toBe(false);
  });
});
