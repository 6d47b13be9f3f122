// People edit profiles in the browser: what checks them there must run without anything of Node.
import path from "node:path";
import vm from "node:vm";
import { build } from "esbuild";
import { expect, it } from "vitest";

it("definitions and built-ins are checked without Node", async () => {
  const root = path.resolve(import.meta.dirname, "../../../../..");
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import { profileDefinitionSchema } from "@/lib/domain/profile/definition";
        import { BUILT_IN_PROFILES } from "@/lib/domain/profile/built-in";
        const good = BUILT_IN_PROFILES.map(({ definition }) => profileDefinitionSchema.safeParse(definition).success);
        const bad = profileDefinitionSchema.safeParse({ ...BUILT_IN_PROFILES[0].definition, envelope: "{" });
        globalThis.result = JSON.stringify({ good, bad: bad.error.issues });
      `,
      resolveDir: root,
      loader: "ts",
    },
    bundle: true,
    write: false,
    platform: "browser",
    format: "iife",
    logLevel: "silent",
    tsconfig: path.join(root, "tsconfig.json"),
  });
  const page: { result?: string } = vm.createContext({ TextEncoder, URL });
  vm.runInContext(outputFiles[0]?.text ?? "", page);
  const { good, bad } = JSON.parse(page.result ?? "{}") as { good: boolean[]; bad: { message: string }[] };
  expect(good.length).toBeGreaterThan(0);
  expect(good.every(Boolean)).toBe(true);
  expect(bad[0]?.message).toContain("the envelope is not JSON: line 1");
}, 30_000);
