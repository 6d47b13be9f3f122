// `npm test [suite] [-- arguments]`: sets up by itself, runs the suites and ends with counts. See --help.
import { checkNode } from "./bootstrap/node-version.mjs";

const USAGE = `Usage: npm test                     everything but the benchmarks
       npm test -- <suite> [args]   one suite: checks, unit, server (integration and engine, which can be
                                    named too), build, e2e or bench;
                                    further arguments go to its runner (vitest, playwright, the benchmark)

SIGNPOST_TEST_DATABASE_URL   an existing PostgreSQL instead of the embedded one (integration, engine)
CHROMIUM_PATH                the browser to use (e2e)

Exit codes: 0 all passed, 1 something failed, 2 wrong usage.`;

async function runSuite({ name, run }, args) {
  const start = performance.now();
  console.log(`\n── ${name}`);
  let result;
  try {
    result = await run(args);
  } catch (error) {
    console.error(error.tail ?? "");
    console.error(error.message);
    result = { passed: 0, failed: 1 };
  }
  return { name, ...result, seconds: (performance.now() - start) / 1000 };
}

function summarise(results) {
  console.log("\nsuite         passed  failed  seconds");
  for (const { name, passed, failed, seconds } of results) {
    console.log(
      `${name.padEnd(12)} ${String(passed).padStart(7)} ${String(failed).padStart(7)} ${seconds.toFixed(0).padStart(8)}`,
    );
  }
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
  return sum("failed");
}

checkNode();
const [name, ...args] = process.argv.slice(2);
if (name === "--help" || name === "-h") {
  console.log(USAGE);
} else {
  const { ensureGenerated, ensureInstalled } = await import("./bootstrap/build.mjs");
  const { SUITES } = await import("./testing/suites.mjs");
  const chosen = SUITES.filter((suite) => (name === undefined ? suite.inAll : suite.name === name));
  if (chosen.length === 0) {
    console.error(`There is no suite "${name}".\n${USAGE}`);
    process.exit(2);
  }
  const results = [];
  const setup = {
    name: "setup",
    run: async () => {
      await ensureInstalled();
      await ensureGenerated();
      return { passed: 0, failed: 0 };
    },
  };
  const prepared = await runSuite(setup, []);
  if (prepared.failed > 0) results.push(prepared);
  else for (const suite of chosen) results.push(await runSuite(suite, args));
  if (summarise(results) > 0) process.exitCode = 1;
}
