// The one error class whose message is meant for a person at a terminal: one clear line, no stack.
// Anything else that reaches the top of the CLI is a defect and is printed as such.

/** Exit codes of the command line: 1 = a defect, 2 = wrong usage or configuration, 3 = the machine or database says no. */
export type ExitCode = 1 | 2 | 3;

export class LauncherError extends Error {
  override readonly name = "LauncherError";
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode = 3) {
    super(message);
    this.exitCode = exitCode;
  }
}
