// Waiting for a condition of another process, which cannot tell us when it changes.
import { setTimeout as sleep } from "node:timers/promises";

/** Asks every `everyMs` until `condition` gives a value, for at most `timeoutMs`; then undefined. */
export async function waitUntil<T>(
  condition: () => T | undefined | false | Promise<T | undefined | false>,
  timeoutMs: number,
  everyMs = 50,
): Promise<T | undefined> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const value = await condition();
    if (value !== undefined && value !== false) return value;
    if (performance.now() >= end) return undefined;
    await sleep(everyMs);
  }
}
