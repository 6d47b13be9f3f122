// `npm run arch`: import directions (.dependency-cruiser.cjs) and file lengths. Fails also when the checker saw
// suspiciously little: a TypeScript it cannot load makes it check nothing and succeed.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "..");
const FOLDERS = ["app", "bin", "components", "inngest", "lib", "prisma", "tests"];
const FEWEST_MODULES = 50;
const LONGEST_FILE = 400;

function run(command, args) {
  const { stdout, stderr, status } = spawnSync(command, args, {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
  });
  return { stdout, stderr, status };
}

function checkImports() {
  const folders = FOLDERS.filter((folder) => existsSync(path.join(ROOT, folder)));
  const depcruise = path.join(ROOT, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
  const { stdout, stderr } = run(process.execPath, [depcruise, "--output-type", "json", ...folders]);
  if (!stdout.startsWith("{")) return [`dependency-cruiser failed: ${stderr.trim()}`];
  const { modules, summary } = JSON.parse(stdout);
  const ours = modules.filter(({ source }) => /\.tsx?$/.test(source) && !source.includes("node_modules"));
  if (ours.length < FEWEST_MODULES) {
    return [`dependency-cruiser saw only ${ours.length} modules: it cannot read this project's TypeScript`];
  }
  const unresolved = ours.flatMap(({ source, dependencies }) =>
    dependencies
      .filter(({ couldNotResolve, module }) => couldNotResolve && module.startsWith("@/"))
      .map(({ module }) => `${source} imports ${module}, which does not exist`),
  );
  console.log(`${ours.length} modules, ${summary.totalDependenciesCruised} imports`);
  return [
    ...summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
    ...unresolved.filter((line) => !line.includes("/generated")),
  ];
}

function checkLengths() {
  const { stdout } = run("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.ts", "*.tsx"]);
  return stdout
    .split("\n")
    .filter(
      (file) => file !== "" && !/^tests\/|\/generated\//.test(file) && existsSync(path.join(ROOT, file)),
    )
    .map((file) => ({ file, lines: readFileSync(path.join(ROOT, file), "utf8").split("\n").length - 1 }))
    .filter(({ lines }) => lines > LONGEST_FILE)
    .map(({ file, lines }) => `${file} has ${lines} lines (at most ${LONGEST_FILE})`);
}

const problems = [...checkImports(), ...checkLengths()];
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
