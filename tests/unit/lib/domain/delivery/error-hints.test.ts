import { describe, expect, it } from "vitest";
import { ATTEMPT_ERROR_CLASSES } from "@/lib/domain/delivery/error-classes";
import { errorHint } from "@/lib/domain/delivery/error-hints";
import { explainState } from "@/lib/domain/delivery/state-reasons";

describe("errorHint", () => {
  it.each(ATTEMPT_ERROR_CLASSES)("says what %s means and what to do", (errorClass) => {
    const hint = errorHint(errorClass);
    expect(hint.label.length).toBeLessThanOrEqual(24);
    expect(hint.title).toMatch(/^[A-Z].*\.$/);
    expect(hint.advice).toMatch(/^.{20,}\.$/);
  });

  it("uses a title for one class only, so that two classes never read alike", () => {
    const titles = ATTEMPT_ERROR_CLASSES.map((errorClass) => errorHint(errorClass).title);
    expect(new Set(titles).size).toBe(titles.length);
  });
});

describe("explainState", () => {
  it("explains the reasons that the domain gives", () => {
    expect(explainState("failed", "schedule_exhausted")).toContain("Every planned attempt has failed");
    expect(explainState("held", "endpoint_paused")).toContain("paused");
    expect(explainState("failed", "gone")).toBe(errorHint("gone").title);
  });

  it("gives a person's words and unknown machine words as a sentence", () => {
    expect(explainState("cancelled", "cancelled by ada@example.com")).toBe("Cancelled by ada@example.com.");
    expect(explainState("failed", "some_new_reason")).toBe("Some new reason.");
    expect(explainState("succeeded", null)).toBeNull();
  });
});
