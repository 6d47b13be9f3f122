import { describe, expect, it } from "vitest";
import type { Actor } from "@/lib/domain/access/permissions";
import { isAppError } from "@/lib/domain/errors";
import type { Call } from "@/lib/server/http/call";
import { TRIAL_RATE_LIMIT } from "@/lib/server/http/limit-trials";
import { profileCalls } from "@/lib/server/http/profile-calls";
import {
  handleExplainEvent,
  handlePreviewTransform,
  handleTestFilter,
} from "@/lib/server/http/trial-handlers";

const TRIALS = {
  "profile previews": profileCalls.preview,
  "profile tests": profileCalls.test,
  "filter trials": handleTestFilter,
  "mapping previews": handlePreviewTransform,
  explanations: handleExplainEvent,
};

/** A call that is refused for its body or query as soon as the handler looks at it. */
function callOf(userId: string): Call {
  const actor = { kind: "user", userId } as Actor;
  const request = new Request("https://signpost.example.com/?what=1", { method: "POST", body: "no JSON" });
  return { ctx: {} as Call["ctx"], actor, request, params: {} };
}

async function codeOf(handle: (call: Call) => Promise<Response>, userId: string) {
  try {
    await handle(callOf(userId));
    return "ok";
  } catch (error) {
    if (isAppError(error)) return `${error.code} ${error.retryAfterSeconds ?? ""}`.trim();
    throw error;
  }
}

describe("the pace of previews and trials", () => {
  it.each(Object.entries(TRIALS))(
    "%s are refused above it, with the seconds to wait",
    async (name, handle) => {
      const codes: string[] = [];
      for (let i = 0; i < TRIAL_RATE_LIMIT.burst * 3; i++)
        codes.push(await codeOf(handle, `loud at ${name}`));
      expect(codes[0]).not.toContain("rate_limited");
      expect(codes.slice(TRIAL_RATE_LIMIT.burst)).toContain("rate_limited 1");
      expect(await codeOf(handle, `quiet at ${name}`)).not.toContain("rate_limited");
    },
  );

  it("counts all kinds of one person together", async () => {
    for (let i = 0; i < TRIAL_RATE_LIMIT.burst * 3; i++) await codeOf(profileCalls.preview, "busy");
    expect(await codeOf(handleTestFilter, "busy")).toBe("rate_limited 1");
  });
});
