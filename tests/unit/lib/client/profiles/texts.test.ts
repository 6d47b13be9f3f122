// Two texts compared, places in a JSON text, and the choice of an example.
import { describe, expect, test } from "vitest";
import { type DiffLine, diffLines, foldSame } from "@/lib/client/profiles/diff-lines";
import { FIRST_SAMPLE, readChoice, sampleInput } from "@/lib/client/profiles/example-choice";
import { jsonProblem, placeOf } from "@/lib/client/profiles/json-places";
import { exampleEventInput } from "@/lib/contracts/profiles";
import { BUILT_IN_PROFILES } from "@/lib/domain/profile/built-in";

const marks = (lines: readonly DiffLine[]) =>
  lines.map(({ kind, text }) => `${{ same: " ", removed: "-", added: "+" }[kind]}${text}`);

describe("lines that differ", () => {
  test("what went stands before what came, the rest stays in place", () => {
    expect(marks(diffLines("a\nb\nc", "a\nx\nc\nd"))).toEqual([" a", "-b", "+x", " c", "+d"]);
    expect(marks(diffLines("a", "a"))).toEqual([" a"]);
    expect(marks(diffLines("", "a"))).toEqual(["-", "+a"]);
  });

  test("both texts can be put together again", () => {
    const [before, after] = ["1\n2\n2\n3\n5\n8", "2\n1\n2\n3\n4\n8\n8"];
    const lines = diffLines(before, after);
    const side = (gone: DiffLine["kind"]) =>
      lines.flatMap(({ kind, text }) => (kind === gone ? [] : [text])).join("\n");
    expect(side("added")).toBe(before);
    expect(side("removed")).toBe(after);
  });

  test("texts too long to compare are shown as replaced, at once", () => {
    const long = Array.from({ length: 3000 }, (_, index) => `${index}`).join("\n");
    const lines = diffLines(long, `${long}\nend`);
    expect(lines).toHaveLength(6001);
    expect(lines.some(({ kind }) => kind === "same")).toBe(false);
  });

  test("unchanged runs are folded, but never a single line", () => {
    const same = (text: string): DiffLine => ({ kind: "same", text });
    const added: DiffLine = { kind: "added", text: "new" };
    const far = [..."abcdef"].map(same);
    expect(foldSame([...far, added, same("x"), same("y")], 1)).toEqual([
      { kind: "fold", count: 5 },
      same("f"),
      added,
      same("x"),
      same("y"),
    ]);
    expect(foldSame([same("a"), same("b"), added], 1)).toEqual([same("a"), same("b"), added]);
    const two = [added, ...far.slice(0, 3), added, ...far.slice(3)];
    expect(foldSame(two, 1)).toEqual([
      added,
      ...far.slice(0, 3),
      added,
      same("d"),
      { kind: "fold", count: 2 },
    ]);
  });
});

describe("places in a JSON text", () => {
  const text = '{ "é🚚": 1,\n  "headers": [{"name": "A"}, {"name": "B"}],\n  "signature": {"kind": "hmac"} }';
  const at = (path: (string | number)[]) => {
    const place = placeOf(text, path);
    return place === null ? null : text.slice(place.from, place.to);
  };

  test("the value that a path names; of a container, its opening", () => {
    expect(at(["headers", 1, "name"])).toBe('"B"');
    expect(at(["é🚚"])).toBe("1");
    expect(at(["signature"])).toBe("{");
    expect(at([])).toBe("{");
  });

  test("what is missing is shown at the nearest container", () => {
    expect(at(["signature", "header"])).toBe("{");
    expect(placeOf(text, ["signature", "header"])?.from).toBe(text.lastIndexOf("{"));
    expect(at(["headers", 7, "name"])).toBe("[");
    expect(placeOf("{", ["a"])).toBeNull();
  });

  test("text that is no JSON says where it stops being one, in characters", () => {
    expect(jsonProblem(text)).toBeNull();
    const broken = jsonProblem('{"é🚚": nul}');
    expect(broken?.from).toBeGreaterThanOrEqual('{"é🚚": '.length);
    expect(broken?.from).toBeLessThanOrEqual('{"é🚚": nul}'.length);
    expect(broken?.message).toMatch(/^[A-Z].*\.$/);
    expect(jsonProblem("1 2")).toEqual({ from: 2, to: 3, message: "There is text behind the end." });
    expect(jsonProblem("")).not.toBeNull();
  });
});

describe("the example", () => {
  test("a choice is a kind and a name, whatever the name contains", () => {
    expect(readChoice(FIRST_SAMPLE)).toEqual({ kind: "sample", of: "0" });
    expect(readChoice("type:order:paid")).toEqual({ kind: "type", of: "order:paid" });
  });

  test("every sample that ships can be sent to the preview", () => {
    for (const { slug, samples } of BUILT_IN_PROFILES) {
      for (const { id, type, timestamp, subject, tenant, attributes, data } of samples) {
        const { event } = sampleInput({
          id,
          type,
          timestamp,
          subject: subject ?? null,
          tenant: tenant ?? null,
          attributes: attributes === undefined ? null : { ...attributes },
          data_text: data,
        });
        expect(exampleEventInput.safeParse(event).error?.issues ?? [], `${slug} ${type}`).toEqual([]);
        expect(event?.data_text).toBe(data);
      }
    }
  });
});
