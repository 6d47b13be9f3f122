// The parts of `npm test`. Each gives how many of its tests passed and failed; a skipped test counts as failed,
// because a green run must mean that everything ran.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { ensureApp, ensureCli, ROOT } from "../bootstrap/build.mjs";
import { run, StepError, step } from "../bootstrap/steps.mjs";
import { ensureChromium } from "./chromium.mjs";

const bin = (...parts) => path.join(ROOT, "node_modules", ...parts);
const VITEST = bin("vitest/vitest.mjs");

/** Settings of the person who runs the tests must not change what they test. */
function cleanEnvironment(extra) {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(SIGNPOST_(?!TEST_)|INNGEST_|SMTP_URL$|DATABASE_URL$|NEXTAUTH_)/.test(name),
  );
  return { ...Object.fromEntries(own), NEXT_TELEMETRY_DISABLED: "1", ...extra };
}

/** Runs a program with its output shown; gives its exit code. */
function show(command, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: "inherit", env: cleanEnvironment(env) });
    child.once("error", () => resolve(1));
    child.once("close", (code) => resolve(code ?? 1));
  });
}

async function withFolder(work) {
  const folder = mkdtempSync(path.join(tmpdir(), "signpost-report-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Counts from a report file; a run that failed without a failing test (or without a report) counts as one failure. */
function count(file, code, read) {
  try {
    const { passed, failed } = read(JSON.parse(readFileSync(file, "utf8")));
    return { passed, failed: failed === 0 && (code !== 0 || passed === 0) ? 1 : failed };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

function vitest(...projects) {
  return (args) =>
    withFolder(async (folder) => {
      const report = path.join(folder, "report.json");
      const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
      const chosen = projects.flatMap((project) => ["--project", project]);
      const code = await show(process.execPath, [VITEST, "run", ...chosen, ...reporters, ...args]);
      return count(report, code, ({ numPassedTests, numTotalTests }) => ({
        passed: numPassedTests,
        failed: numTotalTests - numPassedTests,
      }));
    });
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function e2e(args) {
  await build();
  const chromium = await ensureChromium();
  return withFolder(async (folder) => {
    const report = path.join(folder, "report.json");
    const env = {
      CHROMIUM_PATH: chromium,
      E2E_PORT: String(await freePort()),
      E2E_DATA_DIR: path.join(folder, "data"),
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    };
    const playwright = bin("@playwright/test/cli.js");
    const code = await show(process.execPath, [playwright, "test", "--reporter=list,json", ...args], env);
    return count(report, code, ({ stats }) => ({
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky + stats.skipped,
    }));
  });
}

async function build() {
  await ensureCli();
  await ensureApp();
  return { passed: 1, failed: 0 };
}

const CHECKS = [
  ["Types", [bin("typescript/bin/tsc"), "--noEmit"]],
  ["Lint and format", [bin("@biomejs/biome/bin/biome"), "check", "."]],
  ["Import directions", [path.join(ROOT, "bin/check-architecture.mjs")]],
  ["Dead code", [bin("knip/bin/knip.js")]],
  ["Lock file", [path.join(ROOT, "bin/lockfile.mjs"), "--check"]],
];

/** Static checks; all of them run, so that one report names all trouble. */
async function checks() {
  let failed = 0;
  // Route types and next-env.d.ts, which the type checker needs and which are not kept in git.
  await run(process.execPath, [bin("next/dist/bin/next"), "typegen"], { cwd: ROOT, env: cleanEnvironment() });
  for (const [title, args] of CHECKS) {
    try {
      await step(title, () => run(process.execPath, args, { cwd: ROOT }));
    } catch (error) {
      if (!(error instanceof StepError)) throw error;
      console.error(error.tail);
      failed += 1;
    }
  }
  return { passed: CHECKS.length - failed, failed };
}

async function bench(args) {
  const code = await show(process.execPath, [
    "--import",
    "tsx",
    path.join(ROOT, "tests/bench/run.ts"),
    ...args,
  ]);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
}

/** By name: what to run, and whether it belongs to a plain `npm test`. In this order. */
export const SUITES = [
  { name: "checks", run: checks, inAll: true },
  { name: "unit", run: vitest("unit"), inAll: true },
  { name: "integration", run: vitest("integration"), inAll: false },
  { name: "engine", run: vitest("engine"), inAll: false },
  // Both of them: the engine's tests mostly wait, so that together they take little longer than one.
  { name: "server", run: vitest("engine", "integration"), inAll: true },
  { name: "build", run: build, inAll: true },
  { name: "e2e", run: e2e, inAll: true },
  { name: "bench", run: bench, inAll: false },
];
