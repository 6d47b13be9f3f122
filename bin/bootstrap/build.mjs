// Makes what is missing or stale: node_modules, the Prisma client, the command line's bundle, the Next build.
// Each has a stamp with the hash of what it was made from.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fingerprint, isFresh, writeStamp } from "./fingerprint.mjs";
import { isInstalled } from "./installed.mjs";
import { run, StepError, step } from "./steps.mjs";

export const ROOT = path.resolve(import.meta.dirname, "../..");
const at = (...parts) => path.join(ROOT, ...parts);

const SERVER_SOURCES = ["bin", "lib", "inngest", "prisma", "package-lock.json", "tsconfig.json"];
const APP_SOURCES = ["app", "components", "lib", "inngest", "public", "prisma/schema.prisma"].concat([
  "package-lock.json",
  "tsconfig.json",
  "next.config.ts",
  "postcss.config.mjs",
  "proxy.ts",
  "instrumentation.ts",
  "instrumentation-client.ts",
]);

/** `npm ci` when node_modules is missing or differs from package-lock.json. */
export async function ensureInstalled() {
  if (isInstalled(ROOT)) return;
  await step("Installing packages", () =>
    // Development packages too: the build needs some of them, and NODE_ENV=production would leave them out.
    run("npm", ["ci", "--include=dev", "--no-audit", "--no-fund"], { cwd: ROOT }),
  );
}

/** Prisma's client from prisma/schema.prisma, into lib/server/db/generated. */
export async function ensureGenerated({ force = false } = {}) {
  const product = at("lib/server/db/generated");
  const stamp = path.join(product, ".stamp");
  const hash = fingerprint(ROOT, ["prisma/schema.prisma", "prisma.config.ts", "package-lock.json"]);
  if (!force && isFresh(stamp, hash, product)) return;
  await step("Generating the database client", async () => {
    // The generator only checks that this file exists; the real one would have to be downloaded.
    const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: "1" };
    await run(process.execPath, [at("node_modules/prisma/build/index.js"), "generate"], { cwd: ROOT, env });
    writeStamp(stamp, hash);
  });
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Puts files in place whole: another process may be loading them right now. The entry comes last. */
function writeBundle(files) {
  const isEntry = (file) => path.dirname(file.path) === at("dist");
  for (const file of [...files].sort((a, b) => Number(isEntry(a)) - Number(isEntry(b)))) {
    mkdirSync(path.dirname(file.path), { recursive: true });
    const draft = `${file.path}.${process.pid}`;
    writeFileSync(draft, file.contents);
    renameSync(draft, file.path);
  }
  // Chunks of earlier builds stay for a day, for processes that still run from them.
  for (const name of readdirSync(at("dist/chunks"))) {
    const chunk = at("dist/chunks", name);
    if (Date.now() - statSync(chunk, { throwIfNoEntry: false })?.mtimeMs > DAY_MS)
      rmSync(chunk, { force: true });
  }
}

/** The command line, bundled: plain Node has no TypeScript and no `@/` alias. */
export async function ensureCli({ force = false } = {}) {
  const product = at("dist/cli.mjs");
  const stamp = at("dist/cli.stamp");
  const hash = fingerprint(ROOT, SERVER_SOURCES);
  if (!force && isFresh(stamp, hash, product)) return;
  await step("Building the command line", async () => {
    const { build, stop } = await import("esbuild");
    const { outputFiles } = await build({
      entryPoints: { cli: at("bin/cli.ts") },
      outdir: at("dist"),
      outExtension: { ".js": ".mjs" },
      write: false,
      bundle: true,
      platform: "node",
      target: "node20.19",
      format: "esm",
      packages: "external",
      alias: { "@": ROOT },
      sourcemap: true,
      splitting: true,
      chunkNames: "chunks/[name]-[hash]",
      jsx: "automatic",
      logLevel: "silent",
    }).catch((error) => {
      throw new StepError("The command line could not be built", error.message);
    });
    await stop(); // its helper process would live as long as we do
    writeBundle(outputFiles);
    writeStamp(stamp, hash);
  });
}

/** Next's build. NEXT_DIST_DIR gives a second one beside a running one. */
export async function ensureApp({ force = false } = {}) {
  const distDir = process.env.NEXT_DIST_DIR ?? ".next";
  const stamp = at(distDir, "signpost.stamp");
  const hash = fingerprint(ROOT, APP_SOURCES);
  if (!force && isFresh(stamp, hash, at(distDir, "BUILD_ID"))) return;
  if (!existsSync(at("app"))) throw new Error("There is no app/ folder to build.");
  await step("Building the dashboard", async () => {
    const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
    await run(process.execPath, [at("node_modules/next/dist/bin/next"), "build"], { cwd: ROOT, env });
    writeStamp(stamp, hash);
  });
}
