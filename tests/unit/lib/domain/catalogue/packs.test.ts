import { describe, expect, it } from "vitest";
import { planInstall, planStep } from "@/lib/domain/catalogue/install-plan";
import { findPack, PACKS, packExample } from "@/lib/domain/catalogue/packs";
import { eventTypeName } from "@/lib/domain/endpoint/event-type-match";
import { builtInProfile } from "@/lib/domain/profile/built-in";

describe("packs", () => {
  it("are those of the five systems, each with a built-in profile", () => {
    expect(PACKS.map(({ slug }) => slug)).toEqual(["vizi", "nzochain", "vizion", "vivoldi", "visisto"]);
    for (const { profile } of PACKS) expect(builtInProfile(profile)).not.toBeNull();
    expect(findPack("vizi")?.name).toBe("VIZI");
    expect(findPack("nobody")).toBeNull();
  });

  it("name each type once, with words and an example that is JSON", () => {
    const types = PACKS.flatMap((pack) => pack.types);
    expect(new Set(types.map(({ name }) => name)).size).toBe(types.length);
    for (const { name, description, example } of types) {
      expect(eventTypeName.safeParse(name).success).toBe(true);
      expect(description).not.toBe("");
      expect(JSON.parse(example.data)).toBeTypeOf("object");
      expect(packExample(name)).toBe(example);
    }
    expect(packExample("nobody.knows")).toBeNull();
  });

  it("have an example for every type that the profile is tried with", () => {
    for (const pack of PACKS) {
      const names = pack.types.map(({ name }) => name);
      for (const sample of builtInProfile(pack.profile)?.samples ?? []) expect(names).toContain(sample.type);
    }
  });
});

describe("what installing does", () => {
  const known = { description: "Mine", hasExample: true, isArchived: false };

  it("adds, completes, restores, or leaves alone", () => {
    expect(planStep(undefined)).toBe("add");
    expect(planStep(known)).toBe("present");
    expect(planStep({ ...known, description: "" })).toBe("complete");
    expect(planStep({ ...known, hasExample: false })).toBe("complete");
    expect(planStep({ ...known, isArchived: true })).toBe("restore");
    expect(planStep({ ...known, isArchived: true, hasExample: false })).toBe("restore");
  });

  it("is said for each type, in the pack's order", () => {
    const [pack] = PACKS;
    if (pack === undefined) throw new Error("no packs");
    const [first] = pack.types;
    const plan = planInstall(pack, new Map([[first?.name ?? "", known]]));
    expect(plan.map(({ type }) => type)).toEqual(pack.types);
    expect(plan.map(({ step }) => step)).toEqual(["present", "add", "add", "add"]);
  });
});
