// The command line: names, options and help texts. What a command does stands in bin/commands/.
import { Command, Option } from "commander";
import { printError } from "@/bin/output";

interface GlobalOptions {
  json?: boolean;
}

const EXIT_CODES = `
Exit codes:
  0  done
  1  a defect (please report it)
  2  wrong usage or configuration
  3  the machine or the database says no`;

function createProgram(): Command {
  const program = new Command("signpost")
    .description("Self-hosted webhook delivery: signed, retried, visible, replayable.")
    .option("--json", "print the result as JSON")
    .configureHelp({ showGlobalOptions: true })
    .addHelpText("after", EXIT_CODES)
    .enablePositionalOptions(false);
  const options = () => program.opts<GlobalOptions>();

  program
    .command("start")
    .description("start the server (and the embedded PostgreSQL, unless DATABASE_URL is set)")
    .option("--ingest-only", "accept and deliver events without dashboard and management API")
    .action(async (given) => (await import("@/bin/commands/start")).start(given));
  program
    .command("dev")
    .description("the same with hot reload, for working on Signpost")
    .action(async () => (await import("@/bin/commands/start")).start({ dev: true }));
  program
    .command("demo")
    .description("a filled workspace with live traffic, in a data folder of its own")
    .action(async () => (await import("@/bin/commands/demo")).demo());
  program
    .command("setup")
    .description("create the first owner and workspace without a browser; prints the ids")
    .requiredOption("--email <address>", "e-mail address of the owner")
    .option("--name <name>", "name of the owner (default: the address before the @)")
    .option("--workspace <name>", "name of the workspace", "Signpost")
    .option("--password-stdin", "read the password from standard input")
    .action(async (given) => (await import("@/bin/commands/setup")).setup(given, options()));
  program
    .command("password")
    .description("set a new password for somebody who cannot sign in; ends all of their sessions")
    .requiredOption("--email <address>", "e-mail address of the person")
    .option("--password-stdin", "read the password from standard input")
    .action(async (given) =>
      (await import("@/bin/commands/reset-password")).passwordCommand(given, options()),
    );
  program
    .command("keys")
    .description("API keys")
    .command("create")
    .description("create an API key; prints it once")
    .addOption(
      new Option("--environment <name>", "live or sandbox")
        .choices(["live", "sandbox"])
        .makeOptionMandatory(),
    )
    .requiredOption("--scopes <list>", "by commas, such as events:write,deliveries:read; or all")
    .option("--name <name>", "name of the key", "command line")
    .option("--workspace <slug>", "which workspace, when there are several")
    .option("--expires-at <time>", "ISO 8601 time at which it stops working")
    .action(async (given) => (await import("@/bin/commands/keys")).createKey(given, options()));
  program
    .command("migrate")
    .description("bring the database to this version's schema")
    .action(async () => (await import("@/bin/commands/migrate")).migrate(options()));
  program
    .command("reencrypt")
    .description("encrypt every stored secret again with the first key of SIGNPOST_ENCRYPTION_KEY")
    .action(async () => (await import("@/bin/commands/reencrypt")).reencrypt(options()));
  program
    .command("doctor")
    .description("check configuration, data folder, database and keys, and say what is wrong")
    .action(async () => (await import("@/bin/commands/doctor")).doctor(options()));
  program.command("build").description("build everything that npm start needs");
  program.command("generate").description("generate the database client from prisma/schema.prisma");
  return program;
}

/** Runs one command. Sets the exit code; long-running commands end the process themselves. */
export async function runCli(args: readonly string[]): Promise<void> {
  const program = createProgram();
  try {
    program.exitOverride();
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    const { code = "", exitCode } = error as { code?: string; exitCode?: number };
    // Commander has printed its message already; help and version are no errors.
    if (code.startsWith("commander.")) process.exitCode = exitCode === 0 ? 0 : 2;
    else process.exitCode = printError(program.opts<GlobalOptions>(), error);
  }
}
