// Turns signals into one orderly stop: SIGTERM (deploy), SIGINT (Ctrl-C), SIGHUP (closed terminal).

/** Longest that an orderly stop may take; then the process ends whatever is left undone. */
const LIMIT_MS = 30_000;

/**
 * Waits for a signal, runs `stop`, and ends the process with 0. A second signal or 30 s end it at once, after
 * `abandon`, which must be quick: work that was in flight is then recovered at the next start.
 */
export function onShutdown(stop: () => Promise<void>, abandon: () => void): void {
  let stopping = false;
  const giveUp = (why: string) => {
    process.stderr.write(`${why}: ending now\n`);
    abandon();
    process.exit(1);
  };
  const begin = (signal: NodeJS.Signals) => {
    if (stopping) return giveUp(`second signal (${signal})`);
    stopping = true;
    process.stderr.write("\nStopping: letting attempts in flight finish (again to end at once)\n");
    setTimeout(() => giveUp("30 s are over"), LIMIT_MS).unref();
    stop().then(
      () => {
        process.stderr.write("Stopped.\n");
        process.exit(0);
      },
      (error: unknown) => giveUp(error instanceof Error ? error.message : String(error)),
    );
  };
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, begin);
}
