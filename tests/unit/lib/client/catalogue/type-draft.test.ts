import { describe, expect, it } from "vitest";
import { createInputOf, draftOf, typeProblems, updateInputOf } from "@/lib/client/catalogue/type-draft";
import { createEventTypeInput, type EventTypeDetailDto } from "@/lib/contracts/event-types";

const SAVED: EventTypeDetailDto = {
  id: "evtype_01kahg3x5jf6ja4n9d2c7b8x1y",
  name: "order.paid",
  description: "Paid in full.",
  pack: null,
  example_text: '{ "n": 12345678901234567890 }',
  example_subject: "ord_1",
  example_attributes: { a: "1" },
  archived_at: null,
  created_at: "2026-01-15T09:30:00.000Z",
};
const draft = { ...draftOf(null), name: "order.paid" };

describe("what keeps a type from being saved", () => {
  it("nothing, for a name alone", () => {
    expect(typeProblems(draft)).toEqual({});
    expect(createEventTypeInput.safeParse(createInputOf(draft)).success).toBe(true);
  });

  it.each([
    ["no name", { name: "" }, "name"],
    ["a wildcard", { name: "order.*" }, "name"],
    ["too many words", { description: "x".repeat(501) }, "description"],
    ["an example that is no JSON", { example: "{n:1}" }, "example"],
    ["two values", { example: "1 2" }, "example"],
    ["an example that is too long", { example: `"${"x".repeat(70_000)}"` }, "example"],
    ["a subject that is too long", { subject: "x".repeat(257) }, "subject"],
    ["an attribute without a name", { attributes: [{ id: 1, name: "", value: "v" }] }, "attributes"],
    ["a name with a space", { attributes: [{ id: 1, name: "a b", value: "v" }] }, "attributes"],
    [
      "a name that occurs twice",
      {
        attributes: [
          { id: 1, name: "a", value: "1" },
          { id: 2, name: "a", value: "2" },
        ],
      },
      "attributes",
    ],
  ])("%s", (_, part, field) => {
    expect(Object.keys(typeProblems({ ...draft, ...part }))).toEqual([field]);
  });

  it("says where the JSON stops being JSON", () => {
    expect(typeProblems({ ...draft, example: '{"é": x}' }).example).toMatchObject({ from: 6 });
  });
});

describe("what is sent", () => {
  it("a draft that nobody touched changes nothing, and the example's bytes stay", () => {
    expect(draftOf(SAVED).example).toBe(SAVED.example_text);
    expect(updateInputOf(draftOf(SAVED), SAVED)).toEqual({});
  });

  it("only what differs; an empty field takes the old value away", () => {
    const changed = { ...draftOf(SAVED), description: " Paid. ", subject: "", attributes: [] };
    expect(updateInputOf(changed, SAVED)).toEqual({
      description: "Paid.",
      example_subject: null,
      example_attributes: null,
    });
    expect(updateInputOf({ ...draftOf(SAVED), example: "  " }, SAVED)).toEqual({ example_text: null });
  });

  it("rows of attributes that were never filled are left out", () => {
    const rows = [
      { id: 1, name: "kind", value: "URL" },
      { id: 2, name: "", value: "" },
    ];
    expect(createInputOf({ ...draft, attributes: rows }).example_attributes).toEqual({ kind: "URL" });
  });
});
