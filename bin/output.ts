// How commands answer: a result on stdout (text or JSON), trouble on stderr as one line, an exit code.
import { LauncherError } from "@/bin/launcher-error";
import { isAppError } from "@/lib/domain/errors";
import { EnvError } from "@/lib/server/env";

export interface OutputOptions {
  readonly json?: boolean | undefined;
}

/** Prints a command's result: `data` with --json, else the lines. */
export function printResult(options: OutputOptions, data: object, lines: readonly string[]): void {
  console.log(options.json ? JSON.stringify(data) : lines.join("\n"));
}

/** Prints an error and gives the exit code. Only defects show a stack: expected trouble is one clear line. */
export function printError(options: OutputOptions, error: unknown): number {
  const { lines, code } = explain(error);
  if (options.json) console.error(JSON.stringify({ error: { message: lines.join("\n"), exit_code: code } }));
  else for (const line of lines) console.error(line);
  return code;
}

function explain(error: unknown): { lines: readonly string[]; code: number } {
  if (error instanceof EnvError) return { lines: error.problems, code: 2 };
  if (error instanceof LauncherError) return { lines: [error.message], code: error.exitCode };
  if (isAppError(error)) {
    const details = (error.errors ?? []).map(({ path, message }) => `${path}: ${message}`);
    return { lines: [error.message, ...details], code: error.code === "invalid_request" ? 2 : 3 };
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { lines: [`Signpost hit a defect: ${text}`], code: 1 };
}
