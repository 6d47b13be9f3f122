// Decides what a command needs before it can run, provides it, and hands over to the bundled command line.
import { ensureApp, ensureCli, ensureGenerated, ensureInstalled } from "./build.mjs";
import { StepError } from "./steps.mjs";

/** Commands that serve pages; all others work without the long Next build. */
function needsApp(command, args) {
  if (command === "start") return !args.includes("--ingest-only");
  return command === "demo" || command === "build";
}

async function prepare(command, args, force) {
  await ensureInstalled();
  await ensureGenerated({ force });
  if (command === "generate") return;
  await ensureCli({ force });
  if (needsApp(command, args)) await ensureApp({ force });
}

export async function main(args) {
  const command = args.find((word) => !word.startsWith("-")) ?? "help";
  const builds = command === "generate" || command === "build";
  const asksHelp = args.includes("--help") || args.includes("-h");
  try {
    await prepare(asksHelp ? "help" : command, args, builds && !asksHelp);
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    if (error.tail) console.error(error.tail);
    console.error(error.message);
    process.exit(1);
  }
  if (builds && !asksHelp) return;
  const { runCli } = await import("../../dist/cli.mjs");
  await runCli(args);
}
