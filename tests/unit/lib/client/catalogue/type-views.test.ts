import { describe, expect, it } from "vitest";
import { packRemoval, packState, sectionTypes, typePath, viewTypes } from "@/lib/client/catalogue/type-views";
import type { EventTypeDto, PackTypeDto } from "@/lib/contracts/event-types";

const type = (name: string, more: Partial<EventTypeDto> = {}): EventTypeDto => ({
  id: `evtype_${name}`,
  name,
  description: "",
  sources: ["catalogue"],
  pack: null,
  has_example: false,
  endpoints: 0,
  last_seen_at: null,
  archived_at: null,
  ...more,
});
const NOW = "2026-01-15T09:30:00.000Z";

describe("the address of a type", () => {
  it("has its name, so that it can be told", () => {
    expect(typePath(type("order.paid"))).toBe("/event-types/order.paid");
  });

  it("has the id where the name is a page of its own, and the form where there is no id", () => {
    expect(typePath(type("new"))).toBe("/event-types/evtype_new");
    expect(typePath(type("packs", { id: null }))).toBe("/event-types/new?name=packs");
  });
});

describe("views", () => {
  const types = [
    type("order.paid", { has_example: true, description: "Money came" }),
    type("order.lost", { last_seen_at: NOW }),
    type("old.one", { archived_at: NOW, has_example: true }),
  ];
  const names = (view: Parameters<typeof viewTypes>[1]["view"], search = "") =>
    viewTypes(types, { view, search }).map(({ name }) => name);

  it("archived types stand in their own view only", () => {
    expect(names("all")).toEqual(["order.paid", "order.lost"]);
    expect(names("archived")).toEqual(["old.one"]);
    expect(names("example")).toEqual(["order.paid"]);
    expect(names("seen")).toEqual(["order.lost"]);
  });

  it("search looks into names and descriptions, whatever the case", () => {
    expect(names("all", " MONEY ")).toEqual(["order.paid"]);
    expect(names("all", "order.")).toEqual(["order.paid", "order.lost"]);
    expect(names("all", "nothing")).toEqual([]);
  });

  it("sections are first words, in their order; names without a dot come last", () => {
    const sections = sectionTypes([type("b.x"), type("ping"), type("a.y"), type("b.z")]);
    expect(sections.map(({ name, types: of }) => [name, of.map((one) => one.name)])).toEqual([
      ["a", ["a.y"]],
      ["b", ["b.x", "b.z"]],
      ["", ["ping"]],
    ]);
  });
});

describe("packs", () => {
  const packType = (name: string, more: Partial<PackTypeDto>): PackTypeDto => ({
    name,
    description: "",
    step: "present",
    removal: "absent",
    example_text: "{}",
    example_subject: null,
    example_attributes: null,
    ...more,
  });

  it("are installed, partly installed, or not", () => {
    const of = (...steps: PackTypeDto["step"][]) =>
      packState({ types: steps.map((step, index) => packType(String(index), { step })) });
    expect(of("present", "present")).toBe("installed");
    expect(of("present", "restore")).toBe("partial");
    expect(of("add", "complete")).toBe("none");
  });

  it("tell what removing takes out and what it leaves", () => {
    const types = [
      packType("a", { removal: "remove" }),
      packType("b", { removal: "keep" }),
      packType("c", { removal: "absent" }),
    ];
    expect(packRemoval({ types })).toEqual({ removed: ["a"], kept: ["b"] });
  });
});
