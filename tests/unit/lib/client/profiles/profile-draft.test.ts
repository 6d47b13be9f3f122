import { describe, expect, test } from "vitest";
import {
  BLANK_DEFINITION,
  canBeForm,
  definitionJson,
  problemAt,
  problemBelow,
  problemsOf,
  serverProblems,
  withSignatureKind,
} from "@/lib/client/profiles/profile-draft";
import { BUILT_IN_PROFILES } from "@/lib/domain/profile/built-in";
import { GITHUB } from "@/lib/domain/profile/built-in/github";
import { profileDefinitionSchema } from "@/lib/domain/profile/definition";

const KINDS = ["standard", "hmac", "http_signature", "none"] as const;

describe("what is wrong with a draft", () => {
  test("nothing, for every profile that ships", () => {
    for (const { slug, definition } of BUILT_IN_PROFILES) expect(problemsOf(definition), slug).toEqual([]);
    expect(problemsOf(BLANK_DEFINITION)).toEqual([]);
  });

  test("each problem stands at its place, one for each field", () => {
    const draft = {
      ...GITHUB.definition,
      headers: [
        { name: "X-Event", value: "{{event.type}}" },
        { name: "", value: "{{event.typo}}" },
      ],
      success: { statuses: ["2xx", "99"] },
    };
    const problems = problemsOf(draft);
    expect(problemAt(problems, "headers.1.name")).toMatch(/needs a name/);
    expect(problemAt(problems, "headers.1.value")).toContain('no value "event.typo"');
    expect(problemAt(problems, "headers.0.value")).toBeUndefined();
    expect(problemBelow(problems, "success")).toBeDefined();
    expect(problemBelow(problems, "succ"), "a name's beginning is another name").toBeUndefined();
    const places = problems.map(({ path }) => path.join("."));
    expect(new Set(places).size).toBe(places.length);
  });

  test("the server's refusals land at the same places", () => {
    const problems = serverProblems([
      { path: "definition.headers[1].value", message: "no" },
      { path: "definition.signature.format", message: "also no" },
      { path: "definition", message: "as a whole" },
      { path: "name", message: "not of the definition" },
    ]);
    expect(problems).toEqual([
      { path: ["headers", 1, "value"], message: "no" },
      { path: ["signature", "format"], message: "also no" },
      { path: [], message: "as a whole" },
    ]);
    expect(problemAt(problems, "headers.1.value")).toBe("no");
  });

  test("the forms show what has the right types, right or wrong; nothing else", () => {
    expect(canBeForm(GITHUB.definition)).toBe(true);
    expect(canBeForm({ ...GITHUB.definition, envelope: "" }), "wrong, but a text").toBe(true);
    expect(canBeForm({ ...GITHUB.definition, envelope: 1 })).toBe(false);
    expect(canBeForm({ ...GITHUB.definition, surprise: true })).toBe(false);
    expect(canBeForm({ ...GITHUB.definition, signature: { kind: "magic" } })).toBe(false);
    expect(canBeForm(null)).toBe(false);
  });

  test("as JSON and back nothing is lost", () => {
    for (const { slug, definition } of BUILT_IN_PROFILES) {
      expect(JSON.parse(definitionJson(definition)), slug).toEqual(definition);
    }
  });
});

describe("another kind of signature", () => {
  const starts = BUILT_IN_PROFILES.map(({ slug, definition }) => ({ slug, definition }));

  test.each(starts)("of $slug can be saved, whatever kind is chosen", ({ definition }) => {
    for (const kind of KINDS) {
      const changed = withSignatureKind(definition, kind);
      expect(changed.signature.kind).toBe(kind);
      expect(profileDefinitionSchema.safeParse(changed).error?.issues ?? [], kind).toEqual([]);
    }
  });

  test("the same kind changes nothing; the header keeps its name", () => {
    expect(withSignatureKind(GITHUB.definition, "hmac")).toBe(GITHUB.definition);
    expect(withSignatureKind(GITHUB.definition, "http_signature").signature).toMatchObject({
      header: "X-Hub-Signature-256",
    });
  });

  test("the secret and the rotation fit the new kind", () => {
    const unsigned = withSignatureKind(BLANK_DEFINITION, "none");
    expect(unsigned.secret).toEqual({ kind: "none" });
    expect(unsigned.rotation.overlap).toBe("never");
    expect(withSignatureKind(unsigned, "standard")).toMatchObject({
      secret: { kind: "whsec" },
      rotation: { overlap: "allowed", default_overlap_seconds: 86_400 },
    });
  });
});
