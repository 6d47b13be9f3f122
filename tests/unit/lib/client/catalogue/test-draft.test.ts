import { describe, expect, it } from "vitest";
import { firstTestType, PLAIN_TEST, testTypes } from "@/lib/client/catalogue/test-draft";
import type { EventTypeDto } from "@/lib/contracts/event-types";

const type = (name: string, more: Partial<EventTypeDto> = {}): EventTypeDto => ({
  id: null,
  name,
  description: "",
  sources: ["catalogue"],
  pack: null,
  has_example: true,
  endpoints: 0,
  last_seen_at: null,
  archived_at: null,
  ...more,
});
const TYPES = [
  type("a.first", { has_example: false }),
  type("order.paid"),
  type("score.updated", { pack: "vizi" }),
  type("old.one", { archived_at: "2026-01-15T09:30:00.000Z" }),
  type("seen.only", { has_example: false }),
];
const names = (types: readonly EventTypeDto[]) => types.map(({ name }) => name);

describe("the types that a test offers", () => {
  it("are what the endpoint takes, examples first, and other examples; never archived ones", () => {
    const offered = testTypes(TYPES, ["a.*", "score.*"]);
    expect(names(offered.taken)).toEqual(["score.updated", "a.first"]);
    expect(names(offered.others)).toEqual(["order.paid"]);
  });
});

describe("the type that a test begins with", () => {
  it("is one of the profile's own pack, if the endpoint takes it", () => {
    expect(firstTestType(testTypes(TYPES, ["*"]), "vizi")).toBe("score.updated");
    expect(firstTestType(testTypes(TYPES, ["order.*"]), "vizi")).toBe("order.paid");
  });

  it("has an example; without any it is the plain test", () => {
    expect(firstTestType(testTypes(TYPES, ["*"]), null)).toBe("order.paid");
    expect(firstTestType(testTypes(TYPES, ["a.first"]), null)).toBe(PLAIN_TEST);
    expect(firstTestType(testTypes([], ["*"]), "vizi")).toBe(PLAIN_TEST);
  });
});
