import { describe, expect, it } from "vitest";
import { errorFacts } from "@/lib/server/error-facts";

describe("errorFacts", () => {
  it("K-14 leaves out what drivers attach to their errors", () => {
    const error = Object.assign(new Error("boom"), {
      code: "ECONNREFUSED",
      headers: { authorization: "Bearer sp_live_x" },
      query: "SELECT whsec_x",
    });
    const facts = errorFacts(error);
    expect(facts).toMatchObject({ type: "Error", message: "boom", code: "ECONNREFUSED" });
    expect(JSON.stringify(facts)).not.toMatch(/sp_live_x|whsec_x/);
  });

  it("says nothing of a thrown value that is no error", () => {
    expect(errorFacts({ secret: "x" })).toEqual({ type: "object" });
  });
});
